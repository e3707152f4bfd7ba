/** A wallet's circuit: after failures in a row nothing is sent for a while, then one request tries. Pure; one per operator and process. */

export type Circuit = {
  failures: number;
  /** Null while closed. */
  openedAt: Date | null;
  /** How often it has opened without a success in between. */
  openings: number;
  /** Whether the one request that tries is under way. */
  trying: boolean;
};

export const CLOSED: Circuit = { failures: 0, openedAt: null, openings: 0, trying: false };
const FAILURES_TO_OPEN = 5;
const FIRST_REST_MS = 10_000;
const LONGEST_REST_MS = 60_000;

/** When a request may try again; undefined while closed. */
export function reopensAt({ openedAt, openings }: Circuit): Date | undefined {
  if (openedAt === null) return undefined;
  return new Date(openedAt.getTime() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(openings - 1, 10)));
}

/** Whether a request may go now, and whether it is the one that tries. */
export function enter(circuit: Circuit, now: Date): { allowed: boolean; tries: boolean; circuit: Circuit } {
  const at = reopensAt(circuit);
  if (at === undefined) return { allowed: true, tries: false, circuit };
  if (circuit.trying || now < at) return { allowed: false, tries: false, circuit };
  return { allowed: true, tries: true, circuit: { ...circuit, trying: true } };
}

/** A request ended. An answer, even a refusal, is a success of the connection. */
export function leave(circuit: Circuit, { succeeded, tried }: { succeeded: boolean; tried: boolean }, now: Date): Circuit {
  if (succeeded) return CLOSED;
  const failures = circuit.failures + 1;
  // What was sent before it opened ends late: it neither prolongs the rest nor uses up the try.
  if (circuit.openedAt !== null && !tried) return { ...circuit, failures };
  if (!tried && failures < FAILURES_TO_OPEN) return { ...circuit, failures };
  return { failures, openedAt: now, openings: circuit.openings + 1, trying: false };
}
