/** Pages that links of mails open. Opening one changes nothing, whoever or whatever opens it; pressing its button does. */
import { CONFIRM_PATH, confirmPage } from './access/access.ts';
import { digestReaderOf, leaveDigest, UNSUBSCRIBE_PATH } from './engagement/engagement.ts';
import { readMailBrand } from './operators/operators.ts';
import type { ButtonAnswer, ButtonRoute } from './platform/button-page.ts';
import type { Clock } from './platform/clock.ts';
import type { Database } from './platform/db.ts';
import { PLATFORM_BRAND } from './platform/mail-text.ts';
import { deriveKey } from './platform/secret.ts';

type ButtonPageServices = { database: Database; clock: Clock; unsubscribeKey: Uint8Array };
/** What signs the links that end a series of mails. */
export const unsubscribeKeyOf = (secret: string): Uint8Array => deriveKey(secret, 'unsubscribe');

const BROKEN: ButtonAnswer = {
  status: 404,
  page: {
    brand: PLATFORM_BRAND,
    heading: 'This link does not work',
    text: 'It is not whole. Open the link in the e-mail again, or switch the e-mails off on your account’s page.',
  },
};

async function unsubscribe(
  { database, clock, unsubscribeKey }: ButtonPageServices,
  token: unknown,
  pressed: boolean,
): Promise<ButtonAnswer> {
  const reader = digestReaderOf(unsubscribeKey, token);
  if (!reader) return BROKEN;
  const brand = await database.as({ kind: 'worker', name: 'unsubscribe' }, 'read', (db) => readMailBrand(db, reader.operatorId));
  if (pressed) {
    await leaveDigest(database, reader, clock.now());
    const text = 'You get this summary no more. You can have it again on your account’s page, under your name and e-mails.';
    return { status: 200, page: { brand, heading: 'You are unsubscribed', text } };
  }
  const button = { label: 'Unsubscribe', method: 'post' as const, action: `${UNSUBSCRIBE_PATH}?token=${String(token)}`, fields: [] };
  const text = 'You get a summary of your days or weeks in prediction markets because you asked for it. One press ends it.';
  return { status: 200, page: { brand, heading: 'Stop these e-mails?', text, button } };
}

export const buttonPages = (services: ButtonPageServices): ButtonRoute[] => [
  {
    path: CONFIRM_PATH,
    async open(query) {
      const page = confirmPage(query);
      return page ? { status: 200, page } : { location: '/auth/login?problem=link' };
    },
  },
  {
    path: UNSUBSCRIBE_PATH,
    open: ({ token }) => unsubscribe(services, token, false),
    press: ({ token }) => unsubscribe(services, token, true),
  },
];
