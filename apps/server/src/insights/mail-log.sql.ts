/** The log of e-mails, newest first. What is sealed no role but the deliverer's may read. */

import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';
import type { MailAttachment } from '../platform/queue-mail.ts';

export type MailRow = {
  id: bigint;
  operatorId: bigint | null;
  operatorSlug: string | null;
  operatorName: string | null;
  template: string;
  recipient: string;
  data: object;
  attachments: MailAttachment[];
  status: 'queued' | 'sent' | 'failed';
  attempts: number;
  dueAt: Date;
  sentAt: Date | null;
  transport: 'smtp' | 'outbox' | null;
  answer: string | null;
  createdAt: Date;
  /** Whether a later message of the same kind went to the same recipient. */
  followed: boolean;
};
export type MailFilter = {
  id?: bigint | undefined;
  status?: MailRow['status'] | undefined;
  template?: string | undefined;
  recipient?: string | undefined;
  operatorId?: bigint | undefined;
  /** Ids are times: the first of the period and the first after it. */
  from?: bigint | undefined;
  to?: bigint | undefined;
};

const conditionsOf = ({ id, status, template, recipient, operatorId, from, to }: MailFilter): Condition[] => [
  ['m.id = ?', id],
  ['m.status = ?', status],
  ['m.template = ?', template],
  ['lower(m.recipient) like ?', recipient && `%${recipient.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`],
  ['m.operator_id = ?', operatorId],
  ['m.id >= ?', from],
  ['m.id < ?', to],
];

const COLUMNS = `m.id, m.operator_id as "operatorId", o.slug as "operatorSlug", o.name as "operatorName", m.template, m.recipient, m.data, m.attachments, m.status, m.attempts,
  m.due_at as "dueAt", m.sent_at as "sentAt", m.transport, m.answer, m.created_at as "createdAt",
  exists (select from mails l where lower(l.recipient) = lower(m.recipient) and l.id > m.id and l.template = m.template) as followed`;
const CHOSEN =
  'm.id, m.operator_id, m.template, m.recipient, m.data, m.attachments, m.status, m.attempts, m.due_at, m.sent_at, m.transport, m.answer, m.created_at';

export async function selectMails(
  db: Db,
  filter: MailFilter,
  { limit, offset, after }: Slice,
): Promise<{ rows: MailRow[]; total: bigint }> {
  const found = where(conditionsOf(filter));
  const page = where([...conditionsOf(filter), ['m.id < ?', after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<MailRow>(
      `select ${COLUMNS} from (select ${CHOSEN} from mails m ${page.text} order by m.id desc ${cut(page.values, { limit, offset })}) m
       left join operators o on o.id = m.operator_id order by m.id desc`,
      page.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from mails m ${found.text}`, found.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

export async function selectMail(db: Db, id: bigint): Promise<MailRow | undefined> {
  const [row] = await db.query<MailRow>(`select ${COLUMNS} from mails m left join operators o on o.id = m.operator_id where m.id = $1`, [
    id,
  ]);
  return row;
}
