/** Searching titles among many markets: by the index for every role, and of another operator's markets nothing. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { selectAlike, selectDecided } from '../src/copilot/question-score.sql.ts';
import { listMarkets } from '../src/markets/markets.ts';
import { selectRelated } from '../src/markets/related-markets.sql.ts';
import type { Actor } from '../src/platform/actor.ts';
import type { Db } from '../src/platform/db.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { START } from './factories.ts';

const [ONE, OTHER] = [7n, 8n];
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'a@predictu.test', permissions: [] };
const WORKER: Actor = { kind: 'worker', name: 'test' };
const VISITOR: Actor = { kind: 'access' };
const member = (operatorId: bigint): Actor => ({
  kind: 'operator',
  operatorId,
  slug: 'o',
  memberId: 1n,
  email: 'm@o.test',
  permissions: [],
});
const player = (operatorId: bigint): Actor => ({ kind: 'player', operatorId, playerId: 1n, sessionId: 1n });
const ACTORS: [string, Actor][] = [
  ['a member', member(ONE)],
  ['a player', player(ONE)],
  ['a visitor', VISITOR],
  ['an admin', ADMIN],
  ['a worker', WORKER],
];
/** Everybody's, one's and the other's market about the zeppelin. */
const [SHARED, OWN, FOREIGN] = [10n, 11n, 12n];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.owner.query(
    `insert into markets (id, source, source_id, title, search_title, category, mid, status, resolution, resolved_at, created_at, updated_at)
     select n, 'simulated', n, 'Will number ' || n || ' win?', 'will number ' || n || ' win', 'sports', 5000, case when n % 2 = 0 then 'resolved' else 'active' end,
       case when n % 2 = 0 then 'yes' end, case when n % 2 = 0 then $1::timestamptz end, $1, $1 from generate_series(100, 30000) n`,
    [START],
  );
  for (const [id, operatorId] of [
    [SHARED, null],
    [OWN, ONE],
    [FOREIGN, OTHER],
  ])
    await db.owner.query(
      `insert into markets (id, operator_id, source, source_id, title, search_title, category, mid, created_at, updated_at)
       values ($1::bigint, $2::bigint, $3, $1::text, 'Will the zeppelin land?', 'will the zeppelin land', 'sports', 5000, $4, $4)`,
      [id, operatorId, operatorId === null ? 'simulated' : 'operator', START],
    );
  await db.owner.query('vacuum analyze markets');
});
afterAll(() => db?.drop());

type Scans = { whole: bigint; searched: bigint };
const scansSoFar = async (tx: Db): Promise<Scans> =>
  (
    await tx.query<Scans>(
      `select pg_stat_get_xact_numscans('markets'::regclass) as whole, pg_stat_get_xact_numscans('markets_search_title'::regclass) as searched`,
    )
  )[0] as Scans;

/** How often the work went through all markets, and how often through the index of titles, within functions as well. */
const scansOf = (actor: Actor, work: (tx: Db) => Promise<unknown>): Promise<Scans> =>
  db.database.as(actor, 'read', async (tx) => {
    const before = await scansSoFar(tx);
    await work(tx);
    const after = await scansSoFar(tx);
    return { whole: after.whole - before.whole, searched: after.searched - before.searched };
  });

const QUERY = {
  sort: 'newest',
  order: 'desc',
  slice: { limit: 50, offset: 0, after: undefined },
  totalsOf: null,
  changeSince: START,
} as const;
const search = (tx: Db, words: string, searchIn: 'title' | 'text' = 'title') => listMarkets(tx, { search: words, searchIn }, QUERY);

describe.each(ACTORS)('%s', (_, actor) => {
  test('searches by the index of titles, and never through all markets', async () => {
    for (const work of [
      (tx: Db) => search(tx, 'zeppelin'),
      (tx: Db) => search(tx, 'number 777'),
      (tx: Db) => selectAlike(tx, ['zeppelin']),
      (tx: Db) => selectDecided(tx, ['777', '778'], new Date(START.getTime() + 1)),
    ]) {
      const { whole, searched } = await scansOf(actor, work);
      expect(whole).toBe(0n);
      expect(searched).toBeGreaterThan(0n);
    }
  });

  test('the plan of the list names no scan of the markets', async () => {
    await db.database.as(actor, 'read', async (real) => {
      const plans: string[] = [];
      const explaining: Db = {
        each: (...asked) => real.each(...asked),
        async query(text, values, name) {
          const lines = await real.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
          plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
          return real.query(text, values, name);
        },
      };
      expect((await search(explaining, 'zeppelin')).rows.length).toBeGreaterThan(0);
      expect(plans.length).toBe(2);
      for (const plan of plans) {
        expect(plan).toMatch(/Index (Only )?Scan (using|on) markets_pkey/);
        expect(plan).not.toContain('Seq Scan on markets');
      }
    });
  });
});

test('each finds what it may see, and no more', async () => {
  const found = (actor: Actor): Promise<bigint[]> =>
    db.database.as(actor, 'read', async (tx) => {
      const { rows, total } = await search(tx, 'zepp land');
      const direct = await tx.query<{ id: bigint }>(`select found_by_title('zeppelin') as id`);
      expect(total).toBe(BigInt(rows.length));
      expect(direct.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
      return rows.map(({ id }) => id).sort();
    });
  expect(await found(member(ONE))).toEqual([SHARED, OWN]);
  expect(await found(player(ONE))).toEqual([SHARED, OWN]);
  expect(await found(member(OTHER))).toEqual([SHARED, FOREIGN]);
  expect(await found(player(9n))).toEqual([SHARED]);
  expect(await found(VISITOR)).toEqual([SHARED]);
  expect(await found(ADMIN)).toEqual([SHARED, OWN, FOREIGN]);
  expect(await found(WORKER)).toEqual([SHARED, OWN, FOREIGN]);
});

test('what is like a market is found among the visible ones', async () => {
  const related = (actor: Actor) =>
    db.database.as(actor, 'read', (tx) =>
      selectRelated(tx, { id: SHARED, words: 'zeppelin | land', tags: [], category: 'sports', categories: ['sports'], most: 1 }),
    );
  expect(await related(player(ONE))).toEqual([OWN]);
  expect(await related(player(OTHER))).toEqual([FOREIGN]);
});

test('nobody else may call the search', async () => {
  const { rows } = await db.owner.query(`select has_function_privilege('public', 'found_by_title(text)', 'execute') as may`);
  expect(rows).toEqual([{ may: false }]);
});

test('an owner that row level security binds finds as much', async () => {
  await db.owner.query('create role bound_owner nologin nobypassrls');
  try {
    await db.owner.query('grant usage on schema public to bound_owner');
    await db.owner.query('alter table markets owner to bound_owner');
    await db.owner.query('alter function found_by_title owner to bound_owner');
    await db.owner.query('create policy searching on markets for select to bound_owner using (true)');
    const found = await db.database.as(member(ONE), 'read', (tx) => tx.query<{ id: bigint }>(`select found_by_title('zeppelin') as id`));
    expect(found.map(({ id }) => id).sort()).toEqual([SHARED, OWN]);
    expect((await scansOf(player(ONE), (tx) => search(tx, 'zeppelin'))).whole).toBe(0n);
  } finally {
    await db.owner.query('drop policy if exists searching on markets');
    await db.owner.query('alter table markets owner to current_user');
    await db.owner.query('alter function found_by_title owner to current_user');
    await db.owner.query('drop owned by bound_owner');
    await db.owner.query('drop role bound_owner');
  }
});
