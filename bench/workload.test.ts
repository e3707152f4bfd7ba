import { expect, test } from 'vitest';
import { seeded } from '../apps/server/test/random.ts';
import { openWorkload, type Wanted } from './workload.ts';

const { between } = seeded(7);
const random = (): number => between(0, 2 ** 30 - 1) / 2 ** 30;
const DRAWS = 20_000;

/** Draws as callers do: every buy is filled. */
function draw(mix: 'spread' | 'one-market'): Wanted[] {
  const workload = openWorkload(0n, random);
  return Array.from({ length: DRAWS }, () => {
    const wanted = workload.next(mix);
    if (wanted.kind === 'buy') workload.bought(wanted, '5.25');
    return wanted;
  });
}
const share = (of: Wanted[], test: (wanted: Wanted) => boolean): number => of.filter(test).length / of.length;

test('three tenths are sales, a twentieth must be refused', () => {
  const drawn = draw('spread');
  expect(share(drawn, ({ kind }) => kind === 'sell')).toBeCloseTo(0.3, 1);
  expect(share(drawn, ({ kind }) => kind === 'above_wall')).toBeCloseTo(0.02, 2);
  expect(share(drawn, ({ kind }) => kind === 'too_many_shares')).toBeCloseTo(0.02, 2);
  expect(share(drawn, ({ kind }) => kind === 'bad_price')).toBeCloseTo(0.01, 2);
});

test('a sale sells what a buy has brought, once', () => {
  const workload = openWorkload(0n, random);
  const held = new Map<string, number>();
  const placeOf = ({ player, market, body }: Wanted): string => `${player} ${market} ${/"outcome":"(\w+)"/.exec(body)?.[1]}`;
  for (let n = 0; n < DRAWS; n += 1) {
    const wanted = workload.next('spread');
    const place = placeOf(wanted);
    if (wanted.kind === 'buy') {
      workload.bought(wanted, '5.25');
      held.set(place, (held.get(place) ?? 0) + 1);
    } else if (wanted.kind === 'sell') {
      expect(held.get(place)).toBeGreaterThan(0);
      held.set(place, (held.get(place) ?? 0) - 1);
      expect(wanted.body).toContain('"quantity":5.25');
    }
  }
});

test('players and markets are drawn by zipf, bodies are JSON, one market is one market', () => {
  const drawn = draw('spread');
  // 1 / (1 + 1/2 + ... + 1/1000) of the markets, 1 / (1 + 2 ** -0.8 + ... ) of the players.
  expect(share(drawn, ({ market }) => market === 0)).toBeCloseTo(0.134, 1);
  expect(share(drawn, ({ player }) => player === 0)).toBeCloseTo(0.031, 1);
  for (const { body } of drawn.slice(0, 500)) expect(JSON.parse(body)).toMatchObject({ market_id: expect.stringMatching(/^mkt_/) });
  expect(share(draw('one-market'), ({ market }) => market === 0)).toBe(1);
});
