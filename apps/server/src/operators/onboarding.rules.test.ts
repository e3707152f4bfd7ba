import { isRefusal } from '@predictu/contract/errors';
import { ONBOARDING_STEPS } from '@predictu/contract/shapes/onboarding';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  currentStep,
  decideOnboarding,
  type Evidence,
  type Progress,
  progressOf,
  progressPercent,
  type Request,
  remainingSteps,
  requirementsOf,
  statusOf,
  unmetFor,
  waitingFor,
} from './onboarding.rules.ts';

const PROVED: Evidence = {
  walletMode: 'seamless',
  displayName: 'Lucky Spins',
  primaryColour: '#ff6b00',
  secondaryColour: '#1a1a2e',
  callbackUrl: 'https://api.luckyspins.com/wallet',
  ping: { ok: true, detail: null },
  launchKeys: 1,
  origins: [{ origin: 'https://luckyspins.com', verified: true, detail: null }],
  tested: true,
};
const NOTHING: Progress = { completed: [], skipped: [] };
const upTo = (count: number): Progress => ({ completed: ONBOARDING_STEPS.slice(0, count), skipped: [] });
const advance = (step: (typeof ONBOARDING_STEPS)[number], progress: Progress, evidence: Partial<Evidence> = {}) =>
  decideOnboarding({ action: 'advance', step }, progress, { ...PROVED, ...evidence });

test('with every proof the steps follow each other to live', () => {
  let progress = NOTHING;
  const statuses = ONBOARDING_STEPS.map((step) => {
    expect(currentStep(progress)).toBe(step);
    const next = advance(step, progress);
    if (isRefusal(next)) throw new Error(next.message);
    progress = next;
    return [statusOf(progress), progressPercent(progress)];
  });
  expect(statuses).toEqual([
    ['configuring', 20],
    ['configuring', 40],
    ['testing', 60],
    ['testing', 80],
    ['live', 100],
  ]);
  expect(currentStep(progress)).toBe('complete');
});

test.each([
  ['branding', 0, { displayName: null }, ['display_name']],
  ['branding', 0, { secondaryColour: null }, ['colours']],
  ['s2s_config', 1, { callbackUrl: null, ping: null }, ['callback_url', 'ping_answered']],
  ['s2s_config', 1, { ping: { ok: false, detail: 'HTTP 500' } }, ['ping_answered']],
  ['embed_setup', 2, { origins: [{ origin: 'https://a.test', verified: false, detail: null }] }, ['origin_verified']],
  ['embed_setup', 2, { launchKeys: 0 }, ['launch_key']],
  ['test_trades', 3, { tested: false }, ['test_trade']],
  ['go_live', 4, { ping: { ok: false, detail: null }, displayName: null }, ['display_name', 'ping_answered']],
  ['go_live', 0, { tested: false }, ['test_trade', 'earlier_steps']],
] as const)('%s after %i steps is refused for what is missing', (step, passed, evidence, missing) => {
  const refusal = advance(step, upTo(passed), evidence as Partial<Evidence>);
  if (!isRefusal(refusal)) throw new Error('It passed');
  expect(refusal.refused).toBe('REQUIREMENTS_UNMET');
  expect((refusal.details as { unmet: { requirement: string }[] }).unmet.map(({ requirement }) => requirement)).toEqual(missing);
});

describe('steps out of turn', () => {
  test.each([
    ['a step passed before', { action: 'advance', step: 'branding' }, 2],
    ['a step ahead whose own proof is there', { action: 'advance', step: 'test_trades' }, 1],
    ['anything once live', { action: 'advance', step: 'go_live' }, 5],
    ['skipping ahead', { action: 'skip', step: 's2s_config' }, 0],
    ['rolling back another step', { action: 'rollback', step: 'branding' }, 2],
    ['rolling back the first', { action: 'rollback', step: 'branding' }, 0],
  ] as [string, Request, number][])('%s is a conflict', (_, request, passed) => {
    expect(decideOnboarding(request, upTo(passed), { ...PROVED, walletMode: 'internal' })).toMatchObject({ refused: 'CONFLICT' });
  });
});

test('only the wallet is optional, and only where there is none', () => {
  const skip = (step: Request['step'], passed: number, walletMode: Evidence['walletMode']) =>
    decideOnboarding({ action: 'skip', step }, upTo(passed), { ...PROVED, walletMode, callbackUrl: null, ping: null });
  expect(skip('s2s_config', 1, 'seamless')).toMatchObject({ refused: 'CONFLICT' });
  expect(skip('test_trades', 3, 'internal')).toMatchObject({ refused: 'CONFLICT' });
  const skipped = skip('s2s_config', 1, 'internal');
  if (isRefusal(skipped)) throw new Error(skipped.message);
  expect(skipped).toEqual({ completed: ['branding'], skipped: ['s2s_config'] });
  const last = { completed: ['branding', 'embed_setup', 'test_trades'], skipped: ['s2s_config'] } as Progress;
  expect(unmetFor('go_live', requirementsOf({ ...PROVED, walletMode: 'internal', callbackUrl: null, ping: null }, last))).toEqual([]);
});

test('an operator nobody took through the steps has those its status says', () => {
  const of = (status: 'pending' | 'testing' | 'live' | 'suspended', onboardedAt: Date | null = null) =>
    currentStep(progressOf({ status, onboardedAt, stored: {} }));
  expect(of('pending')).toBe('branding');
  expect(of('testing')).toBe('test_trades');
  expect(of('live')).toBe('complete');
  expect(of('suspended', new Date(0))).toBe('complete');
});

test('whatever is asked in whatever order: nobody is live without every proof, and a rollback undoes one step', () => {
  const request = fc.record({
    action: fc.constantFrom('advance' as const, 'rollback' as const, 'skip' as const),
    step: fc.constantFrom(...ONBOARDING_STEPS),
  });
  const evidence = fc.record({
    walletMode: fc.constantFrom('internal' as const, 'seamless' as const, 'shadow' as const),
    displayName: fc.constantFrom(null, 'A'),
    primaryColour: fc.constant('#000000'),
    secondaryColour: fc.constantFrom(null, '#ffffff'),
    callbackUrl: fc.constantFrom(null, 'https://a.test'),
    ping: fc.constantFrom(null, { ok: true, detail: null }, { ok: false, detail: 'no' }),
    launchKeys: fc.constantFrom(0, 1),
    origins: fc.constantFrom<Evidence['origins'][]>([], [{ origin: 'https://a.test', verified: true, detail: null }]),
    tested: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(request, evidence), { maxLength: 30 }), (asked) => {
      let progress = NOTHING;
      for (const [one, found] of asked) {
        const next = decideOnboarding(one, progress, found);
        if (isRefusal(next)) continue;
        const difference = remainingSteps(next).length - remainingSteps(progress).length;
        expect(difference).toBe(one.action === 'rollback' ? 1 : -1);
        if (statusOf(next) === 'live') {
          expect(found).toMatchObject({ displayName: 'A', secondaryColour: '#ffffff', launchKeys: 1, tested: true });
          expect(found.origins).toHaveLength(1);
          if (found.walletMode === 'seamless' || !next.skipped.includes('s2s_config'))
            expect(found.ping?.ok && found.callbackUrl).toBeTruthy();
        }
        progress = next;
      }
    }),
  );
});

test('the platform is waited for exactly when its advance or its skip would be taken', () => {
  const some: fc.Arbitrary<Evidence> = fc.record({
    walletMode: fc.constantFrom('internal', 'seamless'),
    displayName: fc.constantFrom(null, 'Name'),
    primaryColour: fc.constantFrom(null, '#000000'),
    secondaryColour: fc.constant('#ffffff'),
    callbackUrl: fc.constantFrom(null, 'https://a.example'),
    ping: fc.constantFrom(null, { ok: false, detail: 'no' }, { ok: true, detail: null }),
    launchKeys: fc.constantFrom(0, 1),
    origins: fc.constantFrom([], [{ origin: 'https://a.example', verified: true, detail: null }]),
    tested: fc.boolean(),
  });
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: ONBOARDING_STEPS.length }), (evidence, count) => {
      const progress = upTo(count);
      const step = currentStep(progress);
      const taken = (action: Request['action']) =>
        step !== 'complete' && !isRefusal(decideOnboarding({ action, step }, progress, evidence));
      expect(waitingFor('configuring', progress, evidence)).toBe(taken('advance') ? 'pass' : taken('skip') ? 'skip' : null);
      expect(waitingFor('suspended', progress, evidence)).toBeNull();
    }),
  );
});
