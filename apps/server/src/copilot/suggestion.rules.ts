/** What the MarketAgent suggests, by live figures alone. Each suggestion says on which figures, and what accepting it does. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { Finding } from './finding.rules.ts';
import { ANCHOR_BOUNDS } from './house-price.rules.ts';

export type Watched = {
  marketId: bigint;
  title: string;
  status: 'active' | 'paused';
  anchor: Price;
  depth: Cents;
  endAt: Date;
  yes: Shares;
  no: Shares;
  tradeCount: bigint;
  /** Bought in the last hour, of each outcome. */
  hourYes: Cents;
  hourNo: Cents;
  /** Open shares as a share of the market's own limit, percent with one decimal. */
  utilisation: number;
  resolver: 'operator' | 'platform';
  draft: MarketDraft;
  findings: readonly Finding[];
};
/** A player who keeps running into the limit of its tier. */
export type Limited = { playerId: bigint; name: string; refusals: number; score: number; trades: number; since: Date };

export type Action =
  | { do: 'pause' }
  | { do: 'reprice'; anchor: string }
  | { do: 'widen'; liquidity: string }
  | { do: 'resolve' }
  | { do: 'reword'; draft: MarketDraft }
  | { do: 'limit_tier'; limitTier: 'vip' };
export type Kind = 'pause' | 'widen' | 'resolve' | 'fix_wording' | 'reprice' | 'raise_limit';
export type Suggestion = {
  kind: Kind;
  marketId: bigint | null;
  playerId: bigint | null;
  fingerprint: string;
  severity: 'info' | 'warning' | 'critical';
  title: string;
  reason: string;
  evidence: { name: string; value: string }[];
  action: Action;
};

const HOUR_MS = 3_600_000;
const PAUSE_BEFORE_MS = HOUR_MS;
export const THRESHOLDS = {
  /** Percent of the last hour's money on one side, and of the depth in all: somebody knows something. */
  oneSided: 85,
  flowOfDepth: 25,
  /** Percent of the market's limit. */
  crowded: 60,
  /** Net shares of this part of the depth, percent, ask for another price. */
  loaded: 50,
  furthestMove: 1_000n,
  leastDepth: 10_000n,
  leastRefusals: 5,
  leastTrades: 30,
  highestScore: 50,
} as const;

const money = (value: bigint): string => `$${value / 100n}.${String(value % 100n).padStart(2, '0')}`;
export const chance = (value: bigint): string => `${Number(value) / 100}%`;
const abs = (value: bigint): bigint => (value < 0n ? -value : value);
const base = ({ marketId }: Watched) => ({ marketId, playerId: null });

function onOneSide(market: Watched, now: Date): Suggestion[] {
  const { marketId, title, hourYes, hourNo, depth, status } = market;
  const all = hourYes + hourNo;
  if (status !== 'active' || all === 0n) return [];
  const larger = hourYes > hourNo ? hourYes : hourNo;
  const share = Number((larger * 100n) / all);
  const ofDepth = Number((all * 100n) / depth);
  if (share < THRESHOLDS.oneSided || ofDepth < THRESHOLDS.flowOfDepth) return [];
  const side = hourYes > hourNo ? 'yes' : 'no';
  return [
    {
      ...base(market),
      kind: 'pause',
      // The same run of one day is one suggestion.
      fingerprint: `pause:${marketId}:${side}:${now.toISOString().slice(0, 10)}`,
      severity: 'critical',
      title: `Pause “${title}”`,
      reason: `In the last hour ${share}% of ${money(all)} went on ${side}: somebody may know more than your price does. Pause, look, set a new price.`,
      evidence: [
        { name: `Bought of ${side}, last hour`, value: money(larger) },
        { name: 'Bought of both, last hour', value: money(all) },
        { name: 'Committed', value: money(depth) },
      ],
      action: { do: 'pause' },
    },
  ];
}

function overdue(market: Watched, now: Date): Suggestion[] {
  const { marketId, title, endAt, resolver, status } = market;
  const left = endAt.getTime() - now.getTime();
  if (left <= 0)
    return resolver !== 'operator'
      ? []
      : [
          {
            ...base(market),
            kind: 'resolve',
            fingerprint: `resolve:${marketId}`,
            severity: left < -24 * HOUR_MS ? 'critical' : 'warning',
            title: `Name the result of “${title}”`,
            reason: 'The cut-off is over and players wait for their money. Read the source and name the result with its evidence.',
            evidence: [
              { name: 'Cut-off', value: endAt.toISOString() },
              { name: 'Source', value: market.draft.source.url ?? market.draft.source.name },
              { name: 'Open shares', value: `${(market.yes + market.no) / 100n}` },
            ],
            action: { do: 'resolve' },
          },
        ];
  const net = abs(market.yes - market.no);
  if (left > PAUSE_BEFORE_MS || status !== 'active' || net * 100n < market.depth * BigInt(THRESHOLDS.loaded)) return [];
  return [
    {
      ...base(market),
      kind: 'pause',
      fingerprint: `pause:${marketId}:end`,
      severity: 'warning',
      title: `Pause “${title}” before its end`,
      reason: 'Less than an hour is left and the book is loaded on one side: the last bets are the best informed ones.',
      evidence: [
        { name: 'Minutes left', value: String(Math.floor(left / 60_000)) },
        { name: 'Net shares', value: String(net / 100n) },
      ],
      action: { do: 'pause' },
    },
  ];
}

function loaded(market: Watched): Suggestion[] {
  const { marketId, title, anchor, yes, no, depth, status } = market;
  const net = yes - no;
  if (status !== 'active' || abs(net) * 100n < depth * BigInt(THRESHOLDS.loaded)) return [];
  const towards = (net * 500n) / depth;
  const move =
    towards > THRESHOLDS.furthestMove ? THRESHOLDS.furthestMove : towards < -THRESHOLDS.furthestMove ? -THRESHOLDS.furthestMove : towards;
  const wanted = anchor + move;
  const next = wanted < ANCHOR_BOUNDS.low ? ANCHOR_BOUNDS.low : wanted > ANCHOR_BOUNDS.high ? ANCHOR_BOUNDS.high : wanted;
  if (next === anchor) return [];
  return [
    {
      ...base(market),
      kind: 'reprice',
      // From this price, in this direction.
      fingerprint: `reprice:${marketId}:${anchor}:${net > 0n ? 'up' : 'down'}`,
      severity: 'warning',
      title: `Set “${title}” to ${chance(next)}`,
      reason: `Your players hold ${abs(net) / 100n} more shares of ${net > 0n ? 'yes' : 'no'}. The price moves by itself only as far as nobody can gain from pushing it; the rest is yours to decide.`,
      evidence: [
        { name: 'Your price', value: chance(anchor) },
        { name: 'Shares of yes', value: String(yes / 100n) },
        { name: 'Shares of no', value: String(no / 100n) },
        { name: 'Committed', value: money(depth) },
      ],
      action: { do: 'reprice', anchor: String(next) },
    },
  ];
}

function crowded(market: Watched): Suggestion[] {
  const { marketId, title, depth, utilisation, status } = market;
  if (status !== 'active' || utilisation < THRESHOLDS.crowded || depth <= THRESHOLDS.leastDepth) return [];
  const half = depth / 2n > THRESHOLDS.leastDepth ? depth / 2n : THRESHOLDS.leastDepth;
  return [
    {
      ...base(market),
      kind: 'widen',
      fingerprint: `widen:${marketId}:${depth}`,
      severity: utilisation >= 90 ? 'critical' : 'warning',
      title: `Widen “${title}”`,
      reason: `The market uses ${utilisation}% of its limit. With ${money(half)} committed in place of ${money(depth)} its spread is wider and new bets cost more.`,
      evidence: [
        { name: 'Utilisation', value: `${utilisation}%` },
        { name: 'Committed', value: money(depth) },
      ],
      action: { do: 'widen', liquidity: String(half) },
    },
  ];
}

/** Fields of a draft that are words alone. */
export const WORDING: ReadonlySet<string> = new Set([
  'question',
  'description',
  'outcomes.yes',
  'outcomes.no',
  'source.name',
  'clauses.tie',
  'clauses.postponement',
  'clauses.cancellation',
]);
function unclear(market: Watched): Suggestion[] {
  const { marketId, title, findings, tradeCount, draft } = market;
  if (tradeCount > 0n) return [];
  const found = findings.filter(({ severity, field, fix }) => severity !== 'note' && fix.patch && WORDING.has(field));
  const patch = Object.assign({}, ...found.map(({ fix }) => fix.patch)) as Partial<MarketDraft>;
  if (found.length === 0) return [];
  return [
    {
      ...base(market),
      kind: 'fix_wording',
      fingerprint: `fix_wording:${marketId}:${found.map(({ rule }) => rule).join(',')}`,
      severity: 'info',
      title: `Mend the wording of “${title}”`,
      reason: `Nobody has traded on it yet, so it can still be mended: ${found.map(({ message }) => message).join(' ')}`,
      evidence: found.map(({ field, fix }) => ({ name: field, value: fix.text })),
      action: { do: 'reword', draft: { ...draft, ...patch } },
    },
  ];
}

function limited({ playerId, name, refusals, score, trades, since }: Limited): Suggestion[] {
  if (refusals < THRESHOLDS.leastRefusals || trades < THRESHOLDS.leastTrades || score >= THRESHOLDS.highestScore) return [];
  return [
    {
      kind: 'raise_limit',
      marketId: null,
      playerId,
      fingerprint: `raise_limit:${playerId}`,
      severity: 'info',
      title: `Raise the limit of ${name}`,
      reason: `${refusals} bets were refused in a week because of the limit of the tier, and nothing in the record says that this player wins more than the price implies.`,
      evidence: [
        { name: 'Refused since', value: since.toISOString() },
        { name: 'Refused bets', value: String(refusals) },
        { name: 'Trades', value: String(trades) },
        { name: 'Score', value: String(score) },
      ],
      action: { do: 'limit_tier', limitTier: 'vip' },
    },
  ];
}

export const suggestionsFor = (markets: readonly Watched[], players: readonly Limited[], now: Date): Suggestion[] => [
  ...markets.flatMap((market) => [
    ...overdue(market, now),
    ...onOneSide(market, now),
    ...loaded(market),
    ...crowded(market),
    ...unclear(market),
  ]),
  ...players.flatMap(limited),
];
