/** A browser with cookies, and the links of the mails that wait for somebody. */
import { openSecret } from '../src/access/access.ts';
import { mailSeal } from '../src/platform/queue-mail.ts';
import { deriveKey } from '../src/platform/secret.ts';
import type { Answer, TestServer } from './server.ts';

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Where the button of a page leads: its form sent by GET, as a browser without scripts sends it. */
export function pressed(page: string): string {
  const action = /<form method="get" action="([^"]+)">/.exec(page)?.[1];
  if (action === undefined) throw new Error('The page has no button that leads on');
  const fields = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return `${unescaped(action)}?${new URLSearchParams(fields.map(([, name = '', value = '']) => [unescaped(name), unescaped(value)]))}`;
}

/** Keeps cookies like a browser: by name, gone when they are taken away. */
export function openBrowserOf(server: TestServer) {
  const cookies = new Map<string, string>();
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await server.inject({ method, url, headers: { ...(cookie && { cookie }) }, ...(payload && { payload }) });
    for (const set of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
      const [pair = ''] = set.split(';');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      if (value === '' || /max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  /** Opens the link of a mail, presses its button, and follows redirects of the API; answers the page they end at. */
  const open = async (url: string): Promise<string> => {
    let at = url.startsWith('/auth/confirm?') ? pressed(String((await ask('GET', url)).body)) : url;
    for (let hops = 0; hops < 5 && at.startsWith('/api/'); hops += 1) {
      const answer = await ask('GET', at);
      if (answer.status !== 303) return `${answer.status}`;
      at = String(answer.headers['location']);
    }
    return at;
  };
  return { ask, open, cookies };
}

const SECRETS = deriveKey('a-secret-that-is-at-least-32-characters', 'secrets');

export type Letter = { template: string; to: string; link: string | null; data: Record<string, unknown> };

/** Every mail to this address, oldest first, with the link nobody else can read. */
export async function lettersTo(server: TestServer, address: string): Promise<Letter[]> {
  await server.access.sendLinks();
  const { rows } = await server.db.owner.query(
    'select template, recipient, data, sealed, dedupe_key from mails where lower(recipient) = lower($1) order by id',
    [address],
  );
  return rows.map(({ template, recipient, data, sealed, dedupe_key: key }) => ({
    template,
    to: recipient,
    data,
    link: sealed === null ? null : openSecret(SECRETS, sealed, mailSeal(key)),
  }));
}

/** The link of the latest mail. */
export async function linkTo(server: TestServer, address: string): Promise<string> {
  const link = (await lettersTo(server, address)).at(-1)?.link;
  if (!link) throw new Error(`No mail with a link to ${address}`);
  return link;
}
