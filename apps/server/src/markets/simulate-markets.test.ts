import { CATEGORIES } from '@predictu/contract/shapes/category';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { virtualClock } from '../platform/clock.ts';
import { planChanges } from './changes.rules.ts';
import { simulatedSource, simulator } from './simulate-markets.ts';
import { newsPlan, noise, normalDistribution, probability, walk } from './simulated-path.rules.ts';
import type { SourceEvent } from './source.rules.ts';

vi.setConfig({ testTimeout: 30_000 });

const EPOCH = new Date('2026-01-01T00:00:00Z');
const DAY = 86_400_000;
const days = (count: number): Date => new Date(EPOCH.getTime() + count * DAY);
const run = (seed: number, until: Date, stepMs: number): SourceEvent[] =>
  [...simulator({ seed, epoch: EPOCH, refreshMs: DAY }).advanceTo(until, stepMs)].flat();

describe('the path of a price', () => {
  test('is a fair bet: the average result equals the average price, at every age', () => {
    for (const age of [0.1, 0.5, 0.95]) {
      let [bets, paid] = [0, 0];
      for (let seed = 1; seed <= 3_000; seed += 1) {
        const plan = newsPlan(seed);
        const start = (noise(seed, 99) - 0.5) * 2.4;
        bets += probability(seed, plan, start, age);
        paid += probability(seed, plan, start, 1);
      }
      expect(Math.abs(bets - paid) / 3_000).toBeLessThan(0.03);
    }
  });

  test('stays within (0, 1) before the end and is 0 or 1 at the end, on the side it was going to', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.double({ min: 0, max: 0.999, noNaN: true }), (seed, age) => {
        const plan = newsPlan(seed);
        const p = probability(seed, plan, 0, age);
        expect(p >= 0 && p <= 1).toBe(true);
        expect([0, 1]).toContain(probability(seed, plan, 0, 1));
      }),
    );
  });

  test('is made of proper noise', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => noise(7, i));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.01);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.005);
    const ends = Array.from({ length: 5_000 }, (_, i) => walk(i, 0.5));
    expect(Math.abs(ends.reduce((sum, value) => sum + value * value, 0) / ends.length - 0.5)).toBeLessThan(0.05);
    expect(normalDistribution(0)).toBeCloseTo(0.5, 6);
    expect(normalDistribution(1.96)).toBeCloseTo(0.975, 4);
  });
});

describe('the simulated world', () => {
  test('is the same for the same seed and another for another', () => {
    const text = (events: SourceEvent[]): string =>
      JSON.stringify(events, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    const once = text(run(1, days(1), 3_600_000));
    expect(text(run(1, days(1), 3_600_000))).toBe(once);
    expect(text(run(2, days(1), 3_600_000))).not.toBe(once);
  });

  test('offers about 120 different questions in all six categories, with rules, tokens and an end', () => {
    const { added } = planChanges(
      [],
      run(3, days(0.01), 60_000),
      (() => {
        let id = 0n;
        return () => ++id;
      })(),
    );
    expect(added).toHaveLength(120);
    expect(new Set(added.map(({ title }) => title)).size).toBe(120);
    expect(new Set(added.map(({ sourceId }) => sourceId)).size).toBe(120);
    expect(new Set(added.flatMap(({ sourceState }) => sourceState.tokens ?? [])).size).toBe(240);
    for (const category of CATEGORIES)
      expect(added.filter((market) => market.category === category).length, category).toBeGreaterThanOrEqual(10);
    for (const { title, description, mid, endAt } of added) {
      expect(title).toMatch(/^Will .*\?$/);
      expect(description).toMatch(/resolves YES if .*cut-off is .*resolution source is/s);
      expect(`${title}${description}`).not.toMatch(/[{}]|undefined/);
      expect(mid).not.toBeNull();
      expect(endAt && endAt > EPOCH).toBe(true);
    }
  });

  test('over 90 days prices run to their results, ended questions are replaced, and nothing is set aside', () => {
    const last = new Map<string, number>();
    let [decided, right, asides] = [0, 0, 0];
    const open = new Set<string>();
    for (const events of simulator({ seed: 4, epoch: EPOCH, refreshMs: 10 * DAY }).advanceTo(days(90), 4 * 3_600_000)) {
      for (const event of events) {
        if (event.kind === 'price') last.set(event.sourceId, Number(event.mid));
        if (event.kind === 'market') open[event.state === 'open' ? 'add' : 'delete'](event.sourceId);
        if (event.kind === 'set_aside') asides += 1;
        if (event.kind === 'resolution' && event.result !== 'split' && event.evidence.startsWith('market_resolved')) {
          decided += 1;
          if ((last.get(event.sourceId) ?? 0) > 5_000 === (event.result === 'yes')) right += 1;
        }
      }
    }
    expect(asides).toBe(0);
    expect(decided).toBeGreaterThan(400);
    expect(right / decided).toBeGreaterThan(0.85);
    expect(open.size).toBeGreaterThan(100);
  }, 30_000);

  test('goes on after a pause where it would have been, and decides what ended meanwhile', async () => {
    const clock = virtualClock(days(40));
    const heard: SourceEvent[] = [];
    const source = simulatedSource({ seed: 5, epoch: EPOCH, clock });
    await source.start({ events: (events) => heard.push(...events), trouble: () => {} }, { lastHeard: days(30), open: [] });
    await source.stop();
    const openBefore = new Set(
      run(5, days(30), 30 * DAY)
        .filter((event) => event.kind === 'price')
        .map(({ sourceId }) => sourceId),
    );
    const resolved = new Set(heard.filter(({ kind }) => kind === 'resolution').map(({ sourceId }) => sourceId));
    expect(resolved.size).toBeGreaterThan(20);
    expect([...resolved].some((id) => openBefore.has(id))).toBe(true);
    expect(heard.filter((event) => event.kind === 'price' && event.at.getTime() === days(40).getTime()).length).toBeGreaterThan(50);
  });

  test('after a pause it speaks every few seconds again, not after as long a silence', () => {
    const world = simulator({ seed: 5, epoch: EPOCH });
    world.skipTo(days(30));
    for (const _ of world.advanceTo(days(31), DAY));
    const next = new Date(days(31).getTime() + 30_000);
    expect([...world.advanceTo(next)].flat().filter(({ kind }) => kind === 'price').length).toBeGreaterThan(50);
  });
});
