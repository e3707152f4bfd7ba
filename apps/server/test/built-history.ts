/** A history built as the demo is, on a database of its own, at an instant that does not pass. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../src/app.ts';
import { buildDemo } from '../src/demo/build-demo.ts';
import { DEMO_SCALES } from '../src/demo/demo-calendar.rules.ts';
import { openPast } from '../src/open-past.ts';
import { virtualClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openServices } from '../src/services.ts';
import { testDatabase } from './database.ts';
import type { History } from './history.ts';

const END = new Date('2026-11-20T18:20:00Z');
const SCALE = process.env['DEMO_SCALE'] === 'full' ? DEMO_SCALES.full : { days: 8, players: 120, moves: 900 };
const SECRET = 'a-secret-that-is-at-least-32-characters';
const log = pino({ level: 'silent' });

export async function buildHistory(): Promise<History> {
  const db = await testDatabase();
  const clock = virtualClock(END);
  const folder = mkdtempSync(join(tmpdir(), 'predictu-consistency-'));
  const config = readConfig({
    PREDICTU_DATA_DIR: folder,
    RATE_LIMIT_ADMIN_PER_MINUTE: '1000000',
    RATE_LIMIT_OPERATOR_PER_MINUTE: '1000000',
  });
  // Before the history, as a start does.
  const services = await openServices({ config, secret: SECRET, appUrl: db.appUrl, log, clock });
  await buildDemo({
    clock,
    scale: SCALE,
    openPast: (past) => openPast({ config, secret: SECRET, appUrl: db.appUrl, log, clock: past }),
    progress: { step() {}, end() {} },
    casino: { port: 0, journal: join(folder, 'journal.jsonl'), log },
  });
  const http = buildApp(services);
  return {
    moves: false,
    now: () => END,
    async send(url, token, payload) {
      const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const answer = await http.inject({ method: payload ? 'POST' : 'GET', url, headers, ...(payload && { payload }) });
      return { status: answer.statusCode, text: answer.body };
    },
    async close() {
      await http.close();
      await services.close();
      await db.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
