/** Onboarding of an operator: its steps, what each asks for, and how far it has come. */
import { z } from 'zod';
import { operatorId } from '../ids.ts';
import { instant } from '../units.ts';
import { colour } from './branding-preview.ts';

export const ONBOARDING_STEPS = ['branding', 's2s_config', 'embed_setup', 'test_trades', 'go_live'] as const;
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];
export const onboardingStep = z.enum(ONBOARDING_STEPS);

export const REQUIREMENTS = [
  'display_name',
  'colours',
  'callback_url',
  'ping_answered',
  'launch_key',
  'origin_verified',
  'test_trade',
  'earlier_steps',
] as const;
export const onboardingRequirement = z
  .object({
    step: onboardingStep,
    requirement: z.enum(REQUIREMENTS),
    met: z.boolean(),
    detail: z.string().meta({ description: 'What the server found.' }),
  })
  .meta({ id: 'OnboardingRequirement' });
export type OnboardingRequirement = z.output<typeof onboardingRequirement>;

const steps = z.array(onboardingStep);
export const onboarding = z
  .object({
    operator_id: operatorId,
    current_step: z.enum([...ONBOARDING_STEPS, 'complete']),
    completed_steps: steps,
    skipped_steps: steps,
    remaining_steps: steps,
    optional_steps: steps.meta({ description: 'Those that may be skipped as the operator stands.' }),
    status: z.enum(['pending', 'configuring', 'testing', 'live', 'suspended']),
    progress_pct: z.number().int(),
    requirements: z.array(onboardingRequirement).meta({ description: 'Of every step, as the server finds them now.' }),
    updated_at: instant,
  })
  .meta({ id: 'Onboarding' });

const STEP_DATA = {
  branding: ['primary_color', 'secondary_color', 'display_name'],
  s2s_config: ['callback_url', 'signing_key_confirmed', 'test_callback_success'],
  embed_setup: ['embed_origins'],
  test_trades: ['test_trade_id'],
  go_live: [],
} as const satisfies Record<OnboardingStep, readonly string[]>;

const claimed = { description: 'Noted in the audit log; the server sends a PING of its own.' };
const data = z.strictObject({
  primary_color: colour.optional(),
  secondary_color: colour.optional(),
  display_name: z.string().trim().min(1).max(100).optional(),
  callback_url: z.string().max(500).optional(),
  signing_key_confirmed: z.boolean().optional().meta(claimed),
  test_callback_success: z.boolean().optional().meta(claimed),
  embed_origins: z.array(z.string().max(255)).max(20).optional(),
  test_trade_id: z.string().max(40).optional().meta({ description: 'Noted in the audit log; the server looks for a test trade itself.' }),
});

export const onboardingBody = z
  .strictObject({
    action: z.enum(['advance', 'rollback', 'skip']).meta({ description: 'rollback goes back one step; skip passes over an optional one.' }),
    step: onboardingStep.meta({ description: 'The current step. To roll back a finished onboarding: go_live.' }),
    data: data
      .nullable()
      .optional()
      .meta({ description: 'Fields of this step; kept with `advance`, even when a requirement is still unmet.' }),
    notes: z.string().trim().min(1).max(1_000).nullable().optional().meta({ description: 'Kept in the audit log.' }),
  })
  .check(({ value, issues }) => {
    const allowed: readonly string[] = STEP_DATA[value.step];
    for (const key of Object.keys(value.data ?? {})) {
      if (allowed.includes(key)) continue;
      issues.push({ code: 'custom', input: value.data, path: ['data', key], message: `Expected fields of the step ${value.step}` });
    }
  });

export const onboardingChanged = z.object({
  ...onboarding.shape,
  previous_step: onboardingStep.nullable().meta({ description: 'The step that was current before.' }),
  notes: z.string().nullable(),
  updated_by: z.string(),
});
