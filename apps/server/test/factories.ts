/** Rows for tests, written as the owner: each with everything it needs to trade, changed by what the test names. */
import { firstIdAt } from '@predictu/contract/ids';
import { DEFAULT_PLATFORM_CONFIG, type PlatformConfigDocument } from '@predictu/contract/shapes/platform-config';
import type pg from 'pg';

/** The instant tests begin at; markets are priced at it. */
export const START = new Date('2026-06-01T12:00:00.000Z');

let last = firstIdAt(new Date('2026-05-01T00:00:00Z'));
export const testId = (): bigint => {
  last += 1n;
  return last;
};

type Columns = Record<string, unknown>;

async function insert(owner: pg.Client, table: string, columns: Columns): Promise<void> {
  const names = Object.keys(columns);
  const places = names.map((_, index) => `$${index + 1}`);
  await owner.query(`insert into ${table} (${names.join(', ')}) values (${places.join(', ')})`, Object.values(columns));
}

/** A live operator with wide limits. */
export async function makeOperator(owner: pg.Client, columns: Columns = {}): Promise<bigint> {
  const id = testId();
  await insert(owner, 'operators', {
    id,
    slug: `operator-${id}`,
    name: 'Example Casino',
    status: 'live',
    contact_email: 'ops@example.com',
    created_at: START,
    updated_at: START,
    ...columns,
  });
  return (columns['id'] as bigint | undefined) ?? id;
}

/** A vip player. A balance comes with the deposit that explains it, so that the books are right. */
export async function makePlayer(
  owner: pg.Client,
  operatorId: bigint,
  { balance_cents: balance = 100_000n, ...columns }: Columns = {},
): Promise<bigint> {
  const id = testId();
  await insert(owner, 'players', {
    operator_id: operatorId,
    id,
    external_id: `player-${id}`,
    limit_tier: 'vip',
    created_at: START,
    balance_cents: balance,
    deposited_cents: balance,
    ...columns,
  });
  if (BigInt(balance as bigint) > 0n) {
    const ledgerId = testId();
    await insert(owner, 'ledger_entries', {
      operator_id: operatorId,
      id: ledgerId,
      player_id: id,
      type: 'deposit',
      from_account: 'bank',
      to_account: 'player',
      amount_cents: balance,
      balance_before_cents: 0n,
      balance_after_cents: balance,
      description: 'Opening balance',
      created_at: START,
    });
    await insert(owner, 'idempotency_keys', {
      operator_id: operatorId,
      owner_id: 0n,
      key: `opening-${id}`,
      body_hash: '00000000000000000000000000000000',
      answer: { adjustment: `${ledgerId}`, action: 'deposit', amount: `${balance}`, fee: '0', before: '0', after: `${balance}`, at: START },
      created_at: START,
    });
  }
  return id;
}

/** An active, liquid market at 0.5000, priced at `START`. */
export async function makeMarket(owner: pg.Client, columns: Columns = {}): Promise<bigint> {
  const id = testId();
  await insert(owner, 'markets', {
    id,
    source: 'simulated',
    source_id: `market-${id}`,
    title: 'Will it?',
    category: 'sports',
    mid: 5_000,
    snapshot_id: testId(),
    priced_at: START,
    received_at: START,
    liquidity_cents: 10_000_000n,
    end_at: new Date(START.getTime() + 30 * 86_400_000),
    created_at: START,
    updated_at: START,
    ...columns,
  });
  return (columns['id'] as bigint | undefined) ?? id;
}

/** Replaces the platform configuration by the documented one with these sections changed, as a writer of it must: sequencer first. */
export async function setConfig(
  owner: pg.Client,
  changes: { [K in keyof PlatformConfigDocument]?: Partial<PlatformConfigDocument[K]> } = {},
  at: Date = START,
): Promise<void> {
  const document = Object.fromEntries(
    Object.entries(DEFAULT_PLATFORM_CONFIG).map(([section, values]) => [
      section,
      { ...values, ...changes[section as keyof PlatformConfigDocument] },
    ]),
  );
  await changeSlowly(owner, async () => {
    await owner.query(
      `insert into platform_config (document, updated_at, updated_by) values ($1, $2, 'test')
       on conflict (only_row) do update set document = excluded.document, updated_at = excluded.updated_at`,
      [document, at],
    );
  });
}

/** Changes what the batch keeps in memory: under the sequencer, with a new version. */
export async function changeSlowly(owner: pg.Client, change: () => Promise<void>): Promise<void> {
  await owner.query('begin');
  await owner.query('select 1 from sequencer for no key update');
  await change();
  await owner.query('update sequencer set version = version + 1');
  await owner.query('commit');
}

export async function makeBreaker(owner: pg.Client, columns: Columns): Promise<bigint> {
  const id = testId();
  await changeSlowly(owner, () =>
    insert(owner, 'circuit_breakers', {
      id,
      trigger_type: 'exposure_pct',
      trigger_threshold: 90,
      cooldown_minutes: 10,
      auto_reset: true,
      created_by: 'test',
      created_at: START,
      ...columns,
    }),
  );
  return id;
}
