/**
 * Promise 5: a market that a crowd holds is settled, once while nobody trades, beside plain SQL of the same rows on a copy of the database, and once
 * while others trade. On demand one of a million positions besides, beside nothing: it must only be done in time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AS_NPM_START, type Child, startChild } from './child.ts';
import { crowdMarket, gatherCrowd } from './crowd.ts';
import type { BenchDatabase, Installation } from './installation.ts';
import type { Ending, Measured, Run } from './load.ts';
import { runStatements } from './owner.ts';
import type { Settled } from './settling-server.ts';
import { describeUndisturbed, undisturbed } from './undisturbed.ts';

/** One round: milliseconds of decisions, credits and waits, and trades a second. */
export type SettlingRound = {
  decided: number;
  /** Plain SQL that decides the same. */
  bare: number;
  /** From the decision to the last credit, while others trade. */
  credited: number;
  quiet: number;
  /** From the proposal to the last credit. */
  meanwhile: number;
  /** The longest any trade waited meanwhile. */
  longest: number;
};
export type Settling = {
  rounds: SettlingRound[];
  /** Milliseconds from the proposal of a market of a million positions to the last credit; none when that was not asked for. */
  large: number[];
};
export type SettlingOptions = { rounds: number; positions: number; milliseconds: number; say(line: string): void };

const CALLERS = 64;
/** For every round that is wanted so many may be measured, until enough of them were left alone: each needs two markets of its own. */
const MOST_TIMES = 2;
const LARGE = 1_000_000;
const PEER = readFileSync(new URL('peers/settle.sql', import.meta.url), 'utf8');

const bareText = (market: bigint): string => PEER.replaceAll(':settlement', `${market}`).replaceAll(':market', `${market}`);

/** A copy of a database nobody is connected to. */
async function copyOf({ name, ownerUrl }: BenchDatabase, copy: string): Promise<string> {
  const at = (database: string): string => Object.assign(new URL(ownerUrl), { pathname: `/${database}` }).href;
  await runStatements(at('postgres'), `create database ${copy} template ${name} strategy file_copy`);
  return at(copy);
}

const startServer = ({ secret, folder }: Installation, { appUrl }: BenchDatabase): Child =>
  startChild('settling-server.ts', {
    args: [secret, appUrl],
    env: { RATE_LIMIT_PLAYER_PER_MINUTE: '1000000', PREDICTU_DATA_DIR: join(folder, 'settling') },
    execArgv: AS_NPM_START,
  });

/** One market that a million players hold, settled while nobody trades. */
export async function settleMillion(
  installation: Installation,
  { say }: Pick<SettlingOptions, 'say'>,
): Promise<{ large: number[]; database: BenchDatabase }> {
  const { base } = installation;
  const database = await installation.database('bench_settling_large');
  say(`settling: ${LARGE} trades of a larger crowd come first`);
  await gatherCrowd(database, base, { players: LARGE, markets: 1 });
  const server = startServer(installation, database);
  try {
    const { decided, credited } = await server.ask<Settled>({ settle: String(crowdMarket(base, 0)) });
    say(`settling ${LARGE}: decided ${Math.round(decided)} ms, credited ${Math.round(credited)} ms`);
    return { large: [decided + credited], database };
  } finally {
    await server.stop();
  }
}

export async function runSettling(
  installation: Installation,
  { rounds, positions, milliseconds, say }: SettlingOptions,
): Promise<{ rounds: SettlingRound[]; database: BenchDatabase }> {
  const { base } = installation;
  const database = await installation.database('bench_settling');
  const markets = rounds * MOST_TIMES * 2;
  say(`settling: ${positions * markets} trades of a crowd come first`);
  await gatherCrowd(database, base, { players: positions, markets });
  const bareUrl = await copyOf(database, 'bench_settling_bare');
  const load = startChild('load.ts');
  const server = startServer(installation, database);
  try {
    await load.ask({ base: String(base), tokens: installation.tokens });
    const { port } = await server.ask<Settled>({});
    const run: Run = { state: 'settling', ports: [port], callers: CALLERS, mix: 'spread' };
    const trade = () => load.ask<Measured>({ ...run, milliseconds });
    const settle = (number: number) => server.ask<Settled>({ settle: String(crowdMarket(base, number)) });
    await trade();
    let round = 0;
    const found = await undisturbed(
      rounds,
      async (): Promise<SettlingRound> => {
        const [first, second] = [2 * round, 2 * round + 1];
        round += 1;
        const alone = await settle(first);
        const began = performance.now();
        await runStatements(bareUrl, bareText(crowdMarket(base, first)));
        const bare = performance.now() - began;
        const quiet = await trade();
        await load.ask(run);
        const beside = await settle(second);
        const meanwhile = await load.ask<Measured>({ end: true } satisfies Ending);
        say(
          `round ${round}  settling ${positions}: decided ${Math.round(alone.decided)} ms (plain SQL ${Math.round(bare)}), credited ${Math.round(alone.credited)} ms; beside trades ${Math.round(beside.decided)} + ${Math.round(beside.credited)} ms, ${Math.round(meanwhile.perSecond)} of ${Math.round(quiet.perSecond)} trades/s, longest ${meanwhile.longest.toFixed(0)} ms (quiet ${quiet.longest.toFixed(0)})`,
        );
        return {
          decided: alone.decided,
          bare,
          credited: beside.credited,
          quiet: quiet.perSecond,
          meanwhile: meanwhile.perSecond,
          longest: meanwhile.longest,
        };
      },
      { mostTimes: MOST_TIMES },
    );
    say(`settling: ${describeUndisturbed(found)}`);
    return { rounds: found.counted, database };
  } finally {
    await Promise.all([load.stop(), server.stop()]);
  }
}
