import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { rowsByKeys, rowsOfAll } from './rows-by-keys.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const WORKER = { kind: 'worker', name: 'test' } as const;
const MODES = `current_setting('plan_cache_mode') as mode, current_setting('enable_seqscan') as scans, current_setting('enable_hashjoin') as hashes`;
const BY_INDEX = { mode: 'force_generic_plan', scans: 'off', hashes: 'off' };
const AS_EVER = { mode: 'auto', scans: 'on', hashes: 'on' };

test('only the statement itself is planned by index, and each time anew so', async () => {
  for (let n = 0; n < 2; n += 1) {
    const seen = await db.database.as(WORKER, 'read', async (tx) => [
      ...(await tx.query(`select ${MODES}`)),
      ...(await rowsByKeys(tx, `select k.id, ${MODES} from unnest($1::bigint[]) as k(id)`, [[3n, 5n]], 'test-by-keys')),
      ...(await tx.query(`select ${MODES}`)),
    ]);
    expect(seen).toEqual([AS_EVER, { id: 3n, ...BY_INDEX }, { id: 5n, ...BY_INDEX }, AS_EVER]);
  }
});

test('one after the other and both at once, with others between and after', async () => {
  const seen = await db.database.as(WORKER, 'read', async (tx) => {
    const byKeys = () => rowsByKeys(tx, `select ${MODES} from unnest($1::bigint[])`, [[3n]], 'test-several');
    const each: unknown[] = [];
    const first = await Promise.all([byKeys(), byKeys(), tx.query(`select ${MODES}`), byKeys()]);
    await tx.each(`select ${MODES}`, [], (row) => each.push(row));
    return [...first.flat(), ...each];
  });
  expect(seen).toEqual([BY_INDEX, BY_INDEX, AS_EVER, BY_INDEX, Object.values(AS_EVER)]);
});

test('a statement of all there is keeps its ways, and is planned without its values', async () => {
  const seen = await db.database.as(WORKER, 'read', async (tx) => {
    const byKeys = () => rowsByKeys(tx, `select ${MODES} from unnest($1::bigint[])`, [[3n]], 'test-beside');
    const ofAll = () => rowsOfAll(tx, `select ${MODES} where $1::int = 1`, [1]);
    const several = await Promise.all([byKeys(), ofAll(), tx.query(`select ${MODES}`), byKeys(), ofAll()]);
    return [...several.flat(), ...(await tx.query(`select ${MODES}`))];
  });
  const once = { ...AS_EVER, mode: 'force_generic_plan' };
  expect(seen).toEqual([BY_INDEX, once, AS_EVER, BY_INDEX, once, AS_EVER]);
});

test('its failure is the one that is told', async () => {
  const asked = db.database.as(WORKER, 'read', (tx) => rowsByKeys(tx, 'select 1 / $1::int as n', [0], 'test-fails'));
  await expect(asked).rejects.toThrow('division by zero');
});
