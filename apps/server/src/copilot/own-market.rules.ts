/** What players read of an own market's rules. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';

export function rulesText({ description, outcomes, source, cut_off_at: cutOff, time_zone: zone, clauses }: MarketDraft): string {
  const lines = [
    description,
    `Yes: ${outcomes.yes}`,
    `No: ${outcomes.no}`,
    `Source: ${source.name}${source.url ? ` (${source.url})` : ''}.`,
    cutOff ? `Cut-off: ${cutOff.toISOString().slice(0, 16).replace('T', ' ')} UTC; the rules speak in the zone ${zone}.` : '',
    clauses.tie && `Tie or boundary: ${clauses.tie}`,
    clauses.postponement && `Postponement: ${clauses.postponement}`,
    clauses.cancellation && `Cancellation: ${clauses.cancellation}`,
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}
