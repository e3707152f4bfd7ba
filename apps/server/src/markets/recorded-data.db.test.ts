/** Recorded polls of the same markets, in order, late and twice, into the tables. The data is not part of the repository. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { virtualClock } from '../platform/clock.ts';
import { idMaker } from '../platform/ids.ts';
import { applySourceEvents } from './apply-source-events.ts';
import { readRecording } from './play-recording.ts';
import { frameReader } from './source.ts';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const FOLDER = process.env['PREDICTU_RECORDED_DATA'] ?? join(REPOSITORY, '../shared/data/polymarket');
const START = new Date('2026-05-12T00:00:00.000Z');
const present = existsSync(FOLDER);
if (!present) process.stdout.write(`Recorded data not found at ${FOLDER}: its tests are skipped (set PREDICTU_RECORDED_DATA).\n`);

describe.skipIf(!present)('recorded polls in the tables', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.drop());

  const state = async () => {
    const { rows } = await db.owner.query(
      `select count(*) as markets, count(distinct source_id) as ids, count(mid) as priced, sum(mid) as mids, max(priced_at) as latest,
         (select count(*) from price_ticks) as ticks from markets`,
    );
    return rows[0];
  };

  test('ten polls make each market once; played again, late or backwards, they change nothing', async () => {
    const clock = virtualClock(START);
    const context = { database: db.database, source: 'recorded' as const, clock, newId: idMaker(clock) };
    const frames = await readRecording(join(FOLDER, 'topvolume'), START);
    const reader = frameReader();
    const polls = frames.map((frame) => reader.read(frame));
    for (const events of polls) await applySourceEvents(context, events);
    const once = await state();
    const open = new Set(polls.flat().flatMap((event) => (event.kind === 'market' && event.state === 'open' ? [event.sourceId] : [])));
    expect(once).toMatchObject({
      markets: BigInt(open.size),
      ids: BigInt(open.size),
      priced: BigInt(open.size),
      latest: frames.at(-1)?.at,
    });
    for (const events of polls.toReversed()) await applySourceEvents(context, events);
    expect(await state()).toEqual(once);

    const { rows: counted } = await db.owner.query(
      `select reason, sum(seen_count) as seen from market_set_asides group by reason order by reason`,
    );
    expect(counted.find(({ reason }) => reason === 'past_end')?.seen).toBe(2n * 108n);
    const { rows: disorder } = await db.owner.query(
      `select 1 from (select at, lag(at) over (partition by market_id order by id) as before from price_ticks) t where before > at`,
    );
    expect(disorder).toEqual([]);
  });

  test('the general dump carries what is open, once, and counts why the rest is not', async () => {
    const clock = virtualClock(START);
    const context = { database: db.database, source: 'polymarket' as const, clock, newId: idMaker(clock) };
    const [frame] = (await readRecording(join(FOLDER, 'gamma'), START)).filter(({ key }) => key?.startsWith('markets_mixed'));
    await applySourceEvents(context, frame ? frameReader().read(frame) : []);
    const { rows } = await db.owner.query(`select count(*) as markets, count(mid) as priced from markets where source = 'polymarket'`);
    expect(rows).toEqual([{ markets: 215n, priced: 168n }]);
    const { rows: reasons } = await db.owner.query(
      `select reason, sum(seen_count) as seen from market_set_asides where source = 'polymarket' group by reason order by reason`,
    );
    expect(Object.fromEntries(reasons.map(({ reason, seen }) => [reason, Number(seen)]))).toEqual({
      closed_without_winner: 1,
      empty_book: 1,
      missing_end_date: 5,
      one_sided_book: 16,
      past_end: 17,
      resolution_pending: 1,
      wide_book: 30,
    });
  });
});
