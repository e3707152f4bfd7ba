/** What can be made to go wrong, for trying out the platform's side: per method, with a probability, switchable while running. */
import { MOVES } from './ledger.ts';

export const METHODS = ['PING', 'BALANCE', ...MOVES] as const;

/** `before`: nothing has happened yet. `after`: the money has moved and the platform cannot know. */
export const FAULTS = {
  slow: { when: 'before', says: 'Waits before it does anything' },
  error_500: { when: 'before', says: 'HTTP 500, nothing done' },
  html: { when: 'before', says: 'A maintenance page with status 200, nothing done' },
  wrong_signature: { when: 'before', says: 'Claims that the signature is wrong, nothing done' },
  reset: { when: 'before', says: 'Connection reset, nothing done' },
  duplicate: { when: 'after', says: 'Handled twice, as a proxy that delivers twice would; the second answer is sent' },
  error_after_commit: { when: 'after', says: 'Done, then HTTP 500' },
  html_after_commit: { when: 'after', says: 'Done, then a web page with status 200' },
  timeout_after_commit: { when: 'after', says: 'Done, then never answered' },
  reset_after_commit: { when: 'after', says: 'Done, then connection reset' },
} as const;
export type FaultName = keyof typeof FAULTS;
export type FaultRule = { fault: FaultName; method: string; probability: number; ms?: number };
/** What one callback has to suffer. */
export type Suffering = { delayMs: number; before: FaultName | undefined; after: FaultName | undefined };

const LONGEST_MS = 120_000;
const DEFAULT_SLOW_MS = 2_000;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The rules of a request body, or what is wrong with it. */
export function readRules(body: unknown): FaultRule[] | string {
  const given = isObject(body) ? body['rules'] : undefined;
  if (!Array.isArray(given) || given.length > 100) return 'Expected {"rules": [{"fault", "method", "probability", "ms"}]}';
  const rules: FaultRule[] = [];
  for (const rule of given as unknown[]) {
    if (!isObject(rule)) return 'Each rule is an object';
    const { fault, method = '*', probability = 1, ms } = rule;
    if (typeof fault !== 'string' || !Object.hasOwn(FAULTS, fault)) return `fault is one of ${Object.keys(FAULTS).join(', ')}`;
    if (method !== '*' && !METHODS.includes(method as (typeof METHODS)[number])) return `method is * or one of ${METHODS.join(', ')}`;
    if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1)) return 'probability is a number from 0 to 1';
    if (ms !== undefined && !(Number.isInteger(ms) && (ms as number) >= 0 && (ms as number) <= LONGEST_MS))
      return `ms is a whole number up to ${LONGEST_MS}`;
    rules.push({ fault: fault as FaultName, method: method as string, probability, ...(ms === undefined ? {} : { ms: ms as number }) });
  }
  return rules;
}

/** `random` gives numbers in [0, 1); hand in a seeded one to repeat a run. */
export function openFaults(random: () => number) {
  let rules: FaultRule[] = [];
  return {
    rules: (): readonly FaultRule[] => rules,
    replace(next: FaultRule[]): void {
      rules = next;
    },
    /** Rolls every rule of the method; of several faults of one kind the first listed wins, delays add up. */
    roll(method: string): Suffering {
      const hits = rules.filter((rule) => (rule.method === '*' || rule.method === method) && random() < rule.probability);
      const first = (when: 'before' | 'after') => hits.find(({ fault }) => fault !== 'slow' && FAULTS[fault].when === when)?.fault;
      const delayMs = hits.filter(({ fault }) => fault === 'slow').reduce((sum, { ms = DEFAULT_SLOW_MS }) => sum + ms, 0);
      return { delayMs, before: first('before'), after: first('after') };
    },
  };
}
export type Faults = ReturnType<typeof openFaults>;
