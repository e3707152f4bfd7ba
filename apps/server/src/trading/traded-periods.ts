/** What was traded and settled in windows of time, and by how many players: kept by the day, read trade by trade where a window cuts a day. */
import { activePlayers } from './active-players.ts';
import { type Bucket, bucketsOf, type Cut, type DayParts, type DayWindow, dayOf } from './day-windows.ts';

/** Sums of an operator, in the order of `TradedPeriod`. */
const WIDTH = 8;

export type PeriodQuestion = {
  operatorId?: bigint | undefined;
  windows: readonly DayWindow[];
  granularity?: 'hour' | Bucket | undefined;
};
/** Of one operator in a window; `key` is the start of the bucket in seconds, or 0. `players` had a filled trade. Money in cents. */
export type TradedPeriod = {
  label: string;
  operator_id: bigint;
  key: number;
  players: bigint;
  buys: bigint;
  sells: bigint;
  buy_cents: bigint;
  sell_cents: bigint;
  fee_cents: bigint;
  spread_cents: bigint;
  settlement_pnl_cents: bigint;
  settlement_fee_cents: bigint;
};
/** The same as it leaves the thread, rows of numbers: which window, which of the operators, key, players, sums. */
export type PackedPeriods = { operators: bigint[]; rows: Float64Array };
const HEAD = 4;

/** A filled trade; `player` and `operator` are their numbers. */
export type FilledTrade = { at: number; player: number; operator: number; sell: boolean; amount: number; fee: number; spread: number };
export type SettledAt = { at: number; operator: number; pnl: number; fee: number };
/** Tells every filled trade of an interval within one day, of one operator or all; what it tells is its own, and is another trade with the next. */
export type TradesBetween = (cut: Cut, operator: number | undefined, tell: (trade: FilledTrade) => void) => void;

export type TradedPeriods = {
  /** Each trade once. */
  add(trade: FilledTrade): void;
  /** What a settlement was for an operator, each once. */
  settle(settled: SettledAt): void;
  /** `operators` by number. Undefined by the hour, which nothing is kept for. */
  pack(question: PeriodQuestion, operators: readonly bigint[]): PackedPeriods | undefined;
};

/** By the number of the operator, `WIDTH` sums each. */
type Sums = { values: Float64Array };
type Scanned = { players: readonly number[]; sums: Sums };

function placeOf(sums: Sums, operator: number): number {
  const place = operator * WIDTH;
  if (place >= sums.values.length) {
    const grown = new Float64Array((operator + 1) * WIDTH);
    grown.set(sums.values);
    sums.values = grown;
  }
  return place;
}
function addTo(sums: Sums, place: number, n: number, value: number): void {
  sums.values[place + n] = (sums.values[place + n] as number) + value;
}
const nothing = (): Sums => ({ values: new Float64Array(0) });

function addTrade(sums: Sums, { operator, sell, amount, fee, spread }: FilledTrade): void {
  const place = placeOf(sums, operator);
  addTo(sums, place, sell ? 1 : 0, 1);
  addTo(sums, place, sell ? 3 : 2, amount);
  addTo(sums, place, 4, fee);
  addTo(sums, place, 5, spread);
}
function addSettled(sums: Sums, { operator, pnl, fee }: SettledAt): void {
  const place = placeOf(sums, operator);
  addTo(sums, place, 6, pnl);
  addTo(sums, place, 7, fee);
}
function addSums(sums: Sums, { values }: Sums): void {
  if (values.length === 0) return;
  placeOf(sums, values.length / WIDTH - 1);
  for (let n = 0; n < values.length; n += 1) addTo(sums, 0, n, values[n] as number);
}

/** Also where there are no sums. */
function isNothing(values: Float64Array, place: number): boolean {
  for (let n = place; n < place + WIDTH; n += 1) if ((values[n] ?? 0) !== 0) return false;
  return true;
}

/** A row for each operator, or for one, that has something. */
function packRows(
  rows: number[],
  [window, key]: readonly [window: number, key: number],
  only: number | undefined,
  counts: readonly number[],
  sums: Float64Array,
): void {
  const last = only ?? sums.length / WIDTH - 1;
  for (let operator = only ?? 0; operator <= last; operator += 1) {
    const place = operator * WIDTH;
    if (isNothing(sums, place)) continue;
    rows.push(window, operator, key, counts[operator] ?? 0);
    for (let n = 0; n < WIDTH; n += 1) rows.push(sums[place + n] as number);
  }
}

export function tradedPeriods(between: TradesBetween): TradedPeriods {
  const active = activePlayers();
  const days = new Map<number, Sums>();
  const settlements = new Map<number, SettledAt[]>();
  const known = { oldest: Number.POSITIVE_INFINITY, newest: Number.NEGATIVE_INFINITY };

  function sumsOf(day: number): Sums {
    known.oldest = Math.min(known.oldest, day);
    known.newest = Math.max(known.newest, day);
    const sums = days.get(day) ?? nothing();
    days.set(day, sums);
    return sums;
  }

  function scan(cut: Cut, operator: number | undefined): Scanned {
    const { tell, those } = active.distinct();
    const sums = nothing();
    between(cut, operator, (trade) => {
      tell(trade.player);
      addTrade(sums, trade);
    });
    const [from, to] = cut;
    for (const settled of settlements.get(dayOf(from)) ?? []) if (settled.at >= from && settled.at < to) addSettled(sums, settled);
    return { players: those, sums };
  }
  /** Several windows cut a day at the same instants. */
  function scanner(operator: number | undefined): (cut: Cut) => Scanned {
    const scans = new Map<string, Scanned>();
    return (cut) => {
      const scanned = scans.get(cut.join()) ?? scan(cut, operator);
      scans.set(cut.join(), scanned);
      return scanned;
    };
  }

  function sumIn({ first, last }: DayParts, scanned: readonly Scanned[]): Float64Array {
    if (last - first === 1 && scanned.length === 0) return days.get(first)?.values ?? nothing().values;
    const sums = nothing();
    for (let day = first; day < last; day += 1) addSums(sums, days.get(day) ?? nothing());
    for (const one of scanned) addSums(sums, one.sums);
    return sums.values;
  }

  return {
    add(trade) {
      active.add(trade.at, trade.player, trade.operator);
      addTrade(sumsOf(dayOf(trade.at)), trade);
    },
    settle(settled) {
      const day = dayOf(settled.at);
      addSettled(sumsOf(day), settled);
      const others = settlements.get(day) ?? [];
      others.push(settled);
      settlements.set(day, others);
    },
    pack({ operatorId, windows, granularity = 'day' }, operators) {
      if (granularity === 'hour') return undefined;
      const only = operatorId === undefined ? undefined : operators.indexOf(operatorId);
      if (only === -1) return { operators: [], rows: new Float64Array(0) };
      const rows: number[] = [];
      const scanned = scanner(only);
      for (const [number, window] of windows.entries()) {
        for (const [key, parts] of bucketsOf(window, granularity, known)) {
          const inCuts = parts.cuts.map(scanned);
          const crowds = inCuts.map(({ players }) => players);
          packRows(rows, [number, key / 1_000], only, active.count(parts, crowds), sumIn(parts, inCuts));
        }
      }
      return { operators: [...operators], rows: Float64Array.from(rows) };
    },
  };
}

export function unpackPeriods({ operators, rows }: PackedPeriods, windows: readonly DayWindow[]): TradedPeriod[] {
  const periods: TradedPeriod[] = [];
  for (let place = 0; place < rows.length; place += HEAD + WIDTH) {
    const sum = (n: number): bigint => BigInt(rows[place + HEAD + n] as number);
    periods.push({
      label: windows[rows[place] as number]?.label ?? '',
      operator_id: operators[rows[place + 1] as number] as bigint,
      key: rows[place + 2] as number,
      players: BigInt(rows[place + 3] as number),
      buys: sum(0),
      sells: sum(1),
      buy_cents: sum(2),
      sell_cents: sum(3),
      fee_cents: sum(4),
      spread_cents: sum(5),
      settlement_pnl_cents: sum(6),
      settlement_fee_cents: sum(7),
    });
  }
  return periods;
}
