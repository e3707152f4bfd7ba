/** Plays random operations through the real engine and the oracle at once, and stops at the first difference. */
import { expect } from 'vitest';
import { virtualClock } from '../../src/platform/clock.ts';
import { openTrading, type Trading } from '../../src/trading/trading.ts';
import type { TestDatabase } from '../database.ts';
import { type Random, seeded } from '../random.ts';
import { engineOperation, engineOrder, plainAnswer } from './compare.ts';
import { submitToOracle } from './oracle.ts';
import type { OracleAnswer, OracleOperation, OracleWorld } from './oracle-world.ts';
import { type Choices, quoteRequest, randomOperation } from './random-operations.ts';
import { insertScene, makeScene } from './scene.ts';
import { changeSomething, movePrices, reopen } from './scene-changes.ts';

const START = Date.parse('2026-11-21T12:00:00Z');
const LONGEST_CHUNK = 500;
const HISTORY = 5_000;
const QUOTES = 12;
const silent = { info() {}, warn() {}, error() {} };

/** Codes (OK among them) and how often each was the right answer. */
export type Played = { world: OracleWorld; trades: number; keys: number; codes: Record<string, number> };

type Table = { trading: Trading; tokens: Map<string, string>; choices: Choices; random: Random };

/** What the oracle would answer, without anything having happened. */
const pretend = (world: OracleWorld, operation: OracleOperation): OracleAnswer =>
  submitToOracle(structuredClone({ ...world, answers: new Map() }), operation);

/** Several dry runs in one look: none may see another's. */
async function dryRuns({ trading, tokens, choices, random }: Table): Promise<void> {
  const operations = Array.from({ length: 4 }, () => randomOperation({ ...choices, history: [] }, random));
  const answers = await Promise.all(operations.map((operation) => trading.preview(engineOperation(operation, tokens))));
  for (const [index, operation] of operations.entries()) {
    const right = pretend(choices.world, operation);
    expect({ dryRun: operation, ...plainAnswer(answers[index] as (typeof answers)[number], right) }).toEqual({
      dryRun: operation,
      ...right,
    });
  }
}

async function askForQuote({ trading, tokens, choices: { world, quotes, ...rest }, random }: Table): Promise<void> {
  const { player, order } = quoteRequest({ world, quotes, ...rest }, random);
  const { outcome } = pretend(world, { operator: player.operator, player: player.id, key: 'quote', hash: 'quote', kind: 'trade', order });
  const answer = await trading.quote({
    operatorId: BigInt(player.operator),
    playerId: BigInt(player.id),
    order: engineOrder(order, tokens),
  });
  if ('refusal' in answer) {
    expect({ order, refused: answer.refusal.refused }).toEqual({ order, refused: 'refused' in outcome ? outcome.refused : 'nothing' });
    return;
  }
  const { quote } = answer;
  const [trade] = 'trades' in outcome ? outcome.trades : [];
  const promised = { price: Number(quote.price), amount: Number(quote.amount), fee: Number(quote.fee), quantity: Number(quote.quantity) };
  expect({ order, ...promised }).toEqual({ order, price: trade?.price, amount: trade?.amount, fee: trade?.fee, quantity: trade?.quantity });
  tokens.set(String(quote.id), quote.token);
  const { market, side, amount = null, quantity = null } = order;
  quotes.push({
    order,
    quote: {
      id: String(quote.id),
      operator: player.operator,
      player: player.id,
      market,
      outcome: order.outcome,
      side,
      amount,
      quantity,
      price: Number(quote.price),
      mid: Number(quote.mid),
      expiresAt: quote.expiresAt.getTime(),
    },
  });
  if (quotes.length > QUOTES) quotes.shift();
}

/** One burst: handed over in one turn, so that the engine takes it as one batch, or a few, in this order. */
async function burst({ trading, tokens, choices, random }: Table, played: Played, seed: number): Promise<void> {
  const { world, history } = choices;
  const operations: OracleOperation[] = [];
  for (
    let size = random.pick([1, random.between(2, 40), random.between(40, LONGEST_CHUNK), random.between(200, LONGEST_CHUNK)]);
    size > 0;
    size -= 1
  ) {
    const operation = randomOperation(choices, random);
    operations.push(operation);
    history.push(operation);
  }
  if (history.length > HISTORY) history.splice(0, history.length - HISTORY);
  const answers = await Promise.all(operations.map((operation) => trading.submit(engineOperation(operation, tokens))));
  for (const [index, operation] of operations.entries()) {
    const right = submitToOracle(world, operation);
    const given = plainAnswer(answers[index] as (typeof answers)[number], right);
    // Deep comparison is slow, and nearly all are the same.
    if (JSON.stringify(given) !== JSON.stringify(right)) expect({ seed, operation, ...given }).toEqual({ seed, operation, ...right });
    const code = 'refused' in right.outcome ? right.outcome.refused : 'OK';
    played.codes[code] = (played.codes[code] ?? 0) + 1;
    if (!right.replayed && 'trades' in right.outcome) played.trades += right.outcome.trades.length;
  }
}

/** Plays until `trades` trades have been filled. */
export async function play(db: TestDatabase, { trades, seed }: { trades: number; seed: number }): Promise<Played> {
  const random = seeded(seed);
  const clock = virtualClock(new Date(START));
  const world = makeScene(START);
  await insertScene(db.owner, world);
  const played: Played = { world, trades: 0, keys: 0, codes: {} };
  const choices: Choices = { world, quotes: [], history: [], nextKey: () => (played.keys += 1) };
  const trading = await openTrading({
    database: db.database,
    appUrl: db.appUrl,
    clock,
    log: silent,
    quoteKey: 'a secret of this test',
    sharing: false,
  });
  const table: Table = { trading, tokens: new Map(), choices, random };
  try {
    while (played.trades < trades) {
      await burst(table, played, seed);
      clock.advance(random.pick([0, 0, 0, 1, 250, 1_500, 6_000]));
      world.now = clock.now().getTime();
      if (random.oneIn(5)) await reopen(world, db.owner, random);
      for (let changes = random.between(0, 2); changes > 0; changes -= 1) await changeSomething(world, db.owner, random);
      if (random.oneIn(6)) await movePrices(world, db.owner, random);
      if (random.oneIn(3)) await askForQuote(table);
      if (random.oneIn(6)) await dryRuns(table);
    }
  } finally {
    await trading.close();
  }
  return played;
}
