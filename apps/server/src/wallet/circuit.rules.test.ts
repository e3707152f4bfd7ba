import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Circuit, CLOSED, enter, leave, reopensAt } from './circuit.rules.ts';

const START = new Date('2026-06-01T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000);
const failed = (circuit: Circuit, at: Date, tried = false) => leave(circuit, { succeeded: false, tried }, at);
const opened = Array.from({ length: 5 }).reduce<Circuit>((circuit) => failed(circuit, START), CLOSED);

test('five failures in a row open it; a success between them does not', () => {
  expect(reopensAt(opened)).toEqual(after(10));
  const four = Array.from({ length: 4 }).reduce<Circuit>((circuit) => failed(circuit, START), CLOSED);
  expect(enter(failed(leave(four, { succeeded: true, tried: false }, START), START), START).allowed).toBe(true);
});

test('one request tries after the rest; the next rest is twice as long, up to a minute', () => {
  expect(enter(opened, after(9)).allowed).toBe(false);
  const first = enter(opened, after(10));
  expect(first).toMatchObject({ allowed: true, tries: true });
  expect(enter(first.circuit, after(10)).allowed).toBe(false);
  let circuit = failed(first.circuit, after(10), true);
  expect(reopensAt(circuit)).toEqual(after(30));
  for (let i = 0; i < 10; i += 1) circuit = failed({ ...circuit, trying: true }, START, true);
  expect(reopensAt(circuit)).toEqual(after(60));
  expect(leave({ ...circuit, trying: true }, { succeeded: true, tried: true }, START)).toEqual(CLOSED);
});

test('what was sent before it opened neither prolongs the rest nor uses up the try', () => {
  const trying = enter(opened, after(10)).circuit;
  expect(failed(trying, after(11))).toMatchObject({ trying: true, openedAt: START });
});

test('never two tries at a time, and never shut for ever', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ wait: fc.integer({ min: 0, max: 90 }), succeeded: fc.boolean() }), { maxLength: 60 }), (events) => {
      let circuit = CLOSED;
      let seconds = 0;
      for (const { wait, succeeded } of events) {
        seconds += wait;
        const entered = enter(circuit, after(seconds));
        circuit = entered.circuit;
        if (!entered.allowed) continue;
        if (entered.tries) expect(enter(circuit, after(seconds)).allowed).toBe(false);
        circuit = leave(circuit, { succeeded, tried: entered.tries }, after(seconds));
      }
      expect(enter(circuit, after(seconds + 60)).allowed).toBe(true);
    }),
  );
});
