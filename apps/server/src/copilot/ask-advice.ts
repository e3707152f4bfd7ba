/**
 * A model looks at operators' own markets beside the rules: at most once an hour each, and not while the figures stand still. Nobody asked for it, so it
 * costs the operator nothing. It is asked outside of any transaction; what it proposes is judged on the figures as they are when it is queued.
 */
import { createHash } from 'node:crypto';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { type Facts, factsOf, factsOfPlayer, judgeAdvice, type Subject } from './advice.rules.ts';
import { type KnownSuggestion, type LastLook, selectLooks, selectOpenOf, writeLook } from './advice.sql.ts';
import type { Advised, Advisor } from './claude-advisor.ts';
import { EngineFailure } from './engine.ts';
import { keptAction, type LookedAt, readWatched } from './read-watched.ts';
import type { Suggestion } from './suggestion.rules.ts';
import { offerSuggestion } from './suggestion.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'market-agent' };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Operators in one round, and subjects of each that are shown: the largest first. */
const [MOST_OPERATORS, MOST_SUBJECTS] = [50, 40];
/** Shorter than the time between two rounds. */
const LONGEST_ROUND_MS = 8 * 60_000;

type AdviceServices = {
  database: Database;
  clock: Clock;
  newId: NewId;
  advisor: Advisor | null;
  log: { warn(detail: object, message: string): void; info(detail: object, message: string): void };
};

type Shown = { names: Map<string, { id: bigint; facts: Facts }>; brief: string; digest: string };
const size = ({ yes, no, hourYes, hourNo }: LookedAt['markets'][number]): bigint => yes + no + hourYes + hourNo;

/** The figures of one operator as the model sees them; players without their names. */
function show({ markets, players }: LookedAt, open: readonly KnownSuggestion[], now: Date): Shown {
  const names: Shown['names'] = new Map();
  const openOf = (marketId: bigint | null, playerId: bigint | null) =>
    open.filter((one) => one.marketId === marketId && one.playerId === playerId).map(({ kind }) => kind);
  const largest = [...markets].sort((one, other) => Number(size(other) - size(one))).slice(0, MOST_SUBJECTS);
  const shownMarkets = largest.map((market, index) => {
    const name = `m${index + 1}`;
    const facts = factsOf(market, now);
    names.set(name, { id: market.marketId, facts });
    const lint = market.findings.map(({ field, message }) => `${field}: ${message}`);
    const { title, status, resolver, marketId } = market;
    return { subject: name, title, status, result_named_by: resolver, open_already: openOf(marketId, null), lint, facts };
  });
  const shownPlayers = players.slice(0, MOST_SUBJECTS).map((player, index) => {
    const name = `p${index + 1}`;
    const facts = factsOfPlayer(player);
    names.set(name, { id: player.playerId, facts });
    return { subject: name, open_already: openOf(null, player.playerId), facts };
  });
  // Time alone is no news, but for an end that has come.
  const still = shownMarkets.map((one) => ({ ...one, facts: { ...one.facts, hours_left: (one.facts.hours_left ?? 0) > 0 } }));
  const digest = createHash('sha256')
    .update(JSON.stringify([still, shownPlayers]))
    .digest('hex');
  return { names, brief: JSON.stringify({ now: now.toISOString(), markets: shownMarkets, players: shownPlayers }), digest };
}

function subjectOf({ markets, players }: LookedAt, name: string, id: bigint | undefined): Subject | undefined {
  if (name.startsWith('m')) {
    const market = markets.find(({ marketId }) => marketId === id);
    return market && { market };
  }
  const player = players.find(({ playerId }) => playerId === id);
  return player && { player };
}

/** Judges every proposal on the figures as they are now, and queues what they bear. */
async function queue({ newId, advisor }: AdviceServices, db: Db, operatorId: bigint, shown: Shown, { advice }: Advised, now: Date) {
  const [watched, open] = await Promise.all([readWatched(db, now), selectOpenOf(db, operatorId)]);
  const live = watched.get(operatorId) ?? { markets: [], players: [] };
  const [queued, refusals]: [Suggestion[], string[]] = [[], []];
  for (const one of advice) {
    const known = shown.names.get(one.subject);
    const judged = judgeAdvice(one, known?.facts, subjectOf(live, one.subject, known?.id), now);
    if (typeof judged === 'string') {
      refusals.push(`${one.kind} of ${one.subject}: ${judged}`);
      continue;
    }
    const { kind, marketId, playerId } = judged;
    const twice = [...open, ...queued].some((other) => other.kind === kind && other.marketId === marketId && other.playerId === playerId);
    if (twice) refusals.push(`${one.kind} of ${one.subject}: it is open already`);
    else queued.push(judged);
  }
  for (const one of queued) {
    const kept = { ...one, action: keptAction(one.action), model: advisor?.model ?? '' };
    await offerSuggestion(db, operatorId, newId(), kept, now, new Date(now.getTime() + DAY_MS));
  }
  return { queued: queued.length, refusals };
}

type Due = { operatorId: bigint; last: LastLook | undefined; looked: LookedAt };
/** Undefined when the model could not be asked. */
async function lookAt(services: AdviceServices, advisor: Advisor, { operatorId, last, looked }: Due): Promise<number | undefined> {
  const { database, clock, log } = services;
  const { model } = advisor;
  const shown = show(looked, await database.as(WORKER, 'read', (db) => selectOpenOf(db, operatorId)), clock.now());
  const keep = (look: { digest: string | null; tokens: number; queued: number; refused: number }) => (db: Db) =>
    writeLook(db, { operatorId, model, ...look }, clock.now());
  const nothing = { tokens: 0, queued: 0, refused: 0 };
  if (last?.digest === shown.digest) {
    await database.as(WORKER, 'write', keep({ digest: shown.digest, ...nothing }));
    return 0;
  }
  try {
    const advised = await advisor.advise({ brief: shown.brief, signal: AbortSignal.timeout(LONGEST_ROUND_MS) });
    return await database.as(WORKER, 'write', async (db) => {
      const { queued, refusals } = await queue(services, db, operatorId, shown, advised, clock.now());
      const refused = refusals.length + advised.unreadable;
      if (refused > 0)
        log.info(
          { operatorId: String(operatorId), model, refusals, unreadable: advised.unreadable },
          'suggestions of a model were refused',
        );
      await keep({ digest: shown.digest, tokens: advised.tokens, queued, refused })(db);
      return queued;
    });
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    log.warn({ err: error.cause ?? error, model }, 'a model could not be asked for suggestions');
    await database.as(WORKER, 'write', keep({ digest: null, ...nothing }));
    return undefined;
  }
}

/** Returns how many suggestions were queued. Nothing is asked without a model. */
export async function askAdvice(services: AdviceServices): Promise<number> {
  const { database, clock, advisor } = services;
  if (!advisor) return 0;
  const now = clock.now();
  const [watched, looks] = await database.as(WORKER, 'read', (db) =>
    Promise.all([readWatched(db, now), selectLooks(db, new Date(now.getTime() - HOUR_MS))]),
  );
  const lookOf = new Map(looks.map((look) => [look.operatorId, look]));
  const due = [...watched].filter(([operatorId]) => !lookOf.get(operatorId)?.recent).slice(0, MOST_OPERATORS);
  let queued = 0;
  for (const [operatorId, looked] of due) {
    const found = await lookAt(services, advisor, { operatorId, last: lookOf.get(operatorId), looked });
    // Whoever does not answer one will not answer the others either; the next round tries again.
    if (found === undefined || clock.now().getTime() - now.getTime() > LONGEST_ROUND_MS) break;
    queued += found;
  }
  return queued;
}
