/**
 * A history built as the demo is, asked over HTTP: a short one, as long as the demo's own with `DEMO_SCALE=full`, or that of a demo which runs
 * at `CONSISTENCY_URL` and goes on while it is asked.
 */
import { expect } from 'vitest';
import { buildHistory } from './built-history.ts';
import type { History } from './history.ts';
import { runningDemo } from './running-demo.ts';

const PASSWORD = 'predictu-demo';
const MOST = 200;
/** What is compared may move between two answers; then it is asked anew, so often. */
const ATTEMPTS = 40;
/** By then every payment of a trade has been answered. */
const BEHIND_MS = 600_000;
/** Lists that can be read as they stood at an instant. */
const IN_TIME = /^\/(trades|orders|wallet\/calls)(\?|$)/;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
export type Row = any;
export type Side = { api: string; token: string };
export type HistoryScene = {
  admin: Side;
  sides: (Side & { slug: string })[];
  moves: boolean;
  now(): Date;
  /** What is newer than this is left out of lists that can be read up to an instant. */
  until: Date;
  ask(side: Side, path: string): Promise<Row>;
  /** Every row of a list; each page names the same total, which is how many there are. */
  all(side: Side, path: string): Promise<Row[]>;
  /** Does the work; where the history moves, again until nothing came in between. */
  still(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
};

export const cents = (dollars: number): number => Math.round(dollars * 100);
export const total = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + cents(row[name]), 0);
export const count = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + row[name], 0);
export const ids = (rows: Row[]): string[] => rows.map(({ id }) => id).sort();
const extended = (path: string, more: string): string => `${path}${path.includes('?') ? '&' : '?'}${more}`;

export async function historyScene(): Promise<HistoryScene> {
  const url = process.env['CONSISTENCY_URL'];
  const { moves, now, send, close }: History = await (url ? runningDemo(url) : buildHistory());
  const until = new Date(now().getTime() - BEHIND_MS);

  async function read(path: string, token?: string, payload?: object): Promise<Row> {
    const { status, text } = await send(path, token, payload);
    expect(status, `${path}: ${text.slice(0, 400)}`).toBe(200);
    return JSON.parse(text);
  }
  const ask = ({ api, token }: Side, path: string): Promise<Row> => read(`${api}${path}`, token);
  const logIn = async (audience: 'admin' | 'operator', email: string): Promise<string> =>
    (await read(`/api/auth/${audience}/login`, undefined, { email, password: PASSWORD })).data.token;

  async function byPages(side: Side, path: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let page = 1; ; page += 1) {
      const body = await ask(side, extended(path, `limit=${MOST}&page=${page}`));
      rows.push(...body.data);
      if (body.data.length < MOST) {
        expect(rows.length, path).toBe(body.pagination.total);
        return rows;
      }
    }
  }
  /** Rows that move on do not hide others from a cursor. */
  async function byCursor(side: Side, path: string): Promise<Row[]> {
    const rows: Row[] = [];
    let first: Row;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const body: Row = await ask(side, extended(path, `limit=${MOST}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`));
      first ??= body;
      rows.push(...body.data);
      cursor = body.next_cursor ?? null;
    }
    const { pagination } = await ask(side, extended(path, 'limit=1'));
    if (pagination.total === first.pagination.total) expect(rows.length, path).toBe(pagination.total);
    return rows;
  }

  return {
    admin: { api: '/api/internal', token: await logIn('admin', 'admin@predictu.local') },
    sides: [
      { api: '/api/operator', slug: 'example-casino', token: await logIn('operator', 'operator@example-casino.local') },
      { api: '/api/operator', slug: 'lucky-spins', token: await logIn('operator', 'operator@lucky-spins.local') },
    ],
    moves,
    now,
    until,
    ask,
    all(side, path) {
      if (!moves) return byPages(side, path);
      const bounded = IN_TIME.test(path) && !/[?&]to=/.test(path) ? extended(path, `to=${until.toISOString()}`) : path;
      return /[?&]sort=/.test(path) ? byPages(side, bounded) : byCursor(side, bounded);
    },
    async still(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await work();
        } catch (error) {
          if (!moves || attempt >= ATTEMPTS) throw error;
        }
      }
    },
    close,
  };
}
