/** Tells the recipients of a report that it is ready, with the file unless it is too large for a mailbox. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeId, encodeId } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import type { Context } from '../platform/http.ts';
import { type MailTemplate, queueMail } from '../platform/queue-mail.ts';
import { nameOf } from './report-file.rules.ts';
import { type FileRow, selectFile } from './report-file.sql.ts';

type ReportMail = {
  title: string;
  rows: number;
  from: string | null;
  to: string | null;
  attached: boolean;
  page: string;
  scheduled: boolean;
};

/** What most mail servers take, less a third for its coding. */
const ATTACHED_BYTES = 10_000_000;

const reportReady: MailTemplate<ReportMail> = {
  name: 'report-ready',
  brand: 'platform',
  write: (data) => ({
    subject: `Report: ${data.title}`,
    heading: `Your report on ${data.title} is ready`,
    parts: [
      {
        kind: 'text',
        text: data.attached ? 'It is attached.' : 'It is too large for a mail. Fetch it within two hours, or make it anew.',
      },
      {
        kind: 'facts',
        facts: [
          ...(data.from === null ? [] : [['From', data.from] as const]),
          ...(data.to === null ? [] : [['Until', data.to] as const]),
          ['Rows', String(data.rows)],
        ],
      },
      { kind: 'link', label: 'Open reports', href: data.page },
      ...(data.scheduled
        ? [{ kind: 'note' as const, text: 'It is made on a schedule. Whoever may change schedules can take you off it.' }]
        : []),
    ],
  }),
};
export const reportMails = [reportReady];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** In the transaction that makes it ready. */
export async function announceReport(
  context: Pick<Context, 'db' | 'now' | 'newId'>,
  file: FileRow,
  made: { rows: number; bytes: number },
): Promise<void> {
  const id = encodeId('report', file.id);
  const attached = made.bytes <= ATTACHED_BYTES;
  await queueMail(context, reportReady, {
    operatorId: file.operator_id,
    to: file.recipients,
    key: `report:${id}`,
    data: {
      title: file.type.replace('_', ' '),
      rows: made.rows,
      from: text(file.filters['from']),
      to: text(file.filters['to']),
      attached,
      page: file.operator_id === null ? '/admin/reports' : '/operator/reports',
      scheduled: file.schedule_id !== null,
    },
    ...(attached && { attachments: [{ source: 'report', reference: id, name: nameOf(file) }] }),
  });
}

/** Reads what is attached when the message leaves. @throws when the file is gone by then. */
export const reportAttachments = (dataFolder: string) => ({
  report: async (db: Db, operatorId: bigint | null, reference: string): Promise<Uint8Array> => {
    const id = decodeId('report', reference);
    const row = id === undefined ? undefined : await selectFile(db, 'report', operatorId, id);
    if (!row?.file_name) throw new Error('The report is gone');
    return readFile(join(dataFolder, 'reports', row.file_name));
  },
});
