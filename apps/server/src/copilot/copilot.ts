/**
 * Door of the copilot. Nouns: draft and finding (a market being written), engine (what answers), answer and credits (what is paid for it), own market
 * and house price, suggestion (of the MarketAgent), advice (what a model proposes to it), score (a probability of a question by its words, and later its outcome).
 * Invariants: an answer is paid once or paid back; credits are never below zero; nothing an engine says does more than show a draft; an own market is
 * seen by its operator and its players only; what is accepted of a suggestion is an ordinary act; a score never changes after it was given.
 * Lock order: the sequencer, then the account of the credits. No transaction is open while an engine works.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { NOT_CONFIGURED, type Probe } from '../platform/health.ts';
import type { Advisor } from './claude-advisor.ts';
import type { ClaudeOptions, ClaudeState } from './claude-engine.ts';
import type { Engine } from './engine.ts';
import { type HousePrices, openHousePrices } from './house-prices.ts';
import { rulesEngine } from './rules-engine.ts';

export { askAdvice } from './ask-advice.ts';
export { refundAbandoned } from './credits.ts';
export { scoreMarkets } from './score-markets.ts';
export { suggestDecisions } from './suggest-decisions.ts';

export type Copilot = { engine: Engine; advisor: Advisor | null; housePrices: HousePrices; probe: Probe };
export type CopilotOptions = {
  /** Without it the rules answer. */
  claude: ClaudeOptions | undefined;
  database: Database;
  clock: Clock;
  log: { warn(detail: object, message: string): void };
};

/** Between two questions to the provider, however often health is asked. */
const PROBE_EVERY_MS = 30_000;

function probeOf(ask: () => Promise<ClaudeState>): Probe {
  let known: { at: number; state: Promise<ClaudeState> } | undefined;
  return async () => {
    const begun = performance.now();
    if (!known || begun - known.at > PROBE_EVERY_MS) known = { at: begun, state: ask() };
    const { state, detail } = await known.state;
    return { state, latency_ms: Math.round(performance.now() - begun), detail };
  };
}

/** Its library is loaded only where it is configured. */
async function openClaude(claude: ClaudeOptions): Promise<Pick<Copilot, 'engine' | 'advisor' | 'probe'>> {
  const [{ claudeEngine, probeClaude }, { claudeAdvisor }] = await Promise.all([
    import('./claude-engine.ts'),
    import('./claude-advisor.ts'),
  ]);
  return { engine: claudeEngine(claude), advisor: claudeAdvisor(claude), probe: probeOf(() => probeClaude(claude)) };
}

/** Nothing runs before `housePrices.start`. */
export async function openCopilot({ claude, database, clock, log }: CopilotOptions): Promise<Copilot> {
  const answering = claude ? await openClaude(claude) : { engine: rulesEngine, advisor: null, probe: NOT_CONFIGURED };
  return { ...answering, housePrices: openHousePrices({ database, clock, log }) };
}
