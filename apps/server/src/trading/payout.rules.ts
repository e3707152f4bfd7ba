/**
 * Crediting what a settlement has decided: the ledger rows of one payout and what it does to its player. The amounts were fixed by the
 * decision; a correction moves the difference to what earlier decisions came to. Money is cents, shares hundredths.
 */
import { type Cents, cents, type Shares, shares } from '@predictu/contract/units';
import { chain, type Entry, type Movement } from '../ledger/entry.rules.ts';
import type { Outcome, WalletMode } from './operation.rules.ts';

/** What a correction does about money a player has spent: take what the balance still covers, or take nothing. The house bears the rest. */
export type ClawBack = 'to_zero' | 'allow_debt_to_house';

export type Payout = {
  operatorId: bigint;
  settlementId: bigint;
  /** Its number in the settlement of its operator. */
  n: bigint;
  marketId: bigint;
  playerId: bigint;
  positionId: bigint;
  outcome: Outcome;
  /** As held at the decision; 0 in a correction, as is the cost. */
  quantity: Shares;
  cost: Cents;
  payout: Cents;
  fee: Cents;
  earlierPayout: Cents;
  earlierFee: Cents;
  /** What the last settlement could not take back: the player has it still. */
  earlierAbsorbed: Cents;
  refund: boolean;
  won: boolean;
  earlierWon: boolean;
  correction: boolean;
  clawBack: ClawBack;
};

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

type Moved = {
  movements: Movement[];
  /** Cents that were owed back and are not taken. */
  absorbed: Cents;
};

/** `holder` keeps the player's money; `balance` is what may be taken back from it. Nothing can be taken from an outside wallet. */
function payoutMovements(payout: Payout, holder: 'player' | 'wallet', balance: Cents): Moved {
  const gross = payout.payout - payout.earlierPayout - payout.earlierAbsorbed;
  const fee = payout.fee - payout.earlierFee;
  const type = payout.correction ? 'correction' : payout.refund ? 'refund' : 'settlement_credit';
  const what = payout.correction ? 'Correction' : payout.refund ? 'Refund' : 'Settlement';
  const description = `${what} of ${payout.outcome}`;
  const credits = positive(gross) + positive(-fee);
  const due = positive(-gross) + positive(fee);
  const reserve = holder === 'player' && payout.clawBack === 'to_zero' ? balance : 0n;
  const taken = least(due, credits + reserve);
  const feeTaken = least(taken, positive(fee));
  const movements: Movement[] = [
    { type, from: 'house', to: holder, amount: cents(positive(gross)), description },
    { type, from: 'fees', to: holder, amount: cents(positive(-fee)), description: 'Settlement fee returned' },
    { type: 'settlement_fee', from: holder, to: 'fees', amount: cents(feeTaken), description: 'Settlement fee' },
    {
      type: 'settlement_fee',
      from: 'house',
      to: 'fees',
      amount: cents(positive(fee) - feeTaken),
      description: 'Settlement fee the house bears',
    },
    { type, from: holder, to: 'house', amount: cents(taken - feeTaken), description },
  ];
  return { movements: movements.filter(({ amount }) => amount > 0n), absorbed: cents(due - taken) };
}

/** The columns of a player that a payout moves. */
export type PaidPlayer = {
  balance: Cents;
  openShares: Shares;
  fees: Cents;
  realizedPnl: Cents;
  closedCount: number;
  wonCount: number;
};
export type Credit = {
  entries: Entry[];
  absorbed: Cents /** What the holder of the money received in all; never below zero outside. */;
  net: Cents;
};

/** Credits one payout: changes the player and says what to post. A shadow player's money is nowhere, so nothing is posted. */
export function creditPayout(player: PaidPlayer, payout: Payout, walletMode: WalletMode): Credit {
  player.openShares = shares(player.openShares - payout.quantity);
  player.realizedPnl = cents(player.realizedPnl + payout.payout - payout.earlierPayout - payout.cost);
  player.closedCount += payout.correction ? 0 : 1;
  player.wonCount += Number(payout.won) - Number(payout.earlierWon);
  if (walletMode === 'shadow') return { entries: [], absorbed: cents(0n), net: cents(0n) };
  const holder = walletMode === 'seamless' ? 'wallet' : 'player';
  const { movements, absorbed } = payoutMovements(payout, holder, player.balance);
  const { entries, balance } = chain(player.balance, movements);
  player.balance = balance;
  let net = 0n;
  for (const { from, to, amount } of movements) {
    if (to === holder) net += amount;
    if (from === holder) net -= amount;
    if (to === 'fees') player.fees = cents(player.fees + amount);
    if (from === 'fees') player.fees = cents(player.fees - amount);
  }
  return { entries, absorbed, net: cents(net) };
}

/** The name of a payout, on the ledger rows that credit it. JSON text. */
export const payoutMetadata = ({ settlementId, n }: Pick<Payout, 'settlementId' | 'n'>): string =>
  JSON.stringify({ settlement: String(settlementId), n: Number(n) });
