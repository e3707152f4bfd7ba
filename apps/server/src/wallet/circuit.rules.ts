/** A wallet's circuit: after failures in a row nothing is sent for a while, then a few requests try. Pure; one per operator and process. */

export type Circuit = {
  /** Failures since the last success. */
  failures: number;
  /** When the first of them ended. */
  failingSince: Date | null;
  /** Null while closed. */
  openedAt: Date | null;
  /** How often it has opened without a success in between. */
  openings: number;
  /** Requests that try, under way. */
  trying: number;
  /** Requests that have tried in vain since the rest ended. */
  tried: number;
};

export const CLOSED: Circuit = { failures: 0, failingSince: null, openedAt: null, openings: 0, trying: 0, tried: 0 };
const FAILURES_TO_OPEN = 5;
/** One may be unlucky with a wallet that is well again. */
const TRIES = 3;
const FIRST_REST_MS = 5_000;
const LONGEST_REST_MS = 30_000;

/** When requests may try again; undefined while closed. */
export function reopensAt({ openedAt, openings }: Circuit): Date | undefined {
  if (openedAt === null) return undefined;
  return new Date(openedAt.getTime() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(openings - 1, 10)));
}

/** Whether a request may go now, and whether it is one that tries. */
export function enter(circuit: Circuit, now: Date): { allowed: boolean; tries: boolean; circuit: Circuit } {
  const at = reopensAt(circuit);
  if (at === undefined) return { allowed: true, tries: false, circuit };
  if (now < at || circuit.trying + circuit.tried >= TRIES) return { allowed: false, tries: false, circuit };
  return { allowed: true, tries: true, circuit: { ...circuit, trying: circuit.trying + 1 } };
}

export type Ended = { succeeded: boolean; tried: boolean; startedAt: Date };

/**
 * A request ended. An answer, even a refusal, is a success of the connection. What fails at the same time is one trouble, however many
 * requests it hits: it opens only once a request that began after the first failure has failed too.
 */
export function leave(circuit: Circuit, { succeeded, tried, startedAt }: Ended, now: Date): Circuit {
  if (succeeded) return CLOSED;
  const failures = circuit.failures + 1;
  const failingSince = circuit.failingSince ?? now;
  const failed = { ...circuit, failures, failingSince };
  if (circuit.openedAt !== null) {
    // What was sent before it opened ends late: it neither prolongs the rest nor uses up a try.
    if (!tried) return failed;
    const trying = circuit.trying - 1;
    if (circuit.tried + 1 < TRIES) return { ...failed, trying, tried: circuit.tried + 1 };
    return { ...failed, openedAt: now, openings: circuit.openings + 1, trying: 0, tried: 0 };
  }
  const persists = circuit.failingSince !== null && startedAt >= circuit.failingSince;
  return failures >= FAILURES_TO_OPEN && persists ? { ...failed, openedAt: now, openings: 1, trying: 0, tried: 0 } : failed;
}
