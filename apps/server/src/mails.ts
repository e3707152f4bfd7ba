/** Every message there is, the files that go with them, and how an operator's own look. */
import { accessMails, linkMails, openSecret } from './access/access.ts';
import { invoiceAttachments, invoiceMails } from './billing/billing.ts';
import { creditsLowMail } from './copilot/credit-mail.ts';
import { leaveDigestPath, playerDigest } from './engagement/engagement.ts';
import { applicationMails } from './intake/intake.ts';
import { readMailBrand, trialMail } from './operators/operators.ts';
import type { MailParts } from './platform/mail.ts';
import { reportAttachments, reportMails } from './reports/reports.ts';

export const mailTemplates: MailParts['templates'] = [
  ...invoiceMails,
  ...linkMails,
  ...accessMails,
  creditsLowMail,
  ...applicationMails,
  playerDigest,
  trialMail,
  ...reportMails,
];

type MailKeys = {
  /** Opens what access has sealed. */
  secrets: Uint8Array;
  /** Signs the links that end a series. */
  unsubscribe: Uint8Array;
};

/** Files of reports lie in the data folder. */
export const mailParts = (keys: MailKeys, dataFolder: string): MailParts => ({
  templates: mailTemplates,
  attachments: { ...invoiceAttachments, ...reportAttachments(dataFolder) },
  brandOf: readMailBrand,
  unsubscribe: { [playerDigest.name]: leaveDigestPath(keys.unsubscribe) },
  unseal: (sealed, belongsTo) => openSecret(keys.secrets, sealed, belongsTo),
});
