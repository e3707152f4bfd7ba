/**
 * What a batch of events changes on the markets we carry, decided in order of arrival. Newer is never overwritten by older,
 * nothing is taken twice, and a market whose meaning is in doubt or whose source has closed it stops being offered.
 */
import { firstIdAt } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import { type Cents, type Price, ZERO_CENTS } from '@predictu/contract/units';
import {
  DOUBTFUL,
  type MarketDetails,
  type MarketEvent,
  type PriceEvent,
  type ResolutionEvent,
  type Result,
  type SetAsideEvent,
  type SetAsideReason,
  type SourceEvent,
} from './source.rules.ts';

export type MarketStatus = 'active' | 'paused' | 'resolved' | 'cancelled';
export type Resolution = { result: Result; evidence: string; at: string };
/** What we remember of the source's own state. Times are ISO text: it is kept as JSON. */
export type SourceState = Partial<MarketDetails> & {
  /** When the source last changed the row these facts are from. */
  rowAt?: string;
  closed?: boolean;
  resolution?: Resolution;
  /** A later result that contradicts the first: a person decides. */
  conflict?: Resolution;
  doubt?: SetAsideReason;
};

export type CarriedMarket = {
  id: bigint;
  sourceId: string;
  title: string;
  description: string;
  category: Category;
  tags: readonly string[];
  imageUrl: string | null;
  status: MarketStatus;
  statusReason: string | null;
  endAt: Date | null;
  liquidity: Cents;
  volume: Cents;
  mid: Price | null;
  bestBid: Price | null;
  bestAsk: Price | null;
  snapshotId: bigint | null;
  pricedAt: Date | null;
  /** Whether there is exposure, which is also counted by category. */
  traded: boolean;
  sourceState: SourceState;
};
export type Tick = { marketId: bigint; id: bigint; mid: Price; bestBid: Price | null; bestAsk: Price | null; at: Date };
export type SetAside = { sourceId: string; reason: SetAsideReason; detail: string; count: number; at: Date };
export type Changes = {
  added: CarriedMarket[];
  /** Facts, status or the source's state changed. */
  altered: CarriedMarket[];
  /** A price was accepted or confirmed. */
  priced: CarriedMarket[];
  ticks: Tick[];
  setAsides: SetAside[];
  counts: Record<'markets' | 'prices' | 'confirmations' | 'resolutions' | 'not_carried', number>;
};

/** These happen all the time and say nothing about one market: counted under one key. */
export const ROUTINE: ReadonlySet<SetAsideReason> = new Set<SetAsideReason>([
  'duplicate',
  'older_than_known',
  'unknown_market',
  'depth_only',
]);

export function planChanges(carried: readonly CarriedMarket[], events: readonly SourceEvent[], newId: () => bigint): Changes {
  const markets = new Map(carried.map((market) => [market.sourceId, { ...market }]));
  const [added, altered, priced] = [new Set<CarriedMarket>(), new Set<CarriedMarket>(), new Set<CarriedMarket>()];
  const ticks: Tick[] = [];
  const setAsides = new Map<string, SetAside>();
  const counts = { markets: 0, prices: 0, confirmations: 0, resolutions: 0, not_carried: 0 };

  const putAside = ({ sourceId, at }: SourceEvent, reason: SetAsideReason, detail = ''): void => {
    const subject = ROUTINE.has(reason) ? '*' : sourceId;
    const key = `${reason} ${subject}`;
    const count = (setAsides.get(key)?.count ?? 0) + 1;
    setAsides.set(key, { sourceId: subject, reason, detail, count, at });
  };

  const onMarket = (event: MarketEvent): void => {
    const market = markets.get(event.sourceId);
    if (!market) {
      if (event.state !== 'open') {
        counts.not_carried += 1;
        return;
      }
      const fresh = takeOn(event, newId());
      markets.set(event.sourceId, fresh);
      added.add(fresh);
      counts.markets += 1;
      return;
    }
    const said = followRow(market, event);
    if (said !== undefined && said !== 'altered') putAside(event, said);
    if (said !== 'altered' && said !== 'reopened') return;
    altered.add(market);
    counts.markets += 1;
  };

  const onPrice = (event: PriceEvent): void => {
    const market = markets.get(event.sourceId);
    const verdict = market ? followPrice(market, event) : 'unknown_market';
    if (verdict === 'not_offered') counts.not_carried += 1;
    else if (!market || (verdict !== 'changed' && verdict !== 'confirmed')) putAside(event, verdict as SetAsideReason);
    else {
      priced.add(market);
      counts[verdict === 'confirmed' ? 'confirmations' : 'prices'] += 1;
      if (verdict === 'changed') ticks.push(tickOf(market, event));
    }
  };

  const onResolution = (event: ResolutionEvent): void => {
    const market = markets.get(event.sourceId);
    if (!market) {
      counts.not_carried += 1;
      return;
    }
    const verdict = followResolution(market, event);
    if (verdict === 'duplicate' || verdict === 'resolution_conflict') putAside(event, verdict, event.evidence);
    if (verdict === 'duplicate') return;
    altered.add(market);
    counts.resolutions += 1;
  };

  const onSetAside = (event: SetAsideEvent): void => {
    putAside(event, event.reason, event.detail);
    const market = markets.get(event.sourceId);
    if (!market || !DOUBTFUL.has(event.reason) || market.sourceState.doubt === event.reason) return;
    market.sourceState = { ...market.sourceState, doubt: event.reason };
    stopOffering(market, `set_aside_${event.reason}`);
    altered.add(market);
  };

  for (const event of events) {
    if (event.kind === 'market') onMarket(event);
    else if (event.kind === 'price') onPrice(event);
    else if (event.kind === 'resolution') onResolution(event);
    else onSetAside(event);
  }
  return {
    added: [...added],
    altered: [...altered].filter((market) => !added.has(market)),
    priced: [...priced].filter((market) => !added.has(market)),
    ticks,
    setAsides: [...setAsides.values()],
    counts,
  };
}

const tickOf = (market: CarriedMarket, { mid, bestBid, bestAsk, at }: PriceEvent): Tick => ({
  marketId: market.id,
  id: market.snapshotId as bigint,
  mid,
  bestBid,
  bestAsk,
  at,
});

const takeOn = (event: MarketEvent, id: bigint): CarriedMarket => ({
  id,
  sourceId: event.sourceId,
  ...factsOf(event, { liquidity: ZERO_CENTS, volume: ZERO_CENTS }),
  status: 'active',
  statusReason: null,
  mid: null,
  bestBid: null,
  bestAsk: null,
  snapshotId: null,
  pricedAt: null,
  traded: false,
  sourceState: { ...event.details, rowAt: event.at.toISOString() },
});

const factsOf = (event: MarketEvent, known: { liquidity: Cents; volume: Cents }) => {
  const { title, description, category, tags, imageUrl, endAt } = event;
  return {
    title,
    description,
    category,
    tags,
    imageUrl,
    endAt,
    liquidity: event.liquidity ?? known.liquidity,
    volume: event.volume ?? known.volume,
  };
};

/** Only a market that is on offer stops; what a person or a result decided stays. */
function stopOffering(market: CarriedMarket, reason: string): void {
  if (market.status !== 'active') return;
  market.status = 'paused';
  market.statusReason = reason;
}

const comparable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

function followRow(market: CarriedMarket, event: MarketEvent): 'altered' | 'older_than_known' | 'duplicate' | 'reopened' | undefined {
  const known = market.sourceState.rowAt;
  const rowAt = event.at.toISOString();
  if (known !== undefined && rowAt < known) return 'older_than_known';
  if (market.status === 'resolved' || market.status === 'cancelled') return undefined;
  const facts = factsOf(event, market);
  const before = comparable([market, market.sourceState]);
  const reopened = market.sourceState.closed === true && event.state !== 'closed';
  // An identical row that was merely read again later changes nothing worth writing.
  const { doubt, ...rest } = market.sourceState;
  Object.assign(market, facts, market.traded && { category: market.category });
  market.sourceState = {
    ...rest,
    ...event.details,
    ...(known !== undefined && { rowAt: known }),
    ...(event.state === 'closed' && { closed: true }),
  };
  if (event.state === 'closed') stopOffering(market, 'source_closed');
  else if (doubt !== undefined && market.statusReason === `set_aside_${doubt}` && !reopened) {
    market.status = 'active';
    market.statusReason = null;
  }
  if (comparable([market, market.sourceState]) === before) return rowAt === known ? 'duplicate' : undefined;
  market.sourceState = { ...market.sourceState, rowAt };
  return reopened ? 'reopened' : 'altered';
}

function followPrice(market: CarriedMarket, event: PriceEvent): 'changed' | 'confirmed' | 'duplicate' | 'older_than_known' | 'not_offered' {
  const { status, sourceState, pricedAt } = market;
  if (status === 'resolved' || status === 'cancelled' || sourceState.closed || sourceState.doubt) return 'not_offered';
  if (pricedAt !== null && event.at < pricedAt) return 'older_than_known';
  const same = market.mid === event.mid && market.bestBid === event.bestBid && market.bestAsk === event.bestAsk;
  if (same && pricedAt?.getTime() === event.at.getTime()) return 'duplicate';
  market.pricedAt = event.at;
  if (same) return 'confirmed';
  Object.assign(market, { mid: event.mid, bestBid: event.bestBid, bestAsk: event.bestAsk });
  // The id of a price is also its time, so the history of a market is a range of its key.
  const earliest = firstIdAt(event.at);
  const next = (market.snapshotId ?? 0n) + 1n;
  market.snapshotId = earliest > next ? earliest : next;
  return 'changed';
}

function followResolution(
  market: CarriedMarket,
  { result, evidence, at }: ResolutionEvent,
): 'recorded' | 'duplicate' | 'resolution_conflict' {
  const { resolution: known, conflict } = market.sourceState;
  if (known && known.result === result) return 'duplicate';
  if (known && conflict?.result === result) return 'duplicate';
  const said: Resolution = { result, evidence, at: at.toISOString() };
  market.sourceState = { ...market.sourceState, closed: true, ...(known ? { conflict: said } : { resolution: said }) };
  stopOffering(market, 'source_closed');
  return known ? 'resolution_conflict' : 'recorded';
}
