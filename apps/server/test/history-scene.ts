/** A history built as the demo is, asked over HTTP; as long as the demo's own with `DEMO_SCALE=full`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect } from 'vitest';
import { buildApp } from '../src/app.ts';
import { buildDemo } from '../src/demo/build-demo.ts';
import { DEMO_SCALES } from '../src/demo/demo-calendar.rules.ts';
import { openPast } from '../src/open-past.ts';
import { virtualClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openServices } from '../src/services.ts';
import { testDatabase } from './database.ts';

export const END = new Date('2026-11-20T18:20:00Z');
const SCALE = process.env['DEMO_SCALE'] === 'full' ? DEMO_SCALES.full : { days: 8, players: 120, moves: 900 };
const SECRET = 'a-secret-that-is-at-least-32-characters';
const PASSWORD = 'predictu-demo';
const MOST = 200;
const log = pino({ level: 'silent' });

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
export type Row = any;
export type Side = { api: string; token: string };
export type HistoryScene = {
  admin: Side;
  sides: (Side & { slug: string })[];
  ask(side: Side, path: string): Promise<Row>;
  /** Every row of a list, page by page; each page names the same total, which is how many there are. */
  all(side: Side, path: string): Promise<Row[]>;
  close(): Promise<void>;
};

export const cents = (dollars: number): number => Math.round(dollars * 100);
export const total = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + cents(row[name]), 0);
export const count = (rows: Row[], name: string): number => rows.reduce((sum, row) => sum + row[name], 0);
export const ids = (rows: Row[]): string[] => rows.map(({ id }) => id).sort();

export async function historyScene(): Promise<HistoryScene> {
  const db = await testDatabase();
  const clock = virtualClock(END);
  const folder = mkdtempSync(join(tmpdir(), 'predictu-consistency-'));
  const config = readConfig({
    PREDICTU_DATA_DIR: folder,
    RATE_LIMIT_ADMIN_PER_MINUTE: '1000000',
    RATE_LIMIT_OPERATOR_PER_MINUTE: '1000000',
  });
  await buildDemo({
    clock,
    scale: SCALE,
    openPast: (past) => openPast({ config, secret: SECRET, appUrl: db.appUrl, log, clock: past }),
    progress: { step() {}, end() {} },
    casino: { port: 0, journal: join(folder, 'journal.jsonl'), log },
  });
  const services = await openServices({ config, secret: SECRET, appUrl: db.appUrl, log, clock });
  const http = buildApp(services);

  async function send(url: string, token?: string, payload?: object): Promise<Row> {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await http.inject({ method: payload ? 'POST' : 'GET', url, headers, ...(payload && { payload }) });
    expect(answer.statusCode, `${url}: ${answer.body.slice(0, 400)}`).toBe(200);
    return answer.json();
  }
  const ask = ({ api, token }: Side, path: string): Promise<Row> => send(`${api}${path}`, token);
  const logIn = async (audience: 'admin' | 'operator', email: string): Promise<string> =>
    (await send(`/api/auth/${audience}/login`, undefined, { email, password: PASSWORD })).data.token;

  return {
    admin: { api: '/api/internal', token: await logIn('admin', 'admin@predictu.local') },
    sides: [
      { api: '/api/operator', slug: 'example-casino', token: await logIn('operator', 'operator@example-casino.local') },
      { api: '/api/operator', slug: 'lucky-spins', token: await logIn('operator', 'operator@lucky-spins.local') },
    ],
    ask,
    async all(side, path) {
      const rows: Row[] = [];
      for (let page = 1; ; page += 1) {
        const body = await ask(side, `${path}${path.includes('?') ? '&' : '?'}limit=${MOST}&page=${page}`);
        rows.push(...body.data);
        if (body.data.length < MOST) {
          expect(rows.length, path).toBe(body.pagination.total);
          return rows;
        }
      }
    },
    async close() {
      await http.close();
      await services.close();
      await db.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
