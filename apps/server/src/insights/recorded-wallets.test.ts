/** The score on wallets recorded by others: one known to be skilled, and the field. The data is not part of the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { cents, FULL_PRICE, type Price, price, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import { scorePlayer } from './score.rules.ts';
import { LINE_BOUNDS, MOVE, MOVE_WINDOW_MS, moveAfter, ofOutcome, resultOf } from './score-bet.rules.ts';
import { type Bet, type ScoreEvidence, scoreEvidence } from './score-evidence.rules.ts';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const FOLDER = process.env['PREDICTU_RECORDED_DATA'] ?? join(REPOSITORY, '../shared/data/polymarket');
const present = existsSync(join(FOLDER, 'trades'));
if (!present) process.stdout.write(`Recorded data not found at ${FOLDER}: the wallets' scores are skipped (set PREDICTU_RECORDED_DATA).\n`);

const text = (path: string): string => {
  const bytes = readFileSync(join(FOLDER, path));
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
};
const LATER = new Date('2030-01-01T00:00:00Z');
const units = (value: number): Price => price(BigInt(Math.min(9_999, Math.max(1, Math.round(value * 10_000)))));

type Trade = { wallet: string; buy: boolean; condition: string; event: string; index: 0 | 1; size: number; price: number; at: Date };
type Tick = { at: number; yes: Price };

const tradeOf = (row: Record<string, string | number>): Trade => ({
  wallet: String(row['proxyWallet']),
  buy: row['side'] === 'BUY',
  condition: String(row['conditionId']),
  event: String(row['eventSlug']),
  index: Number(row['outcomeIndex']) === 0 ? 0 : 1,
  size: Number(row['size']),
  price: Number(row['price']),
  at: new Date(Number(row['timestamp']) * 1_000),
});

/** What a row says, fields with commas in quotes. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field]) => (field ?? '').replace(/^"|"$/g, '').replaceAll('""', '"'));
function csv(path: string): Record<string, string>[] {
  const [header, ...lines] = [...new Set(text(path).trim().split(/\r?\n/))];
  const names = fieldsOf(header ?? '');
  return lines.map((line) => Object.fromEntries(fieldsOf(line).map((field, index) => [names[index] ?? '', field])));
}

/** The trades of a market as its line, in order: the only prices these recordings have. */
function linesOf(trades: readonly Trade[]): Map<string, Tick[]> {
  const lines = new Map<string, Tick[]>();
  for (const { condition, at, index, price: paid } of [...trades].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    const line = lines.get(condition) ?? [];
    line.push({ at: at.getTime(), yes: ofOutcome(units(paid), index === 0 ? 'yes' : 'no') });
    lines.set(condition, line);
  }
  return lines;
}

const distance = (a: Price, b: Price): number => Math.abs(Number(a - b));

function betsOf(trades: readonly Trade[], lines: Map<string, Tick[]>, winners: ReadonlyMap<string, 'yes' | 'no'>): Map<string, Bet[]> {
  const markets = new Map([...lines.keys()].map((condition, index) => [condition, BigInt(index + 1)]));
  const closes = new Map(
    [...lines].map(([condition, line]) => [condition, line.findLast(({ yes }) => yes >= LINE_BOUNDS.low && yes <= LINE_BOUNDS.high)?.yes]),
  );
  const wallets = new Map<string, Bet[]>();
  for (const trade of trades.filter(({ buy }) => buy)) {
    const outcome = trade.index === 0 ? 'yes' : 'no';
    const paid = units(trade.price);
    const mid = ofOutcome(paid, outcome);
    const at = trade.at.getTime();
    const moved = lines
      .get(trade.condition)
      ?.find((tick) => tick.at > at && tick.at <= at + MOVE_WINDOW_MS && distance(tick.yes, mid) >= MOVE);
    const close = closes.get(trade.condition);
    const bet: Bet = {
      marketId: markets.get(trade.condition) ?? 0n,
      outcome,
      category: trade.event,
      price: paid,
      quantity: shares(BigInt(Math.max(1, Math.floor(trade.size * 100)))),
      amount: cents(BigInt(Math.max(1, Math.floor(trade.size * trade.price * 100)))),
      at: trade.at,
      result: resultOf(winners.get(trade.condition) ?? null, outcome),
      close: close === undefined ? null : ofOutcome(close, outcome),
      move: moveAfter({ outcome, mid, movedTo: moved?.yes ?? null, at: trade.at }, LATER),
    };
    wallets.set(trade.wallet, [...(wallets.get(trade.wallet) ?? []), bet]);
  }
  return wallets;
}

type Judged = { evidence: ScoreEvidence; score: number };
const judge = (bets: readonly Bet[]): Judged => {
  const evidence = scoreEvidence(bets);
  return { evidence, score: scorePlayer(evidence).score };
};

/** Its own trades are no line to beat: closing line and moves are left out, or the line is taken to have run to the result. */
function skilledWallet(line: 'unknown' | 'to the result'): Judged {
  const rows: Record<string, string | number>[] = JSON.parse(text('trades/one_wallet_3500.json.gz'));
  const markets: { condition_id: string; tokens: { token_id: string }[] }[] = JSON.parse(text('trades/one_wallet_clob_markets_59.json.gz'));
  const results: Record<string, Record<string, boolean>> = JSON.parse(text('trades/one_wallet_winners_59.json'));
  const winners = new Map(
    markets.map(({ condition_id: id, tokens: [first] }) => [id, results[id]?.[first?.token_id ?? ''] ? ('yes' as const) : ('no' as const)]),
  );
  const trades = rows.map(tradeOf);
  const [bets = []] = [...betsOf(trades, linesOf(trades), winners).values()];
  const closeOf = ({ result }: Bet): Price | null => (line === 'unknown' ? null : result === 0n ? LINE_BOUNDS.low : LINE_BOUNDS.high);
  return judge(bets.map((bet) => ({ ...bet, move: null, close: closeOf(bet) })));
}

/** One morning; every trade once, although the recorder kept some eight times. */
function nobelWallets(): Judged[] {
  const trades = csv('trades/nobel_2025_5000.csv.gz').map(tradeOf);
  const winners = new Map(
    csv('trades/nobel_2025_outcomes_inferred.csv').map((row) => [
      row['conditionId'] ?? '',
      row['inferred_winner'] === 'Yes' ? ('yes' as const) : ('no' as const),
    ]),
  );
  return [...betsOf(trades, linesOf(trades), winners).values()].map(judge);
}

type Position = {
  conditionId: string;
  domain: string;
  outcomeIndex: number;
  avg_buy_price: number | null;
  buy_size: number;
  first_ts: number;
  resolved: { winning_outcome_index?: number } | null;
};

function betOfPosition(position: Position, index: number): Bet[] {
  const { outcomeIndex, avg_buy_price: paid, buy_size: size, domain, first_ts: first, resolved } = position;
  if (paid === null || size <= 0 || resolved?.winning_outcome_index === undefined) return [];
  return [
    {
      marketId: BigInt(index),
      outcome: outcomeIndex === 0 ? 'yes' : 'no',
      category: domain,
      price: units(paid),
      quantity: shares(BigInt(Math.ceil(size * 100))),
      amount: cents(BigInt(Math.ceil(size * paid * 100))),
      at: new Date(first * 1_000),
      result: resolved.winning_outcome_index === outcomeIndex ? FULL_PRICE : price(0n),
      close: null,
      move: null,
    },
  ];
}

/** Fifty active wallets by their positions: average price, size, result; no line is known. */
function politicsWallets(): Judged[] {
  const { wallets }: { wallets: { recent_positions: Position[] }[] } = JSON.parse(text('positions/wallet_positions_politics_50.json.gz'));
  return wallets.map(({ recent_positions: positions }) => judge(positions.flatMap(betOfPosition)));
}
const scoresOf = (wallets: readonly Judged[]): number[] => wallets.map(({ score }) => score).sort((a, b) => a - b);
const mean = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0) / values.length;
const deviation = (values: readonly number[]): number => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));

describe.skipIf(!present)('recorded wallets', () => {
  const field = present ? nobelWallets() : [];
  const scores = scoresOf(field);

  test('the recordings are read as they are described', () => {
    expect(field.length).toBeGreaterThan(400);
    expect(skilledWallet('unknown').evidence).toMatchObject({ stakes: 3_403, settled: 60, won: 47, closed: 0, timed: 0 });
  });

  test('the skilled wallet stands far above the field by its results alone, and is sharp', () => {
    const { score } = skilledWallet('unknown');
    expect(score).toBeGreaterThanOrEqual(60);
    expect(score - mean(scores)).toBeGreaterThan(5 * deviation(scores));
    expect(score).toBeGreaterThanOrEqual((scores.at(-1) ?? 100) + 5);
  });

  test('with the closing lines it beat it also stands above fifty wallets chosen for their success', () => {
    const { score } = skilledWallet('to the result');
    expect(score).toBeGreaterThan(skilledWallet('unknown').score);
    expect(score).toBeGreaterThanOrEqual((scoresOf(politicsWallets()).at(-1) ?? 100) + 5);
  });

  test('nobody with a lucky morning is restricted or even sharp', () => {
    const lucky = field.filter(({ evidence: { won, settled } }) => settled > 0 && won === settled);
    expect(lucky.length).toBeGreaterThan(100);
    expect(lucky.filter(({ score }) => score >= 60)).toEqual([]);
  });

  test('buying at 95 what wins in 95 of 100 is no skill: most of the active wallets stay in the middle', () => {
    const active = scoresOf(politicsWallets());
    expect(active).toHaveLength(50);
    expect(active.filter((score) => score >= 60).length).toBeLessThanOrEqual(2);
    expect(active.filter((score) => score >= 80)).toEqual([]);
  });
});
