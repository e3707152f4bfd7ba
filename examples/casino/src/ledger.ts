/**
 * The casino's money. Every change is one journal row, rows are never altered, and a balance is the sum of its player's rows.
 * Amounts are whole cents. Decisions are synchronous, so no two callbacks ever see the same moment.
 */
import type { Journal } from './journal.ts';

export const MOVES = ['BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK'] as const;
export type Move = (typeof MOVES)[number];
export type Refusal = 'INSUFFICIENT_FUNDS' | 'PLAYER_NOT_FOUND' | 'PLAYER_BLOCKED' | 'LIMIT_EXCEEDED' | 'ERROR';
export type Status = 'OK' | 'DUPLICATE_TRANSACTION' | Refusal;

export type Operation = {
  method: Move;
  requestId: string;
  transactionId: string;
  playerId: string;
  /** Cents; 0 for BET_LOSE. */
  amount: number;
  /** The transaction this one is about. */
  referenceId: string | null;
};
export type Answer = { status: Status; balance: number; transaction_id: string; message?: string };

export type Row = {
  seq: number;
  at: string;
  kind: 'opened' | 'limits' | 'deposit' | 'withdrawal' | Move;
  player_id: string;
  /** Cents; negative when money left the player. A refused bet moves nothing. */
  amount: number;
  balance: number;
  status: 'OK' | Refusal;
  /** Cents the platform named; unlike `amount` it is there for a refused bet too. */
  asked?: number;
  request_id?: string;
  transaction_id?: string;
  reference_id?: string | null;
  name?: string;
  blocked?: boolean;
  bet_limit?: number | null;
  note?: string;
};
export type Player = { id: string; name: string; balance: number; blocked: boolean; betLimit: number | null };
export type NewPlayer = { id: string; name: string; deposit?: number; blocked?: boolean; betLimit?: number | null };

const CREDITS: ReadonlySet<Move> = new Set(['BET_SELL', 'BET_WIN', 'BET_REFUND']);

export type Ledger = ReturnType<typeof openLedger>;

export function openLedger(journal: Journal<Row>) {
  const rows: Row[] = [];
  const players = new Map<string, Player>();
  const byRequest = new Map<string, Row>();
  const byTransaction = new Map<string, Row>();
  /** Bets undone, seen or not: the BET_MAKE of one of these may never take money again. */
  const rolledBack = new Map<string, Row>();

  /** The only place that changes state, for a row just decided and for one read back at the start alike. */
  function apply(row: Row): void {
    rows.push(row);
    if (row.kind === 'opened')
      players.set(row.player_id, { id: row.player_id, name: row.name ?? row.player_id, balance: 0, blocked: false, betLimit: null });
    const player = players.get(row.player_id);
    if (player) {
      player.balance += row.amount;
      if (row.blocked !== undefined) player.blocked = row.blocked;
      if (row.bet_limit !== undefined) player.betLimit = row.bet_limit;
    }
    if (row.request_id !== undefined) byRequest.set(row.request_id, row);
    if (row.transaction_id !== undefined) byTransaction.set(row.transaction_id, row);
    if (row.kind === 'BET_ROLLBACK' && row.reference_id) rolledBack.set(row.reference_id, row);
  }
  for (const row of journal.restored) apply(row);

  function write(row: Omit<Row, 'seq' | 'at' | 'balance'>): Row {
    const balance = (players.get(row.player_id)?.balance ?? 0) + row.amount;
    const written: Row = { seq: rows.length + 1, at: new Date().toISOString(), ...row, balance };
    apply(written);
    journal.append(written);
    return written;
  }

  function record(operation: Operation, status: Row['status'], amount: number, note?: string): Answer {
    const { balance } = write({
      kind: operation.method,
      player_id: operation.playerId,
      amount,
      status,
      asked: operation.amount,
      request_id: operation.requestId,
      transaction_id: operation.transactionId,
      reference_id: operation.referenceId,
      ...(note === undefined ? {} : { note }),
    });
    return { status, balance, transaction_id: operation.transactionId, ...(note === undefined ? {} : { message: note }) };
  }

  /** An answer that leaves no trace: the same operation may be tried again once its cause is gone. */
  const refuse = ({ playerId, transactionId }: Operation, status: Refusal, message: string): Answer => ({
    status,
    balance: players.get(playerId)?.balance ?? 0,
    transaction_id: transactionId,
    message,
  });

  /** The first answer, again. Money that moved says so by DUPLICATE_TRANSACTION; a bet refused stays refused for ever. */
  const repeat = (first: Row, { transactionId }: Operation): Answer => ({
    status: first.status === 'OK' ? 'DUPLICATE_TRANSACTION' : first.status,
    balance: first.balance,
    transaction_id: transactionId,
    ...(first.note === undefined ? {} : { message: first.note }),
  });

  const isSame = (first: Row, { method, playerId, transactionId, amount, referenceId }: Operation): boolean =>
    first.kind === method &&
    first.player_id === playerId &&
    first.transaction_id === transactionId &&
    first.asked === amount &&
    (first.reference_id ?? null) === referenceId;

  function makeBet(operation: Operation): Answer {
    const player = players.get(operation.playerId);
    if (rolledBack.has(operation.transactionId)) return record(operation, 'ERROR', 0, 'This bet was rolled back before it arrived');
    if (!player) return record(operation, 'PLAYER_NOT_FOUND', 0);
    if (player.blocked) return record(operation, 'PLAYER_BLOCKED', 0);
    if (player.betLimit !== null && operation.amount > player.betLimit) return record(operation, 'LIMIT_EXCEEDED', 0);
    if (player.balance < operation.amount) return record(operation, 'INSUFFICIENT_FUNDS', 0);
    return record(operation, 'OK', -operation.amount);
  }

  function rollBack(operation: Operation): Answer {
    const { referenceId, playerId, amount } = operation;
    if (referenceId === null) return refuse(operation, 'ERROR', 'A rollback needs reference_id');
    const undone = rolledBack.get(referenceId);
    if (undone) return repeat(undone, operation);
    const bet = byTransaction.get(referenceId);
    if (!bet) return record(operation, 'OK', 0, 'The bet was never seen; it will be refused if it still comes');
    if (bet.kind !== 'BET_MAKE' || bet.player_id !== playerId)
      return refuse(operation, 'ERROR', 'reference_id is not a bet of this player');
    if (bet.status !== 'OK') return record(operation, 'OK', 0, 'The bet was refused; nothing to give back');
    if (amount !== -bet.amount) return refuse(operation, 'ERROR', 'The amount is not the one of the bet');
    return record(operation, 'OK', amount);
  }

  return {
    rows: rows as readonly Row[],
    players: players as ReadonlyMap<string, Player>,
    flushed: journal.flushed,

    /** Carries out one wallet operation of the platform, exactly once however often it is asked. */
    carryOut(operation: Operation): Answer {
      const first = byRequest.get(operation.requestId) ?? byTransaction.get(operation.transactionId);
      if (first)
        return isSame(first, operation)
          ? repeat(first, operation)
          : refuse(operation, 'ERROR', 'The id was used before for another operation');
      if (operation.method === 'BET_MAKE') return makeBet(operation);
      if (operation.method === 'BET_ROLLBACK') return rollBack(operation);
      // What a player is owed arrives even while they are blocked. An unknown player is not remembered, so that a person can replay it.
      if (!players.has(operation.playerId)) return refuse(operation, 'PLAYER_NOT_FOUND', 'There is no such player here');
      return record(operation, 'OK', CREDITS.has(operation.method) ? operation.amount : 0);
    },

    open({ id, name, deposit = 0, blocked = false, betLimit = null }: NewPlayer): void {
      if (players.has(id)) return;
      write({ kind: 'opened', player_id: id, amount: 0, status: 'OK', name, blocked, bet_limit: betLimit });
      if (deposit > 0) write({ kind: 'deposit', player_id: id, amount: deposit, status: 'OK', note: 'Opening deposit' });
    },

    limit(id: string, { blocked, betLimit }: { blocked: boolean; betLimit: number | null }): void {
      write({ kind: 'limits', player_id: id, amount: 0, status: 'OK', blocked, bet_limit: betLimit });
    },

    /** The cashier. Undefined when a withdrawal is larger than the balance, or there is no such player. */
    pay(id: string, kind: 'deposit' | 'withdrawal', amount: number): Row | undefined {
      const player = players.get(id);
      if (!player || (kind === 'withdrawal' && amount > player.balance)) return undefined;
      return write({ kind, player_id: id, amount: kind === 'deposit' ? amount : -amount, status: 'OK' });
    },
  };
}
