/**
 * What a model may add to the MarketAgent's queue. It is shown named figures and proposes; the rules here look at the live figures again and let through only
 * what they bear: each figure it names is the one it was shown and still stands, what it asks for is within bounds, and half of a rule's own threshold is reached.
 */
import { type MarketDraft, marketDraft } from '@predictu/contract/shapes/market-draft';
import { ANCHOR_BOUNDS } from './house-price.rules.ts';
import { lintDraft } from './lint.rules.ts';
import { type Action, chance, type Kind, type Limited, type Suggestion, THRESHOLDS, type Watched, WORDING } from './suggestion.rules.ts';

export const MARKET_FACTS = [
  'price_percent',
  'committed_usd',
  'hours_left',
  'yes_shares',
  'no_shares',
  'trades',
  'bought_yes_last_hour_usd',
  'bought_no_last_hour_usd',
  'limit_used_percent',
  'lint_score',
] as const;
export const PLAYER_FACTS = ['refused_bets', 'trades', 'score'] as const;
type FactName = (typeof MARKET_FACTS)[number] | (typeof PLAYER_FACTS)[number];
export type Facts = Partial<Record<FactName, number>>;

/** As a model says it, read by a schema before it comes here. `subject` names a market (m1) or a player (p1) of the list it was shown. */
export type Advice = {
  kind: Kind;
  subject: string;
  severity: Suggestion['severity'];
  reason: string;
  evidence: { fact: FactName; value: number }[];
  price_percent?: number | undefined;
  committed_usd?: number | undefined;
  wording?: { field: string; text: string }[] | undefined;
};

const FACT_WORDS: Record<FactName, string> = {
  price_percent: 'Your price, percent',
  committed_usd: 'Committed, dollars',
  hours_left: 'Hours left',
  yes_shares: 'Shares of yes',
  no_shares: 'Shares of no',
  trades: 'Trades',
  bought_yes_last_hour_usd: 'Bought of yes, last hour, dollars',
  bought_no_last_hour_usd: 'Bought of no, last hour, dollars',
  limit_used_percent: 'Limit used, percent',
  lint_score: 'Lint score',
  refused_bets: 'Refused bets',
  score: 'Score',
};
const SPEAK_FOR: Record<Kind, readonly FactName[]> = {
  pause: ['bought_yes_last_hour_usd', 'bought_no_last_hour_usd', 'yes_shares', 'no_shares', 'hours_left'],
  reprice: ['yes_shares', 'no_shares', 'bought_yes_last_hour_usd', 'bought_no_last_hour_usd'],
  widen: ['limit_used_percent'],
  resolve: ['hours_left'],
  fix_wording: ['lint_score'],
  raise_limit: ['refused_bets', 'score'],
};

const HOUR_MS = 3_600_000;
const tenth = (value: number): number => Math.round(value * 10) / 10;

export function factsOf(market: Watched, now: Date): Facts {
  return {
    price_percent: Number(market.anchor) / 100,
    committed_usd: Number(market.depth) / 100,
    hours_left: tenth((market.endAt.getTime() - now.getTime()) / HOUR_MS),
    yes_shares: Number(market.yes) / 100,
    no_shares: Number(market.no) / 100,
    trades: Number(market.tradeCount),
    bought_yes_last_hour_usd: Number(market.hourYes) / 100,
    bought_no_last_hour_usd: Number(market.hourNo) / 100,
    limit_used_percent: market.utilisation,
    lint_score: lintDraft(market.draft, now).score,
  };
}
export const factsOfPlayer = ({ refusals, trades, score }: Limited): Facts => ({ refused_bets: refusals, trades, score });

/** How far a figure may have moved while the model was thinking: a tenth, or one. */
const stands = (then: number, now: number): boolean => Math.abs(then - now) <= Math.max(1, Math.abs(then) * 0.1);

/** Why the figures an advice names do not carry it, or null. */
function evidenceProblem({ kind, evidence }: Advice, shown: Facts, live: Facts): string | null {
  for (const { fact, value } of evidence) {
    const then = shown[fact];
    if (then === undefined) return `there is no figure ${fact} of it`;
    if (then !== value) return `${fact} was ${then}, not ${value}`;
    if (!stands(then, live[fact] ?? Number.NaN)) return `${fact} has moved from ${then} to ${live[fact]}`;
  }
  return evidence.some(({ fact }) => SPEAK_FOR[kind].includes(fact)) ? null : `no figure it names speaks for ${kind}`;
}

type Judged = { action: Action; title: string; state: string } | string;
const abs = (value: bigint): bigint => (value < 0n ? -value : value);
/** Half of what the rules themselves wait for. */
const half = (percent: number, of: bigint): bigint => (of * BigInt(percent)) / 200n;

function pause({ status, title, hourYes, hourNo, yes, no, depth, endAt }: Watched, now: Date): Judged {
  if (status !== 'active') return 'the market is paused already';
  const oneSided = hourYes + hourNo >= half(THRESHOLDS.flowOfDepth, depth);
  const loadedAtTheEnd = endAt.getTime() - now.getTime() <= 24 * HOUR_MS && abs(yes - no) >= half(THRESHOLDS.loaded, depth);
  if (!oneSided && !loadedAtTheEnd) return 'neither the last hour nor the book at its end gives cause to pause';
  return { action: { do: 'pause' }, title: `Pause “${title}”`, state: now.toISOString().slice(0, 10) };
}

function reprice({ status, title, anchor, yes, no, depth }: Watched, { price_percent: wanted }: Advice): Judged {
  if (status !== 'active') return 'the market is paused';
  if (wanted === undefined) return 'no price_percent was given';
  const next = BigInt(Math.round(wanted * 100));
  const [move, net] = [next - anchor, yes - no];
  if (next < ANCHOR_BOUNDS.low || next > ANCHOR_BOUNDS.high) return 'the price is out of bounds';
  if (move === 0n || abs(move) > THRESHOLDS.furthestMove) return 'the price moves by more than ten cents, or not at all';
  if (abs(net) < half(THRESHOLDS.loaded, depth)) return 'the book is not loaded enough for another price';
  if (net > 0n !== move > 0n) return 'the price moves away from the side the players are on';
  return { action: { do: 'reprice', anchor: String(next) }, title: `Set “${title}” to ${chance(next)}`, state: `${anchor}` };
}

function widen({ status, title, depth, utilisation }: Watched, { committed_usd: wanted }: Advice): Judged {
  if (status !== 'active') return 'the market is paused';
  if (wanted === undefined) return 'no committed_usd was given';
  const next = BigInt(Math.round(wanted * 100));
  if (next >= depth || next < THRESHOLDS.leastDepth || next * 4n < depth)
    return 'committed_usd is not between a quarter of the present and less than it';
  if (utilisation < THRESHOLDS.crowded / 2) return 'the limit of the market is hardly used';
  return { action: { do: 'widen', liquidity: String(next) }, title: `Widen “${title}”`, state: `${depth}` };
}

function resolve({ title, endAt, resolver }: Watched, now: Date): Judged {
  if (resolver !== 'operator') return 'the platform names its result';
  if (endAt > now) return 'the cut-off is not over';
  return { action: { do: 'resolve' }, title: `Name the result of “${title}”`, state: 'end' };
}

/** The draft with other words, as long as its fields allow; or why not. */
function reworded(draft: MarketDraft, wording: NonNullable<Advice['wording']>): MarketDraft | string {
  const next = marketDraft.encode(draft) as Record<string, unknown>;
  for (const { field, text } of wording) {
    if (!WORDING.has(field)) return `${field} is no wording`;
    const [outer = '', inner] = field.split('.');
    next[outer] = inner === undefined ? text : { ...(next[outer] as object), [inner]: text };
  }
  const read = marketDraft.safeDecode(next as never);
  return read.success ? read.data : 'the new wording does not fit its fields';
}

function fixWording({ title, tradeCount, draft }: Watched, { wording }: Advice, now: Date): Judged {
  if (tradeCount > 0n) return 'somebody has traded on the present wording';
  if (!wording || wording.length === 0) return 'no wording was given';
  const next = reworded(draft, wording);
  if (typeof next === 'string') return next;
  const [before, after] = [lintDraft(draft, now), lintDraft(next, now)];
  if (!after.deployable || after.score <= before.score) return 'the lint finds the new wording no better';
  return { action: { do: 'reword', draft: next }, title: `Mend the wording of “${title}”`, state: `${before.score}` };
}

function judgeMarket(advice: Advice, market: Watched, now: Date): Judged {
  switch (advice.kind) {
    case 'pause':
      return pause(market, now);
    case 'reprice':
      return reprice(market, advice);
    case 'widen':
      return widen(market, advice);
    case 'resolve':
      return resolve(market, now);
    case 'fix_wording':
      return fixWording(market, advice, now);
    case 'raise_limit':
      return 'a market has no limit tier';
  }
}

const judgePlayer = ({ kind }: Advice, { name, trades, score }: Limited): Judged =>
  kind !== 'raise_limit'
    ? 'that is asked of markets only'
    : trades < THRESHOLDS.leastTrades || score >= THRESHOLDS.highestScore
      ? 'the record of the player does not bear a higher limit'
      : { action: { do: 'limit_tier', limitTier: 'vip' }, title: `Raise the limit of ${name}`, state: 'vip' };

export type Subject = { market: Watched } | { player: Limited };
/** A suggestion as it may be queued, or why not. `shown`: the figures the model saw; `live` what stands now. */
export function judgeAdvice(advice: Advice, shown: Facts | undefined, live: Subject | undefined, now: Date): Suggestion | string {
  if (!shown || !live) return `there is no ${advice.subject}`;
  const facts = 'market' in live ? factsOf(live.market, now) : factsOfPlayer(live.player);
  const problem = evidenceProblem(advice, shown, facts);
  if (problem !== null) return problem;
  const judged = 'market' in live ? judgeMarket(advice, live.market, now) : judgePlayer(advice, live.player);
  if (typeof judged === 'string') return judged;
  const [marketId, playerId] = 'market' in live ? [live.market.marketId, null] : [null, live.player.playerId];
  return {
    kind: advice.kind,
    marketId,
    playerId,
    fingerprint: `claude:${advice.kind}:${marketId ?? playerId}:${judged.state}`,
    severity: advice.severity,
    title: judged.title,
    reason: advice.reason,
    evidence: advice.evidence.map(({ fact }) => ({ name: FACT_WORDS[fact], value: String(facts[fact]) })),
    action: judged.action,
  };
}

export type OpenAdvice = { kind: Kind; marketId: bigint | null; playerId: bigint | null; fingerprint: string };
/** Whether what a model suggested still makes sense: what it would change is as it was, and the rules do not say the same by now. */
export function stillStands(
  one: OpenAdvice,
  markets: readonly Watched[],
  players: readonly Limited[],
  byRules: readonly Suggestion[],
): boolean {
  const same = byRules.some(({ kind, marketId, playerId }) => kind === one.kind && marketId === one.marketId && playerId === one.playerId);
  if (same) return false;
  if (one.playerId !== null) return players.some(({ playerId }) => playerId === one.playerId);
  const market = markets.find(({ marketId }) => marketId === one.marketId);
  if (!market) return false;
  const state = one.fingerprint.split(':').at(-1);
  if (one.kind === 'resolve') return true;
  if (one.kind === 'fix_wording') return market.tradeCount === 0n;
  if (market.status !== 'active') return false;
  return one.kind === 'pause' || state === String(one.kind === 'reprice' ? market.anchor : market.depth);
}
