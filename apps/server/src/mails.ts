/** Every message there is, the files that go with them, and how an operator's own look. */
import { linkMails, openSecret } from './access/access.ts';
import { invoiceAttachments, invoiceMails } from './billing/billing.ts';
import { playerDigest } from './engagement/engagement.ts';
import { applicationMails } from './intake/intake.ts';
import { readMailBrand, trialMail } from './operators/operators.ts';
import type { MailParts } from './platform/mail.ts';
import { reportAttachments, reportMails } from './reports/reports.ts';

/** `secretsKey` opens what access has sealed; files of reports lie in the data folder. */
export const mailParts = (secretsKey: Uint8Array, dataFolder: string): MailParts => ({
  templates: [...invoiceMails, ...linkMails, ...applicationMails, playerDigest, trialMail, ...reportMails],
  attachments: { ...invoiceAttachments, ...reportAttachments(dataFolder) },
  brandOf: readMailBrand,
  unseal: (sealed, belongsTo) => openSecret(secretsKey, sealed, belongsTo),
});
