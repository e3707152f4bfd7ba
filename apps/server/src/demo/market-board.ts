/** The markets of the history as its people see them: told to the platform by its own feed, settled by its own rules. */
import type { Price } from '@predictu/contract/units';
import { price } from '@predictu/contract/units';
import { applySourceEvents } from '../markets/markets.ts';
import type { SourceEvents } from './demo-foresight.ts';
import type { DemoMarket } from './demo-players.ts';
import { DEMO, type Past } from './past.ts';

type Carried = { id: bigint; source_id: string; category: string; mid: number | null; end_at: Date };
/** So many moments ago is some hours ago. */
const EARLIER_MOMENTS = 6;
const CLOSING_MS = 5 * 60_000;
const [LOWEST, HIGHEST] = [300n, 9_700n];

export type Board = {
  /** Hands what the source says to the platform; a result named is acted upon at once. */
  hear(events: SourceEvents): Promise<void>;
  /** Reads again what is on offer: something else than the source has changed it. */
  reload(): Promise<void>;
  /** The price of an outcome and the end of a market that is on offer. */
  stateOf(marketId: bigint, outcome: 'yes' | 'no'): { mid: bigint; endsAt: number } | undefined;
  /** What can be bought now, the liveliest first, with what is known of the time to come. */
  look(soon: ReadonlyMap<string, Price>, later: ReadonlyMap<string, Price>): DemoMarket[];
};

export function openBoard({ database, clock, newId, settlement }: Past): Board {
  let carried: Carried[] = [];
  const ends = new Map<bigint, number>();
  const mids = new Map<bigint, Price>();
  const before: ReadonlyMap<bigint, Price>[] = [];

  async function reload(): Promise<void> {
    carried = await database.as(DEMO, 'read', (db) =>
      db.query<Carried>(
        `select id, source_id, category, mid, end_at from markets where operator_id is null and status = 'active' and closed_at is null order by source_volume_cents desc, id`,
        [],
        'demo_board',
      ),
    );
    ends.clear();
    for (const { id, mid, end_at: endAt } of carried) {
      ends.set(id, endAt.getTime());
      if (mid !== null) mids.set(id, price(BigInt(mid)));
    }
  }

  return {
    reload,
    async hear(events) {
      const { counts, ticks } = await applySourceEvents({ database, source: 'simulated', clock, newId }, events);
      for (const { marketId, mid } of ticks) mids.set(marketId, mid);
      // A result comes by a message of its own or with the closed row.
      const resolved = counts.resolutions > 0 || events.some((event) => event.kind === 'market' && event.state === 'closed');
      if (resolved) await settlement.sweep();
      if (resolved || counts.markets > 0) await reload();
    },
    stateOf(marketId, outcome) {
      const [mid, endsAt] = [mids.get(marketId), ends.get(marketId)];
      return mid === undefined || endsAt === undefined ? undefined : { mid: outcome === 'yes' ? mid : 10_000n - mid, endsAt };
    },
    look(soon, later) {
      const now = clock.now().getTime();
      before.push(new Map(mids));
      const earlier = before.length > EARLIER_MOMENTS ? before.shift() : before[0];
      return carried.flatMap(({ id, source_id: sourceId, category, end_at: endAt }): DemoMarket[] => {
        const mid = mids.get(id);
        if (mid === undefined || mid < LOWEST || mid > HIGHEST || endAt.getTime() < now + CLOSING_MS) return [];
        return [
          {
            marketId: id,
            category,
            owner: null,
            mid,
            earlier: earlier?.get(id) ?? mid,
            soon: soon.get(sourceId) ?? mid,
            later: later.get(sourceId) ?? mid,
          },
        ];
      });
    },
  };
}
