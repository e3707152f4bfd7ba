/** Evaluations on a real database: what is read, what is written where, who is left alone, and what the endpoints answer. */
import { encodeId, firstIdAt, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeMarket, makeOperator, makePlayer, setConfig, testId } from '../../test/factories.ts';
import { openTestServer, type TestServer } from '../../test/server.ts';
import { evaluateScores, evaluateSettled } from './insights.ts';
import { scorePlayer, tierOfScore } from './score.rules.ts';
import type { ScoreEvidence } from './score-evidence.rules.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const START = new Date('2026-06-10T12:00:00Z');
const NOW = new Date('2026-06-20T03:00:00Z');

let server: TestServer;
let operator: bigint;
beforeAll(async () => {
  server = await openTestServer();
  await setConfig(server.db.owner);
  operator = await makeOperator(server.db.owner);
});
afterAll(() => server?.close());
beforeEach(async () => {
  await server.db.owner.query('update players set trade_count = 0');
});

const rows = async (text: string, ...values: unknown[]) => (await server.db.owner.query(text, values)).rows;
const one = async (text: string, ...values: unknown[]) => (await rows(text, ...values))[0];
const wire = (id: bigint) => encodeId('user', id as Id<'user'>);
let sequence = 0n;
const idAt = (at: Date): bigint => {
  sequence += 1n;
  return firstIdAt(at) + sequence;
};
const tick = (market: bigint, mid: number, at: Date) =>
  server.db.owner.query('insert into price_ticks (market_id, id, mid, at) values ($1, $2, $3, $4)', [market, idAt(at), mid, at]);

/** A market that stood at 50, moved to 60 three minutes after it opened and closed at `close`, decided a day later. */
async function decided(
  index: number,
  resolution: 'yes' | 'no' | 'void',
  close = resolution === 'yes' ? 9_000 : 1_000,
): Promise<{ id: bigint; at: Date }> {
  const at = new Date(START.getTime() + index * 2 * 3_600_000);
  const end = new Date(at.getTime() + DAY_MS);
  const id = await makeMarket(server.db.owner, {
    status: resolution === 'void' ? 'cancelled' : 'resolved',
    resolution,
    resolved_at: new Date(end.getTime() + MINUTE_MS),
    closed_at: end,
    end_at: new Date(end.getTime() + DAY_MS),
  });
  await tick(id, 5_000, new Date(at.getTime() - MINUTE_MS));
  await tick(id, 6_000, new Date(at.getTime() + 3 * MINUTE_MS));
  await tick(id, close, new Date(end.getTime() - MINUTE_MS));
  await tick(id, 9_990, new Date(end.getTime() - MINUTE_MS / 2));
  await tick(id, 5_000, new Date(end.getTime() + MINUTE_MS / 2));
  await server.db.owner.query(
    `insert into market_settlements (id, market_id, outcome, status, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
     values ($1, $2, $3, 'decided', 'seen', 'test', $4, false, $4, $1)`,
    [testId(), id, resolution, new Date(end.getTime() + MINUTE_MS)],
  );
  return { id, at };
}

async function buy(
  player: bigint,
  market: { id: bigint; at: Date },
  outcome: 'yes' | 'no',
  price = 5_100,
  status = 'filled',
): Promise<void> {
  await server.db.owner.query(
    `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
       balance_after_cents, receipt, created_at) values ($1, $2, $3, $4, $5, 'buy', $6, $7, 5000, 1960, 1000, 5, 20, 0, '{}', $8)`,
    [operator, idAt(market.at), player, market.id, outcome, status, price, market.at],
  );
  await server.db.owner.query('update players set trade_count = trade_count + 1 where id = $1', [player]);
}
const player = (columns = {}) => makePlayer(server.db.owner, operator, { balance_cents: 0n, ...columns });
const evaluate = (playersSince: Date | null = null) => evaluateScores(server.db.database, NOW, { playersSince });
const stored = (id: bigint) => one('select score, tier from players where id = $1', id);

async function winner(count: number, columns = {}): Promise<bigint> {
  const id = await player(columns);
  for (let index = 0; index < count; index += 1) await buy(id, await decided(index, 'yes'), 'yes');
  return id;
}

describe('an evaluation', () => {
  test('reads result, closing line and the move after each bet from the facts', async () => {
    const id = await player();
    await buy(id, await decided(0, 'yes'), 'yes');
    await buy(id, await decided(1, 'yes'), 'no', 4_900);
    await buy(id, await decided(2, 'no', 2_500), 'no');
    await buy(id, await decided(3, 'void'), 'yes');
    await buy(id, await decided(4, 'yes'), 'yes', 5_100, 'cancelled');
    expect(await evaluate()).toMatchObject({ players: 1 });
    const { evidence } = await one('select evidence from player_scores where player_id = $1', id);
    expect(evidence).toMatchObject({ settled: 3, won: 2, closed: 3, timed: 4, before_gain: 2, before_loss: 2, stakes: 4, consistency: 1 });
    expect(evidence.implied).toBeCloseTo(1.51, 9);
    // The closing lines are 0.90, 0.10 and 0.75: not the 0.999 that nobody could bet at, nor what was said after the close.
    expect(evidence.closing_gain).toBeCloseTo(0.9 + 0.1 + 0.75 - 1.51, 9);
  });

  test('writes the score where prices read it, the history, the tier with its evidence, and a risk event', async () => {
    const id = await winner(60);
    const evaluation = await evaluate();
    expect(evaluation).toEqual({ players: 1, tierChanges: 1 });
    const { score, tier } = await stored(id);
    expect(score).toBeGreaterThanOrEqual(80);
    expect(tier).toBe('restricted');
    expect(await one('select score, tier, date::text from player_score_history where player_id = $1', id)).toEqual({
      score,
      tier,
      date: '2026-06-20',
    });
    const change = await one('select * from player_tier_changes where player_id = $1', id);
    expect(change).toMatchObject({ from_tier: 'normal', to_tier: 'restricted', cause: 'score', score, actor: 'worker:evaluate-scores' });
    const { thresholds, ...evidence } = change.evidence;
    expect(scorePlayer(evidence as ScoreEvidence).score).toBe(score);
    expect(tierOfScore(score, thresholds)).toBe('restricted');
    expect(await one(`select type, severity, scope from risk_events where player_id = $1`, id)).toMatchObject({
      type: 'sharp_detection',
      severity: 'critical',
      scope: { from_tier: 'normal', to_tier: 'restricted', score },
    });
    expect(await evaluate()).toEqual({ players: 1, tierChanges: 0 });
    expect(await rows('select 1 from player_score_history where player_id = $1', id)).toHaveLength(1);
  });

  test('since an instant it is about everybody with a bet on a market decided since, sold or not', async () => {
    const [old, fresh] = [await player(), await player()];
    await buy(old, await decided(0, 'yes'), 'yes');
    await buy(fresh, await decided(100, 'yes'), 'yes');
    expect(await evaluate(new Date(START.getTime() + 8 * DAY_MS))).toMatchObject({ players: 1 });
    expect(await rows('select player_id from player_scores where player_id = any($1)', [old, fresh])).toEqual([{ player_id: fresh }]);
  });

  test('the nightly one goes on where the last one ended', async () => {
    await server.db.owner.query('delete from score_runs');
    const id = await player();
    await buy(id, await decided(0, 'yes'), 'yes');
    expect((await evaluateSettled(server.db.database, NOW)).players).toBe(1);
    expect((await evaluateSettled(server.db.database, new Date(NOW.getTime() + DAY_MS))).players).toBe(0);
  });

  test('the thresholds are those of the configuration, and switched off it does nothing', async () => {
    const id = await winner(60);
    await setConfig(server.db.owner, { risk: { sharp_score_threshold: 99, restricted_score_threshold: 100 } });
    await evaluate();
    expect(await stored(id)).toMatchObject({ tier: 'normal' });
    await setConfig(server.db.owner, { features: { sharp_detection: false } });
    expect(await evaluate()).toEqual({ players: 0, tierChanges: 0 });
    expect(await stored(id)).toMatchObject({ tier: 'normal' });
    await setConfig(server.db.owner);
  });

  test('a ban is neither made nor lifted by a score', async () => {
    const [banned, casual] = [await winner(60, { tier: 'banned' }), await player({ tier: 'banned' })];
    await buy(casual, await decided(0, 'no'), 'yes');
    expect(await evaluate()).toMatchObject({ tierChanges: 0 });
    expect([(await stored(banned)).tier, (await stored(casual)).tier]).toEqual(['banned', 'banned']);
    expect((await stored(banned)).score).toBeGreaterThanOrEqual(80);
  });
});

describe('the endpoints', () => {
  const score = (id: bigint, rest = '', body?: unknown) =>
    server.send(rest === '/score' ? 'GET' : 'POST', `/api/internal/users/${wire(id)}${rest}`, server.admin, body);

  test('a player never evaluated stands in the middle', async () => {
    const { status, body } = await score(await player(), '/score');
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ score: 50, tier: 'normal', history: [], flags: [], last_evaluated_at: null, override: null });
    expect(body.data.tier_thresholds).toEqual({
      normal: { min: 0, max: 59 },
      sharp: { min: 60, max: 79 },
      restricted: { min: 80, max: 100 },
    });
  });

  test('one player is evaluated now; its parts add up to the score', async () => {
    const id = await winner(40);
    const { status, body } = await score(id, '/score/evaluate');
    expect(status).toBe(200);
    const parts = Object.values<{ score: number; max: number }>(body.data.components);
    expect(parts.reduce((all, part) => all + part.score, 0)).toBe(body.data.score);
    expect(parts.map(({ max }) => max)).toEqual([25, 25, 20, 15, 15]);
    expect(body.data.components.win_rate).toMatchObject({ value: 1, sample: 40 });
    expect(body.data.history).toEqual([{ date: '2026-06-01', score: body.data.score }]);
    expect(body.data.tier_changes[0]).toMatchObject({ to_tier: body.data.tier, cause: 'score' });
    expect((await score(id, '/score')).body).toEqual(body);
  });

  test('a held tier is left alone until it is released', async () => {
    const id = await winner(60);
    const held = await score(id, '/tier', { tier: 'normal', reason: 'A known market maker' });
    expect(held.body.data).toMatchObject({ tier: 'normal', override: { reason: 'A known market maker' } });
    expect(await evaluate()).toMatchObject({ players: 1, tierChanges: 0 });
    const evaluated = await score(id, '/score');
    expect(evaluated.body.data.tier).toBe('normal');
    expect(evaluated.body.data.recommendations[0]).toMatch(/override holds/);
    const released = await score(id, '/tier/release', { reason: 'No longer' });
    expect(released.body.data).toMatchObject({ tier: 'restricted', override: null });
    expect(released.body.data.tier_changes.map(({ cause }: { cause: string }) => cause)).toEqual(['release']);
    expect((await score(id, '/tier/release', { reason: 'Again' })).status).toBe(409);
    expect(await rows(`select action from platform_audit_log where subject = $1 order by id`, wire(id))).toEqual([
      { action: 'player.tier_held' },
      { action: 'player.tier_released' },
    ]);
  });

  test('sharp bettors: filters, sorts and totals', async () => {
    await server.db.owner.query(`update players set tier = 'normal'`);
    const made = [
      { tier: 'sharp', score: 61, realized_pnl_cents: 500n, volume_cents: 9_000n, closed_count: 4, won_count: 1 },
      { tier: 'restricted', score: 90, realized_pnl_cents: -100n, volume_cents: 7_000n, closed_count: 4, won_count: 4 },
      { tier: 'banned', score: 70, realized_pnl_cents: 900n, volume_cents: 8_000n },
    ];
    const ids: string[] = [];
    for (const columns of made) ids.push(wire(await player(columns)));
    const [sharp, restricted, banned] = ids;
    const list = async (query = '') => server.send('GET', `/api/internal/risk/sharp-bettors${query}`, server.admin);
    const order = async (query: string) => (await list(query)).body.data.map((row: { user_id: string }) => row.user_id);
    expect(await order('')).toEqual([restricted, banned, sharp]);
    expect(await order('?sort=pnl')).toEqual([banned, sharp, restricted]);
    expect(await order('?sort=volume&order=asc')).toEqual([restricted, banned, sharp]);
    expect(await order('?sort=win_rate')).toEqual([restricted, sharp, banned]);
    expect(await order('?tier=banned')).toEqual([banned]);
    expect(await order('?operator=nobody')).toEqual([]);
    const { body } = await list('?limit=1&page=2');
    expect(body).toMatchObject({ total: 3, data: [{ user_id: banned, pnl_usd: 9, volume_usd: 80, win_rate: null, clv_edge: null }] });
    for (const wrong of ['?tier=normal', '?sort=name', '?order=up', '?limit=201', '?page=0', '?x=1'])
      expect((await list(wrong)).status).toBe(400);
  });

  test('unknown players, and who may', async () => {
    expect((await score(7n, '/score')).status).toBe(404);
    expect((await score(7n, '/score/evaluate')).status).toBe(404);
    expect((await score(7n, '/tier', { tier: 'sharp', reason: 'x' })).status).toBe(404);
    expect((await score(7n, '/tier', { tier: 'great', reason: 'x' })).status).toBe(422);
    const [tenant] = server.tenants;
    expect((await server.send('GET', `/api/internal/users/${wire(tenant.players[0].id)}/score`, tenant.token)).status).toBe(403);
  });
});
