/** All contenders on one machine, heat after heat in interleaved rounds: other work on the machine hits all of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AS_NPM_START, type Child, startChild } from './child.ts';
import { besides, type Heat, type HeatName, nameOf, poolsOf, runOf } from './heats.ts';
import type { BenchDatabase, Installation } from './installation.ts';
import type { Measured } from './load.ts';
import { PLAYERS } from './scene.ts';
import type { Contender, Serving } from './server.ts';
import { watchStolen } from './stolen.ts';

/** `lost` is the percent of all processors' time that the machine underneath gave to others meanwhile. */
export type Lap = Measured & { pool: number; lost: number };
/** What each heat did in each round; a heat run once has one lap. */
export type Laps = Map<HeatName, Lap[]>;
export type ContestOptions = {
  /** Run in every round. */
  heats: readonly Heat[];
  rounds: number;
  milliseconds: number;
  /** Players whose sessions every server has seen before the first round. */
  knownPlayers: number;
  /** Also the heats that no promise needs. */
  everything: boolean;
  profileFolder: string | undefined;
  say(line: string): void;
};
type Team = { servers: Child[]; ports: number[] };

const FORWARDS_WITHIN_MS = 10_000;

/** Ids for peers, which have no sequencer: blocks of sixteen, more than a trade needs. */
const idSequence = (base: bigint): string =>
  `create sequence bench_ids start with ${base + 1_000_000n} increment by 16; grant usage on sequence bench_ids to predictu_worker;`;
const functions = (): string => readFileSync(new URL('peers/function.sql', import.meta.url), 'utf8');

function preparationOf(contender: Contender, base: bigint): string | undefined {
  if (contender === 'ours') return undefined;
  return contender === 'fn' ? `${idSequence(base)}\n${functions()}` : idSequence(base);
}

async function serving(server: Child, role: Serving['role']): Promise<number> {
  for (const patience = performance.now() + FORWARDS_WITHIN_MS; ; ) {
    const state = await server.ask<Serving>({ pool: poolsOf({ contender: 'ours', callers: 1, mix: 'spread', processes: 1 })[0] });
    if (state.role === role) return state.port;
    if (performance.now() > patience) throw new Error(`A server is still ${state.role}; it should be ${role}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Starts the servers of one contender, one after the other: the first becomes the batcher. */
async function openTeam(
  contender: Contender,
  processes: number,
  { appUrl, name }: BenchDatabase,
  installation: Installation,
  profile: string | undefined,
): Promise<Team> {
  const team: Team = { servers: [], ports: [] };
  for (let n = 0; n < processes; n += 1) {
    const server = startChild('server.ts', {
      args: [contender, installation.secret, appUrl],
      env: { RATE_LIMIT_PLAYER_PER_MINUTE: '1000000', PREDICTU_DATA_DIR: join(installation.folder, `${name}-${n}`) },
      execArgv: [
        ...AS_NPM_START,
        ...(profile !== undefined && contender === 'ours' && n === 0 ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      ],
    });
    team.servers.push(server);
    team.ports.push(await serving(server, n === 0 ? 'batcher' : 'forwarding'));
  }
  return team;
}

async function lap(one: Heat, team: Team, load: Child, milliseconds: number): Promise<Lap> {
  let best: Lap | undefined;
  for (const pool of poolsOf(one)) {
    const stolen = watchStolen();
    await team.servers[0]?.ask({ pool });
    const measured = await load.ask<Measured>(runOf(one, team.ports, milliseconds));
    if (!best || measured.perSecond > best.perSecond) best = { ...measured, pool, lost: stolen() ?? 0 };
  }
  return best as Lap;
}

export type Contest = { laps: Laps; databases: Map<Contender, BenchDatabase> };

export async function runContest(installation: Installation, options: ContestOptions): Promise<Contest> {
  const { heats, rounds, milliseconds, knownPlayers, everything, profileFolder, say } = options;
  const once = everything ? besides() : [];
  const all = [...heats, ...once];
  const teams = new Map<Contender, Team>();
  const databases = new Map<Contender, BenchDatabase>();
  const laps: Laps = new Map();
  const load = startChild('load.ts');
  try {
    await load.ask({ base: String(installation.base), tokens: installation.tokens });
    for (const contender of new Set(all.map((one) => one.contender))) {
      const database = await installation.database(`bench_${contender}`, preparationOf(contender, installation.base));
      databases.set(contender, database);
      const processes = Math.max(...all.filter((one) => one.contender === contender).map((one) => one.processes));
      const team = await openTeam(contender, processes, database, installation, profileFolder);
      teams.set(contender, team);
      say(`${contender}: showing the sessions of ${knownPlayers} players to ${processes === 1 ? 'its server' : 'both its servers'}`);
      for (const port of team.ports) await load.ask({ warm: port, players: Math.min(knownPlayers, PLAYERS) });
    }
    const run = async (one: Heat, round: string): Promise<void> => {
      const measured = await lap(one, teams.get(one.contender) as Team, load, milliseconds);
      const name = nameOf(one);
      laps.set(name, [...(laps.get(name) ?? []), measured]);
      say(
        `${round}  ${name.padEnd(24)} ${Math.round(measured.perSecond).toLocaleString('en').padStart(8)}/s  p50 ${measured.p50.toFixed(1)} ms  p99 ${measured.p99.toFixed(1)} ms`,
      );
    };
    for (let round = 1; round <= rounds; round += 1) {
      // Every other round backwards: nobody always runs after the same neighbour.
      for (const one of round % 2 === 1 ? heats : heats.toReversed()) await run(one, `round ${round}/${rounds}`);
    }
    for (const one of once) await run(one, 'once     ');
    return { laps, databases };
  } finally {
    await Promise.all([load, ...[...teams.values()].flatMap(({ servers }) => servers)].map((child) => child.stop()));
  }
}
