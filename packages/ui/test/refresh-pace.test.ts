import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { refreshPace } from '../src/api/refresh-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is rare is asked at once, what never ends once a span', () => {
  const asked: string[] = [];
  const pace = refreshPace<string>(20_000, (name) => asked.push(name));
  pace.touch('listBreakers');
  expect(asked).toEqual(['listBreakers']);
  vi.advanceTimersByTime(60_000);
  expect(asked).toEqual(['listBreakers']);
  pace.touch('listBreakers');
  expect(asked).toHaveLength(2);
  for (let second = 0; second < 60; second += 1) {
    pace.touch('listTrades');
    vi.advanceTimersByTime(1_000);
  }
  expect(asked.filter((name) => name === 'listTrades')).toHaveLength(4);
});

test('after stopping nothing is asked any more', () => {
  const asked: string[] = [];
  const pace = refreshPace<string>(1_000, (name) => asked.push(name));
  pace.touch('getRisk');
  pace.touch('getRisk');
  pace.stop();
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual(['getRisk']);
});

test('what has just been asked is not asked again at its first touch, but after its span', () => {
  const refresh = vi.fn();
  const pace = refreshPace(1_000, refresh);
  pace.begin('a');
  pace.touch('a');
  expect(refresh).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1_000);
  expect(refresh.mock.calls).toEqual([['a']]);
  pace.begin('b');
  vi.advanceTimersByTime(1_000);
  pace.touch('b');
  expect(refresh).toHaveBeenLastCalledWith('b');
  pace.stop();
});
