/** The cookies of one request and its answer: HttpOnly, of the sign-in's own path, gone in minutes. */
import { parseCookieHeader, serializeCookieHeader } from '@supabase/ssr';

const COOKIE_PATH = '/api/auth';
export type Browser = {
  read(name: string): string | undefined;
  all(): { name: string; value: string }[];
  /** Without a value it is taken away. */
  write(name: string, value: string, maxAgeSeconds: number): void;
};

type Exchange = { client: { cookies: string | null; baseUrl: string }; setHeader(name: string, value: string): void };

export function browserOf({ client, setHeader }: Exchange): Browser {
  const cookies = parseCookieHeader(client.cookies ?? '').map(({ name, value }) => ({ name, value: value ?? '' }));
  return {
    read: (name) => cookies.find((cookie) => cookie.name === name)?.value || undefined,
    all: () => cookies,
    write(name, value, maxAge) {
      const secure = client.baseUrl.startsWith('https:');
      setHeader('set-cookie', serializeCookieHeader(name, value, { path: COOKIE_PATH, httpOnly: true, sameSite: 'lax', secure, maxAge }));
    },
  };
}
