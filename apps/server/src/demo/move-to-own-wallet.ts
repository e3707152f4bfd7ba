/**
 * An operator's way to a wallet of its own, some days before the history ends: its players sell what they hold, wait for what is being
 * decided, take their money home; then the mode changes, and from there on the operator's own program is asked for every cent.
 */
import { resolveMarket } from '@predictu/contract/admin/settlements';
import { encodeId } from '@predictu/contract/ids';
import { changeWallet, replayOwnWalletCalls } from '@predictu/contract/operator/wallet';
import type { Staff, StaffedOperator } from './create-staff.ts';
import type { Crowd } from './crowd.ts';
import { DAY_MS } from './demo-calendar.rules.ts';
import type { DemoPlayer } from './demo-players.ts';
import type { DemoOperator } from './demo-seed.rules.ts';
import { moveCash, sellHolding } from './make-move.ts';
import type { Board } from './market-board.ts';
import { act, DEMO, type Past } from './past.ts';
import type { FaultRule, PastCasino } from './past-casino.ts';

export type StartPastCasino = (operator: StaffedOperator, webhookSecret: string) => Promise<PastCasino>;
export type OwnWalletMove = {
  /** What is to be done at this moment. */
  run(crowd: Crowd): Promise<void>;
  /** The operator's program hears what time it is. */
  tell(): Promise<void>;
  /** Delivers what waits for the wallet. */
  deliver(): Promise<void>;
  /** All is well with the wallet again; a few callbacks of each kind wait for a person. */
  settleDown(): Promise<void>;
  /** Its players are on their way out. */
  away(operator: DemoOperator): boolean;
  /** Their money is with the operator. */
  ownWallet(operator: DemoOperator): boolean;
  /** What its callbacks are signed with, once it has moved. */
  webhookSecret(): string | undefined;
  close(): Promise<void>;
};
export type OwnWalletMoveOptions = {
  past: Past;
  staff: Staff;
  board: Board;
  span: { start: number; end: number };
  startCasino?: StartPastCasino;
};

const LAST_MS = 3 * DAY_MS;
/** Of a short history. */
const LAST_PART = 0.25;
const AT_ONCE = 96;
/** What would be worth less after the change can no longer be sold then: let go in time, in hundredths of a cent. */
const WORTH_KEEPING = 600n;
const WORTH_SELLING = 40n;
/** Markets that keep somebody from leaving for longer are void. */
const PATIENCE_PART = 0.25;
/** Failed callbacks of one method and reason that are left for a person. */
const LEFT_OF_A_KIND = 1;

/** From when on, as parts of the days with the own wallet: an hour of lost answers, hours with a wrong key, a page of maintenance, payouts refused. */
const TROUBLE: readonly { from: number; rules: readonly FaultRule[] }[] = [
  { from: 0.2, rules: [{ fault: 'error_after_commit', method: 'BET_MAKE', probability: 1 }] },
  { from: 0.215, rules: [] },
  { from: 0.45, rules: [{ fault: 'wrong_signature', method: '*', probability: 1 }] },
  { from: 0.52, rules: [] },
  { from: 0.7, rules: [{ fault: 'html', method: 'BET_LOSE', probability: 1 }] },
  { from: 0.86, rules: [] },
  { from: 0.95, rules: [{ fault: 'wrong_signature', method: 'BET_WIN', probability: 1 }] },
];
const REPLAYED_AT = 0.6;

export function openOwnWalletMove({ past, staff, board, span, startCasino }: OwnWalletMoveOptions): OwnWalletMove {
  const { clock, database, wallet, jobs } = past;
  const mover = startCasino && staff.operators.find(({ operator }) => operator.ownWallet);
  const begins = span.end - Math.min(LAST_MS, (span.end - span.start) * LAST_PART);
  const patience = (span.end - begins) * PATIENCE_PART;
  const trouble = [...TROUBLE];
  let phase: 'before' | 'leaving' | 'moved' = 'before';
  let casino: PastCasino | undefined;
  let secret: string | undefined;
  let replayed = false;

  const isMover = (operator: DemoOperator): boolean => operator === mover?.operator;
  const inPieces = async <T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> => {
    for (let from = 0; from < all.length; from += AT_ONCE) {
      clock.advance(1_000);
      await Promise.all(all.slice(from, from + AT_ONCE).map(work));
    }
  };

  const playersOf = (crowd: Crowd, { id }: StaffedOperator): DemoPlayer[] =>
    crowd.everybody().filter(({ operatorId }) => operatorId === id);

  /** Sells of these players whatever `wanted` says. */
  async function sell(players: readonly DemoPlayer[], wanted: (state: { mid: bigint; endsAt: number }) => boolean): Promise<void> {
    const name = clock.now().getTime();
    const sales = players.flatMap((player) =>
      [...player.holdings.values()].flatMap((held) => {
        const state = board.stateOf(held.marketId, held.outcome);
        return state && wanted(state) ? [{ player, held }] : [];
      }),
    );
    await inPieces(sales, ({ player, held }) => sellHolding(past, player, held, `demo-leave-${name}-${held.marketId}-${held.outcome}`));
  }

  const marketsHeld = ({ id }: StaffedOperator) =>
    database.as(DEMO, 'read', (db) =>
      db.query<{ id: bigint; open: boolean }>(
        `select distinct m.id, m.status in ('active', 'paused') and m.closed_at is null as open from positions p join markets m on m.id = p.market_id
         where p.operator_id = $1 and p.quantity > 0`,
        [id],
      ),
    );

  /** What cannot be sold now is tried again at the next moment, or settled. */
  async function leave(crowd: Crowd, staffed: StaffedOperator): Promise<boolean> {
    await crowd.wakeUp();
    await sell(playersOf(crowd, staffed), ({ mid }) => mid >= WORTH_SELLING);
    const held = await marketsHeld(staffed);
    if (clock.now().getTime() > begins + patience) await voidMarkets(held.filter(({ open }) => open).map(({ id }) => id));
    if (held.length > 0) return false;
    await crowd.wakeUp();
    await inPieces(
      playersOf(crowd, staffed).filter(({ balance }) => balance > 0n),
      (player) => moveCash(past, player, 'withdraw', player.balance, `demo-home-${player.id}`),
    );
    return true;
  }

  async function voidMarkets(ids: readonly bigint[]): Promise<void> {
    const body = { resolution: 'void', evidence: 'Void: an operator changes its wallet and nobody would buy what its players still hold.' };
    for (const id of ids) await act(past, staff.admin, resolveMarket, { params: { market_id: encodeId('market', id) }, body });
    if (ids.length === 0) return;
    await past.settlement.run();
    await board.reload();
  }

  async function changeOver(crowd: Crowd, start: StartPastCasino, staffed: StaffedOperator): Promise<void> {
    const { webhookSecret } = await wallet.prepare(staffed.id);
    if (webhookSecret === null) throw new Error('The webhook secret of the demo has been shown before');
    secret = webhookSecret;
    casino = await start(staffed, webhookSecret);
    await casino.tell(clock.now());
    await act(past, staffed.member, changeWallet, { body: { mode: 'seamless', callback_url: casino.callback } });
    await jobs['ping-wallets']?.({});
    phase = 'moved';
    await crowd.wakeUp();
  }

  /** The operator has its failed callbacks sent again, all but the last of each kind. */
  async function replay({ id, member }: StaffedOperator): Promise<void> {
    const failed = await database.as(DEMO, 'read', (db) =>
      db.query<{ id: bigint }>(
        `select id from (
           select id, row_number() over (partition by method, reason_code order by id desc) as place from wallet_calls where operator_id = $1 and status = 'failed'
         ) as failed where place > $2 order by id limit 500`,
        [id, LEFT_OF_A_KIND],
      ),
    );
    const ids = failed.map((call) => encodeId('transaction', call.id));
    if (ids.length === 0) return;
    await act(past, member, replayOwnWalletCalls, { body: { call_ids: ids, reason: 'Our signing key was wrong; it is right again' } });
  }

  async function live(staffed: StaffedOperator): Promise<void> {
    const passed = (clock.now().getTime() - begins) / (span.end - begins);
    await jobs['ping-wallets']?.({});
    await jobs['sweep-wallet-calls']?.({});
    while ((trouble[0]?.from ?? 2) <= passed) await casino?.setFaults(trouble.shift()?.rules ?? []);
    if (replayed || passed < REPLAYED_AT) return;
    replayed = true;
    await replay(staffed);
  }

  const tell = async (): Promise<void> => {
    await casino?.tell(clock.now());
  };
  async function deliver(): Promise<void> {
    if (phase !== 'moved' || !mover) return;
    await tell();
    await wallet.drain(mover.id);
  }
  return {
    tell,
    async run(crowd) {
      if (!mover || !startCasino) return;
      if (clock.now().getTime() < begins) {
        // Ahead of the change nobody keeps what may become worth nothing before it is decided.
        return sell(playersOf(crowd, mover), ({ mid, endsAt }) => endsAt > begins && mid < WORTH_KEEPING && mid >= WORTH_SELLING);
      }
      await tell();
      if (phase === 'moved') return live(mover);
      phase = 'leaving';
      if (await leave(crowd, mover)) await changeOver(crowd, startCasino, mover);
    },
    deliver,
    async settleDown() {
      if (phase !== 'moved' || !mover) return;
      await casino?.setFaults([]);
      await replay(mover);
      await deliver();
    },
    away: (operator) => isMover(operator) && phase === 'leaving',
    ownWallet: (operator) => isMover(operator) && phase === 'moved',
    webhookSecret: () => secret,
    close: async () => casino?.stop(),
  };
}
