/** One operator runs a market of its own: deployed as its member would deploy it, priced by its house, traded by its players. */
import { deployDraft } from '@predictu/contract/operator/own-markets';
import type { MarketDraftDocument } from '@predictu/contract/shapes/market-draft';
import { price } from '@predictu/contract/units';
import type { Staff } from './create-staff.ts';
import type { Crowd } from './crowd.ts';
import { DAY_MS } from './demo-calendar.rules.ts';
import type { DemoMarket } from './demo-players.ts';
import { DEMO_SEED, draws } from './demo-seed.rules.ts';
import { makeMove } from './make-move.ts';
import { act, type Past } from './past.ts';

const OPEN_DAYS = 28;
const FRIDAY = 5;
const CLOSES_AT_HOUR = 16;
const FIRST_MOVES = 40;
const LIQUIDITY_USD = 5_000;

/** The first Friday after four weeks, when the index closes. */
function closeAfter(now: Date): Date {
  const day = new Date(now.getTime() + OPEN_DAYS * DAY_MS);
  day.setUTCDate(day.getUTCDate() + ((FRIDAY - day.getUTCDay() + 7) % 7));
  day.setUTCHours(CLOSES_AT_HOUR, 0, 0, 0);
  return day;
}

function draftOf(close: Date): MarketDraftDocument {
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(close);
  return {
    question: `Will the Harbour Freight Index close above 1,250 points on ${day}?`,
    description: 'The closing value counts as the exchange first publishes it.',
    category: 'economics',
    outcomes: { yes: 'The published close is above 1,250 points.', no: 'In every other case.' },
    source: { name: 'Harbour Exchange', url: 'https://harbour-exchange.example/freight-index' },
    cut_off_at: close.toISOString(),
    time_zone: 'UTC',
    clauses: {
      tie: 'A close of exactly 1,250 points is no.',
      postponement: 'Without a close on that day the next one within 7 days counts.',
      cancellation: 'Without any close within 7 days the market is cancelled and every stake is paid back.',
    },
    initial_price: 0.42,
    price_reasons: ['The index closed at 1,214 points last week and moved 2 percent a week on average this quarter.'],
  };
}

/** The last thing of a history: whoever looks for a market of the platform has done so. */
export async function openOwnHouse(past: Past, { operators }: Staff, crowd: Crowd): Promise<void> {
  const owner = operators.find(({ operator }) => !operator.ownWallet);
  if (!owner) return;
  const body = { draft: draftOf(closeAfter(past.clock.now())), liquidity_usd: LIQUIDITY_USD, resolver: 'operator' };
  const { data } = await act(past, owner.member, deployDraft, { body });
  const mid = price(data.anchor_price);
  const market: DemoMarket = { marketId: data.id, category: data.category, owner: owner.operator.slug, mid, earlier: mid };
  const draw = draws(DEMO_SEED + 91);
  for (let move = 0; move < FIRST_MOVES; move += 1) {
    const player = crowd.pick(draw());
    if (player?.operatorId !== owner.id) continue;
    crowd.visit(player);
    await makeMove(past, player, [market], { key: `demo-own-${move}`, draw, ownWallet: false });
  }
  await crowd.writeSessions();
}
