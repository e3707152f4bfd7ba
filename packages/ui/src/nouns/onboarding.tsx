/** Onboarding as a checklist: each step, what it asks for, what the server found. */
import type { ReactNode } from 'react';
import type { Answer } from '../api/wire.ts';
import { formatPercent } from '../format/money.ts';
import { Gauge } from '../kit/figures.tsx';
import { Section } from '../kit/panel.tsx';
import { Status } from '../kit/status.tsx';

export type Onboarding = Answer<'getOwnOnboarding'>['data'];
export type OnboardingStep = Onboarding['requirements'][number]['step'];

export const STEP_WORDS: Record<OnboardingStep, string> = {
  branding: 'Branding',
  s2s_config: 'Wallet',
  embed_setup: 'Embed',
  test_trades: 'Test trades',
  go_live: 'Go live',
};
const STEPS = Object.keys(STEP_WORDS) as OnboardingStep[];

function stateOf({ completed_steps, skipped_steps, current_step }: Onboarding, step: OnboardingStep): [value: string, words: string] {
  if (completed_steps.includes(step)) return ['completed', 'Done'];
  if (skipped_steps.includes(step)) return ['inactive', 'Skipped'];
  return step === current_step ? ['in_progress', 'Now'] : ['waiting', 'Later'];
}

/** `actions` stands beside the title, `where` beside each unmet requirement, `next` below the current step with whether all it asks for is found. */
export function OnboardingSteps({
  onboarding,
  actions,
  where,
  next,
}: {
  onboarding: Onboarding;
  actions?: ReactNode;
  where?: (step: OnboardingStep) => ReactNode;
  next?: (step: OnboardingStep, found: boolean) => ReactNode;
}) {
  return (
    <Section
      title="Onboarding"
      subtitle={
        <span className="row">
          <Gauge percent={onboarding.progress_pct === 100 ? 59 : onboarding.progress_pct * 0.59} label="Onboarding" />
          {formatPercent(onboarding.progress_pct)}
        </span>
      }
      actions={actions}
    >
      <ol style={{ listStyle: 'none', margin: 0, padding: '0 20px 12px' }}>
        {STEPS.map((step) => {
          const [value, words] = stateOf(onboarding, step);
          const asked = onboarding.requirements.filter((one) => one.step === step);
          return (
            <li key={step} style={{ padding: '8px 0' }} aria-current={step === onboarding.current_step ? 'step' : undefined}>
              <span className="row">
                <b>{STEP_WORDS[step]}</b>
                <Status value={value} words={words} />
              </span>
              {!onboarding.skipped_steps.includes(step) &&
                asked.map(({ requirement, met, detail }) => (
                  <div key={requirement} className="row wrap small secondary" style={{ paddingTop: 4 }}>
                    <Status value={met ? 'ok' : 'waiting'} words={met ? 'Found' : 'Missing'} />
                    <span>{detail}</span>
                    {!met && where?.(step)}
                  </div>
                ))}
              {step === onboarding.current_step &&
                next?.(
                  step,
                  asked.every(({ met }) => met),
                )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
