/** A trial as the wire shows it. */
import { readOnlyFrom, type TrialPhase, trialPhase } from './trial.rules.ts';

export type ShownTrial = { ends_at: Date; read_only_from: Date; read_only_since: Date | null; phase: TrialPhase };

/** Null for an operator that is not on trial. */
export function shownTrial(
  { trialEndsAt, readOnlySince }: { trialEndsAt: Date | null; readOnlySince: Date | null },
  now: Date,
): ShownTrial | null {
  if (trialEndsAt === null) return null;
  const phase = readOnlySince === null ? trialPhase(trialEndsAt, now) : 'over';
  return { ends_at: trialEndsAt, read_only_from: readOnlyFrom(trialEndsAt), read_only_since: readOnlySince, phase };
}
