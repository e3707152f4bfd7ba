/** How an operator's own messages look. */
import type { Db } from '../platform/db.ts';
import type { MailBrand } from '../platform/mail-text.ts';
import { brandingOf } from './branding.rules.ts';
import { selectMailBranding } from './settings.sql.ts';

/** As the worker. @throws when the operator is gone. */
export async function readMailBrand(db: Db, operatorId: bigint): Promise<MailBrand> {
  const row = await selectMailBranding(db, operatorId);
  if (!row) throw new Error('The operator of a message is gone');
  const { display_name: name, primary_color: colour } = brandingOf(row);
  return {
    name,
    colour,
    logoUrl: row.branding.logo_url ?? null,
    footer: `${name}. You receive this because you have an account with us.`,
    replyTo: row.contact_email,
  };
}
