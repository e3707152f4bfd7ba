/** Promise 11: what a seamless trade costs beside the operator's own time, and that a wallet that hangs delays nobody else's trades. */
import { join } from 'node:path';
import { AS_NPM_START, startChild } from './child.ts';
import type { BenchDatabase, Installation } from './installation.ts';
import type { Told } from './instant-wallet.ts';
import type { Answered, Asked } from './seamless-server.ts';
import { median } from './statistics.ts';

export type Seamless = {
  /** Milliseconds of seamless trades less the wallet's own, at the median and the 99th percentile, in each round. */
  p50: number[];
  p99: number[];
  /** 99th percentile of another operator's trades while the wallet answers at once, and while it takes ten seconds. */
  well: number[];
  hanging: number[];
};
export type SeamlessOptions = { rounds: number; milliseconds: number; say(line: string): void };

const HANGS_MS = 10_000;
const LOOK_MS = 1_000;
const LOOKS = 60;
const WELL_MS = 500;
const OPERATOR = 50n;
const PLAYERS = 60_000_000n;

const sceneText = (base: bigint, url: string): string => `
insert into operators (id, slug, name, status, contact_email, max_bet_cents, exposure_limit_cents, limit_tiers, wallet_mode, s2s_enabled, callback_url, created_at, updated_at)
values (${base + OPERATOR}, 'bench-seamless', 'Bench seamless', 'live', 'bench@example.com', 100000, 100000000000, '{"new": 100000, "regular": 100000, "vip": 100000}',
  'seamless', true, '${url}', now(), now());
insert into players (operator_id, id, external_id, limit_tier, created_at)
select ${base + OPERATOR}, ${base + PLAYERS} + n, 'seamless-' || n, 'vip', now() from generate_series(0, 499) as n;
insert into exposure (operator_id, scope, key, cap_shares)
select ${base + OPERATOR}, scope, key, 100000000000 from (select 0 as scope, 0::bigint as key union all select 1, generate_series(0, 5)) as scopes;
update sequencer set version = version + 1`;

/** What hung may hold its place, and the circuit be open, for some seconds after a heat, and all of it is asked again or taken back. */
async function recovered(ask: (asked: Asked) => Promise<Answered>): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { p99 } = await ask({ kind: 'seamless', milliseconds: LOOK_MS });
    const { trades: owed } = await ask({ kind: 'owed' });
    if (p99 < WELL_MS && owed === 0) return;
  }
  throw new Error('The seamless operator did not recover from its hanging wallet');
}

export async function runSeamless(
  installation: Installation,
  { rounds, milliseconds, say }: SeamlessOptions,
): Promise<{ seamless: Seamless; database: BenchDatabase }> {
  const { base, secret, folder } = installation;
  const wallet = startChild('instant-wallet.ts');
  const hold = (holdMs: number) => wallet.ask<Told>({ holdMs });
  const database = await installation.database('bench_seamless', sceneText(base, (await hold(0)).url));
  const server = startChild('seamless-server.ts', {
    args: [secret, database.appUrl, String(base), String(base + OPERATOR)],
    env: { PREDICTU_DATA_DIR: join(folder, 'seamless') },
    execArgv: AS_NPM_START,
  });
  const ask = (asked: Asked) => server.ask<Answered>(asked);
  const seamless: Seamless = { p50: [], p99: [], well: [], hanging: [] };
  try {
    await ask({ kind: 'prepare' });
    await ask({ kind: 'others', milliseconds });
    for (let round = 1; round <= rounds; round += 1) {
      await hold(0);
      await recovered(ask);
      const paid = await ask({ kind: 'seamless', milliseconds });
      const own = median((await hold(0)).own);
      const well = await ask({ kind: 'others', milliseconds });
      await hold(HANGS_MS);
      const hanging = await ask({ kind: 'others', milliseconds });
      await hold(0);
      seamless.p50.push(paid.p50 - own);
      seamless.p99.push(paid.p99 - own);
      seamless.well.push(well.p99);
      seamless.hanging.push(hanging.p99);
      say(
        `round ${round}/${rounds}  seamless: ${paid.trades} trades, ours p50 ${(paid.p50 - own).toFixed(1)} ms, p99 ${(paid.p99 - own).toFixed(1)} ms (the wallet ${own.toFixed(2)}); others' p99 ${well.p99.toFixed(1)} ms, ${hanging.p99.toFixed(1)} while it hangs`,
      );
    }
    return { seamless, database };
  } finally {
    await Promise.all([server.stop(), wallet.stop()]);
  }
}
