/** How far an operator has come, with what every step asks for and what the server finds. */
import type { getOnboarding as ofAny } from '@predictu/contract/admin/onboarding';
import type { Id } from '@predictu/contract/ids';
import type { getOwnOnboarding as ofOwn } from '@predictu/contract/operator/onboarding';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import {
  currentStep,
  type Evidence,
  optionalSteps,
  type Progress,
  progressOf,
  progressPercent,
  remainingSteps,
  requirementsOf,
} from './onboarding.rules.ts';
import { type OnboardingRow, selectEvidence, selectOnboarding } from './onboarding.sql.ts';

export const progressOfRow = ({ status, onboarded_at: onboardedAt, onboarding: stored }: OnboardingRow): Progress =>
  progressOf({ status, onboardedAt, stored });

export const shownOnboarding = (row: Pick<OnboardingRow, 'id' | 'status' | 'updated_at'>, progress: Progress, evidence: Evidence) => ({
  operator_id: row.id as Id<'operator'>,
  current_step: currentStep(progress),
  completed_steps: progress.completed,
  skipped_steps: progress.skipped,
  remaining_steps: remainingSteps(progress),
  optional_steps: optionalSteps(evidence),
  status: row.status,
  progress_pct: progressPercent(progress),
  requirements: requirementsOf(evidence, progress),
  updated_at: row.updated_at,
});

async function show(db: Db, operatorId: bigint, now: Date) {
  const row = await selectOnboarding(db, operatorId);
  if (!row) throw notFound('operator');
  return { data: shownOnboarding(row, progressOfRow(row), await selectEvidence(db, row, now)) };
}

export const getOnboarding: Handler<typeof ofAny> = ({ db, now }, { params }) => show(db, params.operator_id, now);
export const getOwnOnboarding: Handler<typeof ofOwn> = ({ db, actor, now }) => show(db, actor.operatorId, now);
