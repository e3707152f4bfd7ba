import { expect, test } from 'vitest';
import { personOf } from './person.rules.ts';

const OPERATOR = { count: 1_000, days: 90 };
const people = Array.from({ length: OPERATOR.count }, (_, index) => personOf(0, index, OPERATOR));
const daysOf = (name: string): number => {
  const stays = people.filter(({ temperament }) => temperament.name === name).map(({ stays }) => stays * OPERATOR.days);
  return stays.reduce((sum, days) => sum + days, 0) / stays.length;
};

test('the same number is the same person, at one operator', () => {
  expect(personOf(0, 17, OPERATOR)).toEqual(people[17]);
  expect(personOf(1, 17, OPERATOR)).not.toEqual(people[17]);
});

test('people come in the order of their numbers: a third before the history, the others all through it', () => {
  people.forEach(({ comes }, index) => {
    expect(comes).toBeGreaterThanOrEqual(people[index - 1]?.comes ?? -1);
    expect(comes).toBeLessThan(1);
  });
  expect(people.filter(({ comes }) => comes < 0).length).toBeGreaterThan(300);
  expect(people.filter(({ comes }) => comes < 0).length).toBeLessThan(380);
  expect(people.filter(({ comes }) => comes > 0.9).length).toBeGreaterThan(40);
});

test('who stays how long follows temperament', () => {
  expect(daysOf('bonus_hunter')).toBeLessThan(10);
  expect(daysOf('casual')).toBeGreaterThan(15);
  expect(daysOf('regular')).toBeGreaterThan(2 * daysOf('casual'));
});

test('a phone visits the mobile site', () => {
  expect(people.every(({ mobile, userAgent }) => mobile === /Mobile/.test(userAgent))).toBe(true);
  expect(new Set(people.map(({ userAgent }) => userAgent)).size).toBeGreaterThan(5);
});
