/** Months of trading at the two live operators, by the engine's own rules under a clock that ends now. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { handleInvoices } from './bill-operators.ts';
import type { Staff } from './create-staff.ts';
import { type Crowd, openCrowd } from './crowd.ts';
import { AFTERMATH_MS, DAY_MS, type DemoScale, momentsOf } from './demo-calendar.rules.ts';
import { openForesight } from './demo-foresight.ts';
import { type DemoMarket, type DemoPlayer, offeredTo } from './demo-players.ts';
import { DEMO_SEED, type DemoOperator, draws } from './demo-seed.rules.ts';
import { type Nights, openNights, runFrequentJobs } from './every-day.ts';
import { openIncidents } from './incidents.ts';
import { leavePapers } from './leave-papers.ts';
import { makeMove } from './make-move.ts';
import type { Board } from './market-board.ts';
import { openBoard } from './market-board.ts';
import { type OwnWalletMove, openOwnWalletMove, type StartPastCasino } from './move-to-own-wallet.ts';
import { openOwnHouse } from './open-own-house.ts';
import type { Past } from './past.ts';

/** So many moves are decided together, a few seconds after the ones before; fewer in the last days, which people look at. */
const TOGETHER = { long_ago: 96, lately: 16 };
const LATELY_MS = 3 * DAY_MS;
/** From here on prices are looked at once more soon after each moment: that is where scores look. */
const AFTERMATHS_MS = 35 * DAY_MS;
const APART_MS = 3_500;
/** A visit is some moves: beyond the first, each in its turn. */
const MORE_MOVES = 1.1;
const MOST_MOVES = 6;

export type HistoryOptions = {
  past: Past;
  scale: DemoScale;
  end: Date;
  staff: Staff;
  /** Absent: every operator's money stays with the platform. */
  startCasino?: StartPastCasino;
  /** From 0 to 1. */
  progress(done: number): void;
};
export type Played = {
  /** Of the operator that has moved to its own wallet. */
  webhookSecret: string | undefined;
};
type Play = { past: Past; staff: Staff; crowd: Crowd; board: Board; move: OwnWalletMove; nights: Nights; draw: () => number };

export async function playHistory({ past, scale, end, staff, startCasino, progress }: HistoryOptions): Promise<Played> {
  const { clock } = past;
  const start = clock.now().getTime();
  const draw = draws(DEMO_SEED + 77);
  const moments = momentsOf(start, end.getTime(), scale, draw);
  const hasAftermath = (at: number): boolean => end.getTime() - at < AFTERMATHS_MS;
  const foresight = openForesight(moments.flatMap(({ at }) => (hasAftermath(at) ? [at, at + AFTERMATH_MS] : [at])));
  const board = openBoard(past);
  const move = openOwnWalletMove({ past, staff, board, span: { start, end: end.getTime() }, ...(startCasino && { startCasino }) });
  const { away, ownWallet } = move;
  const crowd = openCrowd({ past, scale, start, operators: staff.operators, draw, away, ownWallet });
  const incidents = openIncidents({ past, staff, board });
  const nights = openNights(past, end);
  const play: Play = { past, staff, crowd, board, move, nights, draw };
  // The database works while the next instant is made.
  const hear = () => Promise.all([board.hear(foresight.next()), nextTurn().then(foresight.prepare)]);
  let day = -1;
  try {
    for (const [number, moment] of moments.entries()) {
      clock.set(new Date(moment.at));
      await Promise.all([hear(), crowd.arrive()]);
      const today = Math.floor((moment.at - start) / DAY_MS);
      if (today !== day) await breakOfDay(play);
      day = today;
      const passed = (moment.at - start) / (end.getTime() - start);
      await incidents.run(passed);
      await move.run(crowd);
      const together = end.getTime() - moment.at < LATELY_MS ? TOGETHER.lately : TOGETHER.long_ago;
      await trade(play, turnsOf(crowd, moment.moves, draw), board.look(foresight.soon(), foresight.later()), together);
      clock.set(new Date(moment.at + AFTERMATH_MS));
      if (hasAftermath(moment.at)) await hear();
      await move.deliver();
      await runFrequentJobs(past, end, number);
      progress(passed);
    }
    await crowd.writeSessions();
    await nights.begin();
    await nights.over();
    await move.settleDown();
    await incidents.runLast();
    await openOwnHouse(past, staff, crowd);
    // Files are made in a thread of their own.
    await Promise.all([past.rollups.run(), leavePapers(past, staff)]);
    return { webhookSecret: move.webhookSecret() };
  } finally {
    // Nothing is under way any more when this ends, however it ends.
    await nights.over().catch(() => {});
    await move.close();
  }
}

async function breakOfDay({ past, staff, crowd, nights }: Play): Promise<void> {
  await nights.begin();
  await handleInvoices(past, staff);
  await crowd.writeSessions();
  await crowd.wakeUp();
}

/** Who makes a move in turn: every visitor once, then those who stay for another, and so on. */
function turnsOf(crowd: Crowd, moves: number, draw: () => number): DemoPlayer[] {
  const visits: { player: DemoPlayer; left: number }[] = [];
  for (let planned = 0; planned < moves; ) {
    const player = crowd.pick(draw());
    const left = Math.min(MOST_MOVES, 1 + Math.floor(MORE_MOVES * -Math.log(1 - draw())));
    planned += left;
    if (player) visits.push({ player, left });
  }
  return Array.from({ length: MOST_MOVES }, (_, turn) => visits.flatMap(({ player, left }) => (left > turn ? [player] : []))).flat();
}

/** The moves of one moment, a few at a time. */
async function trade(
  { past, crowd, move, draw }: Play,
  turns: readonly DemoPlayer[],
  markets: readonly DemoMarket[],
  together: number,
): Promise<void> {
  const at = past.clock.now().getTime();
  const offers = new Map<DemoOperator, readonly DemoMarket[]>();
  const offered = (operator: DemoOperator): readonly DemoMarket[] => {
    const known = offers.get(operator) ?? offeredTo(operator, markets);
    offers.set(operator, known);
    return known;
  };
  for (let made = 0; made < turns.length; made += together) {
    past.clock.set(new Date(at + Math.floor((made / together + 1 - draw() / 2) * APART_MS)));
    await move.tell();
    await Promise.all(
      [...new Set(turns.slice(made, made + together))].map((player, index) => {
        crowd.visit(player);
        const ownWallet = move.ownWallet(player.operator);
        return makeMove(past, player, offered(player.operator), { key: `demo-${at}-${made + index}`, draw, ownWallet });
      }),
    );
  }
}
