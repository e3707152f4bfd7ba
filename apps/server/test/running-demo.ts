/** A demo that runs, asked over HTTP; when it says that these were too many requests, later. */
import { setTimeout as pause } from 'node:timers/promises';
import type { History } from './history.ts';

const TOO_MANY = 429;
const A_MINUTE_S = 60;
/** With fewer the suite would wait most of an hour: it reads every list from end to end, several times. */
const ENOUGH_PER_MINUTE = 10_000;
const HOW = 'start it with RATE_LIMIT_ADMIN_PER_MINUTE=100000 RATE_LIMIT_OPERATOR_PER_MINUTE=100000';

export async function runningDemo(base: string): Promise<History> {
  return {
    moves: true,
    now: () => new Date(),
    async send(url, token, payload) {
      for (;;) {
        const answer = await fetch(`${base}${url}`, {
          method: payload ? 'POST' : 'GET',
          headers: { ...(token && { authorization: `Bearer ${token}` }), ...(payload && { 'content-type': 'application/json' }) },
          ...(payload && { body: JSON.stringify(payload) }),
        });
        const text = await answer.text();
        const limit = Number(answer.headers.get('x-ratelimit-limit'));
        if (token && limit < ENOUGH_PER_MINUTE) throw new Error(`The demo allows only ${limit} requests a minute: ${HOW}`);
        if (answer.status !== TOO_MANY) return { status: answer.status, text };
        await pause(Number(answer.headers.get('retry-after') ?? A_MINUTE_S) * 1_000);
      }
    },
    close: async () => {},
  };
}
