import { cents, price, shares } from '@predictu/contract/units';
import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from './draft-request.rules.ts';
import { type Kind, type Limited, suggestionsFor, type Watched } from './suggestion.rules.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const inMinutes = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
const CALM: Watched = {
  marketId: 7n,
  title: 'Will it?',
  status: 'active',
  anchor: price(5_000n),
  depth: cents(500_000n),
  endAt: inMinutes(10_000),
  yes: shares(100n),
  no: shares(100n),
  tradeCount: 2n,
  hourYes: cents(1_000n),
  hourNo: cents(900n),
  utilisation: 3,
  resolver: 'operator',
  draft: EMPTY_DRAFT,
  findings: [],
};
const PLAYER: Limited = { playerId: 9n, name: 'ada', refusals: 9, score: 30, trades: 60, since: NOW };
const kinds = (change: Partial<Watched>): Kind[] => suggestionsFor([{ ...CALM, ...change }], [], NOW).map(({ kind }) => kind);
const finding = { rule: 'tie_missing', severity: 'error', field: 'clauses.tie', message: 'm', excerpt: null } as const;

test('a calm market gives no reason', () => {
  expect(kinds({})).toEqual([]);
});

const CASES: readonly (readonly [what: string, change: Partial<Watched>, kinds: Kind[]])[] = [
  ['nearly all of much money on one side', { hourYes: cents(300_000n), hourNo: cents(10_000n) }, ['pause']],
  ['the same of little money', { hourYes: cents(30_000n), hourNo: cents(100n) }, []],
  ['much money on both sides', { hourYes: cents(300_000n), hourNo: cents(200_000n) }, []],
  ['the cut-off is over', { endAt: inMinutes(-5) }, ['resolve']],
  ['the cut-off is over, the platform resolves', { endAt: inMinutes(-5), resolver: 'platform' }, []],
  ['a paused market past its cut-off', { endAt: inMinutes(-5), status: 'paused' }, ['resolve']],
  ['half an hour left with a loaded book', { endAt: inMinutes(30), yes: shares(300_000n) }, ['pause', 'reprice']],
  ['half an hour left with a level book', { endAt: inMinutes(30) }, []],
  ['a loaded book', { yes: shares(300_000n) }, ['reprice']],
  ['a loaded book at the last price there is', { yes: shares(300_000n), anchor: price(9_900n) }, []],
  ['most of its limit used', { utilisation: 75 }, ['widen']],
  ['most of its limit used at the least depth', { utilisation: 75, depth: cents(10_000n) }, []],
  [
    'unclear wording nobody has traded on',
    { tradeCount: 0n, findings: [{ ...finding, fix: { text: 'Take', patch: { description: 'x' } } }] },
    ['fix_wording'],
  ],
  [
    'unclear wording that is traded on',
    { tradeCount: 1n, findings: [{ ...finding, fix: { text: 'Take', patch: { description: 'x' } } }] },
    [],
  ],
  ['unclear wording only a person can mend', { tradeCount: 0n, findings: [{ ...finding, fix: { text: 'Think', patch: null } }] }, []],
];
test.each(CASES)('%s', (_, change, expected) => {
  expect(kinds(change)).toEqual(expected);
});

test('every suggestion has evidence, and the same state has the same fingerprint', () => {
  for (const [, change] of CASES) {
    const [one, other] = [0, 1].map(() => suggestionsFor([{ ...CALM, ...change }], [], NOW));
    expect(one).toEqual(other);
    for (const { evidence, reason, title } of one ?? [])
      expect([evidence.length > 0, reason !== '', title !== '']).toEqual([true, true, true]);
  }
});

test('a new price goes towards the load and no further than ten cents', () => {
  const [up] = suggestionsFor([{ ...CALM, yes: shares(100_000_000n) }], [], NOW);
  expect(up?.action).toEqual({ do: 'reprice', anchor: '6000' });
  const [down] = suggestionsFor([{ ...CALM, no: shares(300_000n) }], [], NOW);
  expect(down?.action).toEqual({ do: 'reprice', anchor: String(5_000n - 299n) });
});

test.each([
  ['often refused, long known, not sharp', {}, 1],
  ['seldom refused', { refusals: 4 }, 0],
  ['hardly known', { trades: 10 }, 0],
  ['sharper than the average', { score: 60 }, 0],
])('a player %s', (_, change, count) => {
  expect(suggestionsFor([], [{ ...PLAYER, ...change }], NOW)).toHaveLength(count);
});
