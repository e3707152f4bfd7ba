import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Circuit, CLOSED, enter, leave, reopensAt } from './circuit.rules.ts';

const START = new Date('2026-06-01T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1_000);
/** A request from one second to another that failed. */
const failed = (circuit: Circuit, from: number, to: number, tried = false) =>
  leave(circuit, { succeeded: false, tried, startedAt: after(from) }, after(to));
const succeeded = (circuit: Circuit, from: number, to: number) =>
  leave(circuit, { succeeded: true, tried: false, startedAt: after(from) }, after(to));
const times = (n: number, step: (circuit: Circuit) => Circuit, from: Circuit = CLOSED): Circuit => {
  let circuit = from;
  for (let i = 0; i < n; i += 1) circuit = step(circuit);
  return circuit;
};
/** Five, one after the other; open since second 0. */
const opened = times(5, (circuit) => failed(circuit, 0, 0));
function tryAll(circuit: Circuit, at: number): Circuit {
  let next = circuit;
  for (let i = 0; i < 3; i += 1) {
    const entered = enter(next, after(at));
    expect(entered).toMatchObject({ allowed: true, tries: true });
    next = failed(entered.circuit, at, at, true);
  }
  return next;
}

test('five failures in a row open it; a success between them does not', () => {
  expect(reopensAt(times(4, (circuit) => failed(circuit, 0, 0)))).toBeUndefined();
  expect(reopensAt(opened)).toEqual(after(5));
  const four = times(4, (circuit) => failed(circuit, 0, 0));
  expect(enter(failed(succeeded(four, 0, 0), 0, 0), START).allowed).toBe(true);
});

test('any number of requests that fail at the same time are one trouble; the next that fails after them opens it', () => {
  const many = times(32, (circuit) => failed(circuit, 0, 3));
  expect(enter(many, after(3)).allowed).toBe(true);
  expect(enter(failed(many, 2.9, 6), after(6)).allowed).toBe(true);
  expect(enter(failed(many, 3.1, 6), after(6)).allowed).toBe(false);
  expect(enter(failed(succeeded(many, 3.1, 3.2), 3.3, 6), after(6)).allowed).toBe(true);
});

test('after the rest three requests try; one success closes it', () => {
  expect(enter(opened, after(4.9)).allowed).toBe(false);
  let circuit = opened;
  for (let i = 0; i < 3; i += 1) {
    const entered = enter(circuit, after(5));
    expect(entered).toMatchObject({ allowed: true, tries: true });
    circuit = entered.circuit;
  }
  expect(enter(circuit, after(5)).allowed).toBe(false);
  const two = failed(failed(circuit, 5, 6, true), 5, 6, true);
  expect(two.openedAt).toEqual(START);
  expect(leave(two, { succeeded: true, tried: true, startedAt: after(5) }, after(6))).toEqual(CLOSED);
});

test('when all three failed the next rest is twice as long, up to half a minute', () => {
  let circuit = tryAll(opened, 5);
  expect(reopensAt(circuit)).toEqual(after(15));
  circuit = tryAll(circuit, 15);
  expect(reopensAt(circuit)).toEqual(after(35));
  for (const at of [100, 200, 300]) circuit = tryAll(circuit, at);
  expect(reopensAt(circuit)).toEqual(after(330));
});

test('what was sent before it opened neither prolongs the rest nor uses up a try', () => {
  const trying = enter(opened, after(5)).circuit;
  expect(failed(trying, 0, 6)).toMatchObject({ trying: 1, tried: 0, openedAt: START });
});

test('never more than three tries at a time, and never shut for longer than half a minute', () => {
  const event = fc.record({ wait: fc.integer({ min: 0, max: 90 }), takes: fc.integer({ min: 0, max: 20 }), succeeded: fc.boolean() });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 60 }), (events) => {
      let circuit = CLOSED;
      let seconds = 0;
      for (const { wait, takes, succeeded: well } of events) {
        seconds += wait;
        const entered = enter(circuit, after(seconds));
        circuit = entered.circuit;
        if (!entered.allowed) continue;
        expect(circuit.trying + circuit.tried).toBeLessThanOrEqual(3);
        const startedAt = after(seconds);
        seconds += takes;
        circuit = leave(circuit, { succeeded: well, tried: entered.tries, startedAt }, after(seconds));
      }
      expect(enter(circuit, after(seconds + 30)).allowed).toBe(true);
    }),
  );
});

test('a wallet that loses one request in ten is shut for less than a hundredth of the time', () => {
  let random = 7;
  const loses = (): boolean => {
    random = (random * 48_271) % 2_147_483_647;
    return random % 10 === 0;
  };
  let circuit = CLOSED;
  let shut = 0;
  const TENTHS = 100_000;
  for (let tenth = 0; tenth < TENTHS; tenth += 1) {
    const at = tenth / 10;
    // Eight at a time; each that is lost ends a second later than the others.
    for (let place = 0; place < 8; place += 1) {
      const entered = enter(circuit, after(at));
      circuit = entered.circuit;
      if (!entered.allowed) shut += 1;
      else circuit = leave(circuit, { succeeded: !loses(), tried: entered.tries, startedAt: after(at - 1) }, after(at));
    }
  }
  expect(shut / (TENTHS * 8)).toBeLessThan(0.01);
});
