/** Gamma, the source's catalogue: markets, events with nested markets, searches, and the archives made of them. */

import { readInstant } from './instant.rules.ts';
import { first, flag, isRecord, type Json, listOf } from './json.rules.ts';
import { type RawMarket, readMarket, resultOfPrices } from './market-row.rules.ts';
import { type SourceEvent, setAside } from './source.rules.ts';
import { identifier, line, shown } from './text.rules.ts';

/** What a market inherits from the event it was nested in: `/markets` rows carry no tags of their own. */
export type Surroundings = { tags: readonly unknown[]; title: unknown };
const NONE: Surroundings = { tags: [], title: undefined };

/** Tags come as labels or as objects with a label. */
const labels = (value: unknown): unknown[] => (listOf(value) ?? []).map((tag) => (isRecord(tag) ? first(tag, 'label', 'slug') : tag));

const present = (row: Json, ...keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(row, key));

function gammaFields(row: Json, around: Surroundings): RawMarket {
  const events = listOf(row['events']) ?? [];
  const event = isRecord(events[0]) ? events[0] : {};
  return {
    id: first(row, 'conditionId', 'condition_id', 'market'),
    title: first(row, 'question', 'title'),
    description: first(row, 'description'),
    category: first(row, 'category', 'domain') ?? first(event, 'category'),
    tags: [...around.tags, ...labels(row['tags']), ...labels(event['tags'])],
    slug: first(row, 'slug'),
    eventTitle: around.title ?? first(row, 'eventTitle') ?? first(event, 'title'),
    image: first(row, 'image', 'icon'),
    outcomes: listOf(row['outcomes']),
    tokens: listOf(first(row, 'clobTokenIds', 'clob_token_ids', 'assets_ids')),
    prices: listOf(first(row, 'outcomePrices', 'outcome_prices')),
    winners: undefined,
    endsEven: false,
    end: first(row, 'endDate', 'end_date'),
    updated: first(row, 'updatedAt', 'updated_at'),
    active: flag(row['active']),
    closed: flag(row['closed']),
    archived: flag(row['archived']),
    accepting: flag(first(row, 'acceptingOrders', 'accepting_orders')),
    hasBook: present(row, 'bestBid', 'bestAsk', 'best_bid', 'best_ask'),
    bestBid: first(row, 'bestBid', 'best_bid'),
    bestAsk: first(row, 'bestAsk', 'best_ask'),
    liquidity: first(row, 'liquidity', 'liquidityNum'),
    volume: first(row, 'volume', 'volumeNum'),
    resolutionSource: first(row, 'resolutionSource', 'resolution_source') ?? first(event, 'resolutionSource'),
    resolutionStatus: first(row, 'umaResolutionStatus', 'uma_resolution_status'),
    resolutionHistory: listOf(row['umaResolutionStatuses']),
  };
}

/** One row of `/markets`. */
export const readGammaMarket = (row: Json, heard: Date, around: Surroundings = NONE): SourceEvent[] =>
  readMarket(gammaFields(row, around), heard);

/** One row of `/events`: each nested market with the event's tags. */
export function readGammaEvent(event: Json, heard: Date): SourceEvent[] {
  const category = first(event, 'category');
  const around = { tags: [...labels(event['tags']), ...(category === undefined ? [] : [category])], title: first(event, 'title') };
  return (listOf(event['markets']) ?? []).flatMap((row) =>
    isRecord(row) ? readGammaMarket(row, heard, around) : [setAside('-', 'unknown_message', 'market of an event is no object', heard)],
  );
}

/** One record of a list of resolutions, with the settled price of the first outcome. */
export function readResolutionRecord(row: Json, heard: Date): SourceEvent[] {
  const sourceId = identifier(first(row, 'polymarket_condition_id', 'conditionId', 'condition_id'));
  if (sourceId === undefined) return [setAside('-', 'missing_id', line(row['question'], 200), heard)];
  const settled = first(row, 'settled_price');
  const said = resultOfPrices(settled, typeof settled === 'number' ? 1 - settled : undefined);
  // Some of these times are the end date, later than the record itself.
  const stated = readInstant(first(row, 'resolved_at_unix', 'closed_at_unix'));
  const at = stated && stated < heard ? stated : heard;
  if (said === undefined) return [setAside(sourceId, 'closed_without_winner', `settled price ${shown(settled, 40)}`, at)];
  if (row['uma_resolution_status'] !== 'resolved')
    return [setAside(sourceId, 'resolution_pending', shown(row['uma_resolution_status'], 40), at)];
  return [{ kind: 'resolution', sourceId, result: said, evidence: `settled price ${shown(settled, 40)}`, at }];
}
