/** Whether a market's source and its last price agree about how it ended. A result needs both; two that disagree hold the market. */
import type { Price } from '@predictu/contract/units';
import type { Result } from './entitlement.rules.ts';

type Said = { result: Exclude<Result, 'void'>; evidence: string };
/** What the source has said: its first result, a later one against it, and how far its own resolution is. */
export type SourceSignals = { resolution?: Said; conflict?: Said; resolutionStatus?: string | null };
export type Verdict =
  /** The source has said nothing yet. */
  | { kind: 'wait' }
  /** It has, and nothing else says the same or the opposite. */
  | { kind: 'unsure'; result: Said['result']; evidence: string }
  | { kind: 'agreed'; result: Said['result']; evidence: string }
  | { kind: 'held'; result: Said['result']; evidence: string };

/** From here on a last price says yes; as far from the other end, no. */
const SURE = 9_000n;
const FULL = 10_000n;
const EVEN = { low: 4_500n, high: 5_500n };

function saidByPrice(mid: Price | null): Said['result'] | undefined {
  if (mid === null) return undefined;
  if (mid >= SURE) return 'yes';
  if (mid <= FULL - SURE) return 'no';
  return mid >= EVEN.low && mid <= EVEN.high ? 'split' : undefined;
}

/** `mid` is the last price of YES that was accepted, in hundredths of a cent. */
export function judgeSignals({ resolution, conflict, resolutionStatus }: SourceSignals, mid: Price | null): Verdict {
  if (!resolution) return { kind: 'wait' };
  const { result, evidence } = resolution;
  if (conflict) return { kind: 'held', result, evidence: `${evidence}; later the source said ${conflict.result}: ${conflict.evidence}` };
  const priced = saidByPrice(mid);
  if (priced === result) return { kind: 'agreed', result, evidence: `${evidence}; last price ${mid} of ${FULL}` };
  const opposite = (result === 'yes' && priced === 'no') || (result === 'no' && priced === 'yes');
  if (opposite) return { kind: 'held', result, evidence: `${evidence}; but the last price was ${mid} of ${FULL}` };
  if (resolutionStatus === 'resolved') return { kind: 'agreed', result, evidence: `${evidence}; its oracle has resolved` };
  const price = mid === null ? 'there is no last price' : `the last price was ${mid} of ${FULL}`;
  return { kind: 'unsure', result, evidence: `${evidence}; but ${price}` };
}
