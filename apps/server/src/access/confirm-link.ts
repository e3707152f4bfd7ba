/** What the link of a mail shows before anything happens: whose press it wants. The form leads to the callback as documented. */
import type { ButtonPage } from '../platform/button-page.ts';
import { PLATFORM_BRAND } from '../platform/mail-text.ts';
import { CALLBACK_PATH } from './link.rules.ts';

const FIELDS = ['token_hash', 'type', 'next'] as const;
type Words = { heading: string; text: string; label: string };
const SIGN_IN: Words = {
  heading: 'Sign in to Predictu',
  text: 'Press to sign in. The link works once, in the browser in which you asked for it.',
  label: 'Sign in',
};
const WORDS: Record<string, Words> = {
  invite: {
    heading: 'You are invited to Predictu',
    text: 'Press to accept the invitation. The link works once; you choose a password next.',
    label: 'Accept the invitation',
  },
  recovery: {
    heading: 'Set a new password',
    text: 'Press to go on. The link works once; you choose the password next.',
    label: 'Choose a new password',
  },
};

/** Undefined for what is no link of a mail. */
export function confirmPage(query: Record<string, unknown>): ButtonPage | undefined {
  const fields = FIELDS.flatMap((name) => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  if (!fields.some(([name]) => name === 'token_hash')) return undefined;
  const { heading, text, label } = WORDS[String(query['type'])] ?? SIGN_IN;
  return { brand: PLATFORM_BRAND, heading, text, button: { label, method: 'get', action: CALLBACK_PATH, fields } };
}
