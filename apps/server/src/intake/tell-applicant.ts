/** Tells the applicant where the application stands: a mail that commits with the step it speaks of. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Context } from '../platform/http.ts';
import { queueMail } from '../platform/queue-mail.ts';
import type { Application } from './application.sql.ts';
import { MAILS } from './application-mails.ts';

/** `fact` names the step: the same one is told once. */
export function tellApplicant(
  context: Pick<Context, 'db' | 'now' | 'newId'>,
  { id, company, contact_name: name, contact_email: to }: Pick<Application, 'id' | 'company' | 'contact_name' | 'contact_email'>,
  step: keyof typeof MAILS,
  { fact, reason = null }: { fact: bigint; reason?: string | null },
): Promise<void> {
  const reference = encodeId('application', id as Id<'application'>);
  const data = { company, name, reference, reason };
  return queueMail(context, MAILS[step], { operatorId: null, to, data, key: `${MAILS[step].name}:${fact}` });
}
