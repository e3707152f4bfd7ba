/** What was traded and settled in windows of time, and by how many players: kept by the day, read trade by trade where a window cuts a day. */
import { activePlayers } from './active-players.ts';
import { type Bucket, bucketsOf, type Cut, type DayParts, type DayWindow, dayOf } from './day-windows.ts';

/** What is added up, in the order in which it is kept. Money in cents. */
const SUMS = [
  'buys',
  'sells',
  'buy_cents',
  'sell_cents',
  'fee_cents',
  'spread_cents',
  'settlement_pnl_cents',
  'settlement_fee_cents',
] as const;
const WIDTH = SUMS.length;

export type PeriodQuestion = {
  operatorId?: bigint | undefined;
  windows: readonly DayWindow[];
  granularity?: 'hour' | Bucket | undefined;
};
/** Of one operator in a window; `key` is the start of the bucket in seconds, or 0. `players` had a filled trade. */
export type TradedPeriod = { label: string; operator_id: bigint; key: number; players: bigint } & Record<(typeof SUMS)[number], bigint>;
/** The same as it leaves the thread, rows of numbers: which window, which of the operators, key, players, sums. */
export type PackedPeriods = { operators: bigint[]; rows: Float64Array };
const HEAD = 4;

/** A filled trade; `player` and `operator` are their numbers. */
export type FilledTrade = { at: number; player: number; operator: number; sell: boolean; amount: number; fee: number; spread: number };
export type SettledAt = { at: number; operator: number; pnl: number; fee: number };
/** Tells every filled trade of an interval within one day; what it tells is its own, and is another trade with the next. */
export type TradesBetween = (from: number, to: number, tell: (trade: FilledTrade) => void) => void;

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
type Scanned = { players: number[]; sums: Sums };

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

  function scan([from, to]: Cut): Scanned {
    const scanned: Scanned = { players: [], sums: nothing() };
    between(from, to, (trade) => {
      scanned.players.push(trade.player);
      addTrade(scanned.sums, trade);
    });
    for (const settled of settlements.get(dayOf(from)) ?? []) if (settled.at >= from && settled.at < to) addSettled(scanned.sums, settled);
    return scanned;
  }
  /** Several windows cut a day at the same instants. */
  function scanner(): (cut: Cut) => Scanned {
    const scans = new Map<string, Scanned>();
    return (cut) => {
      const scanned = scans.get(cut.join()) ?? scan(cut);
      scans.set(cut.join(), scanned);
      return scanned;
    };
  }

  function sumIn({ first, last, cuts }: DayParts, scanned: (cut: Cut) => Scanned): Float64Array {
    const sums = nothing();
    for (let day = first; day < last; day += 1) addSums(sums, days.get(day) ?? nothing());
    for (const cut of cuts) addSums(sums, scanned(cut).sums);
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
      const rows: number[] = [];
      const scanned = scanner();
      for (const [number, window] of windows.entries()) {
        for (const [key, parts] of bucketsOf(window, granularity, known)) {
          const counts = active.count(parts, (tell) => {
            for (const cut of parts.cuts) for (const player of scanned(cut).players) tell(player);
          });
          const sums = sumIn(parts, scanned);
          for (let operator = 0; operator * WIDTH < sums.length; operator += 1) {
            const own = sums.subarray(operator * WIDTH, (operator + 1) * WIDTH);
            if ((operatorId !== undefined && operators[operator] !== operatorId) || own.every((sum) => sum === 0)) continue;
            rows.push(number, operator, key / 1_000, counts[operator] ?? 0, ...own);
          }
        }
      }
      return { operators: [...operators], rows: Float64Array.from(rows) };
    },
  };
}

export function unpackPeriods({ operators, rows }: PackedPeriods, windows: readonly DayWindow[]): TradedPeriod[] {
  const periods: TradedPeriod[] = [];
  for (let place = 0; place < rows.length; place += HEAD + WIDTH) {
    const sums = Object.fromEntries(SUMS.map((name, n) => [name, BigInt(rows[place + HEAD + n] as number)]));
    periods.push({
      label: windows[rows[place] as number]?.label ?? '',
      operator_id: operators[rows[place + 1] as number] as bigint,
      key: rows[place + 2] as number,
      players: BigInt(rows[place + 3] as number),
      ...sums,
    } as TradedPeriod);
  }
  return periods;
}
