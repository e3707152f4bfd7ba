import { expect, test } from 'vitest';
import { AFTERMATH_MS, DAY_MS, momentsOf } from './demo-calendar.rules.ts';
import { draws } from './demo-seed.rules.ts';

// A Monday.
const START = Date.UTC(2026, 5, 1);
const SCALE = { days: 28, players: 500, moves: 20_000 };
const END = START + SCALE.days * DAY_MS;
const moments = momentsOf(START, END, SCALE, draws(5));
const movesWhere = (wanted: (at: Date) => boolean): number =>
  moments.reduce((sum, { at, moves }) => sum + (wanted(new Date(at)) ? moves : 0), 0);

test('moments are in order, within the history, each with time for its aftermath', () => {
  moments.forEach(({ at }, index) => {
    expect(at).toBeGreaterThanOrEqual(START);
    expect(at + 2 * AFTERMATH_MS).toBeLessThanOrEqual(moments[index + 1]?.at ?? END);
  });
});

test('all moves are made, and every start draws the same', () => {
  expect(Math.abs(movesWhere(() => true) - SCALE.moves)).toBeLessThan(SCALE.moves / 50);
  expect(momentsOf(START, END, SCALE, draws(5))).toEqual(moments);
});

test('nobody looks at prices when nobody moves: a long thin history is not made of moments in which nothing happens', () => {
  const thin = momentsOf(START, END, { ...SCALE, moves: 40 }, draws(5));
  expect(thin.every(({ moves }) => moves > 0)).toBe(true);
  expect(thin.length).toBeLessThan(moments.length / 2);
  expect(moments.every(({ moves }) => moves > 0)).toBe(true);
});

test('evenings, weekends and later weeks are busier', () => {
  expect(movesWhere((at) => at.getUTCHours() >= 18 && at.getUTCHours() < 22)).toBeGreaterThan(movesWhere((at) => at.getUTCHours() < 8));
  const saturdays = movesWhere((at) => at.getUTCDay() === 6);
  expect(saturdays).toBeGreaterThan(1.2 * movesWhere((at) => at.getUTCDay() === 1));
  const middle = (START + END) / 2;
  expect(movesWhere((at) => at.getTime() >= middle)).toBeGreaterThan(1.3 * movesWhere((at) => at.getTime() < middle));
});

test('the last day is looked at more closely', () => {
  const inDay = (day: number): number => moments.filter(({ at }) => Math.floor((at - START) / DAY_MS) === day).length;
  expect(inDay(SCALE.days - 1)).toBeGreaterThan(3 * inDay(SCALE.days - 8));
});
