/** Onboarding: what each step asks for, which step is current, and what a request makes of it. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { ONBOARDING_STEPS, type OnboardingRequirement, type OnboardingStep } from '@predictu/contract/shapes/onboarding';

type Status = 'pending' | 'configuring' | 'testing' | 'live' | 'suspended';
export type Progress = { completed: OnboardingStep[]; skipped: OnboardingStep[] };
/** As stored; an operator that never went through onboarding here has nothing. */
export type StoredProgress = { completed_steps?: OnboardingStep[]; skipped_steps?: OnboardingStep[] };
export type Subject = { status: Status; onboardedAt: Date | null; stored: StoredProgress };

/** What the server found, not what anybody said. */
export type Evidence = {
  walletMode: 'internal' | 'seamless' | 'shadow';
  displayName: string | null;
  primaryColour: string | null;
  secondaryColour: string | null;
  callbackUrl: string | null;
  /** Of the last PING; null when there was none. */
  ping: { ok: boolean; detail: string | null } | null;
  /** Active key pairs that may sign launch tokens. */
  launchKeys: number;
  /** Of origins not removed. */
  origins: { origin: string; verified: boolean; detail: string | null }[];
  /** Whether a buy went all the way: through the wallet, where the operator has its own. */
  tested: boolean;
};
export type Step = OnboardingStep | 'complete';

const upTo = (step: OnboardingStep): OnboardingStep[] => ONBOARDING_STEPS.slice(0, ONBOARDING_STEPS.indexOf(step));

/** An operator whose steps nobody wrote down has those its status says. */
export function progressOf({ status, onboardedAt, stored }: Subject): Progress {
  if (stored.completed_steps) return { completed: stored.completed_steps, skipped: stored.skipped_steps ?? [] };
  if (onboardedAt !== null || status === 'live') return { completed: [...ONBOARDING_STEPS], skipped: [] };
  return { completed: status === 'testing' ? upTo('test_trades') : [], skipped: [] };
}

const passed = ({ completed, skipped }: Progress, step: OnboardingStep): boolean => completed.includes(step) || skipped.includes(step);
export const currentStep = (progress: Progress): Step => ONBOARDING_STEPS.find((step) => !passed(progress, step)) ?? 'complete';
export const remainingSteps = (progress: Progress): OnboardingStep[] => ONBOARDING_STEPS.filter((step) => !passed(progress, step));
export const progressPercent = (progress: Progress): number =>
  Math.round((100 * (ONBOARDING_STEPS.length - remainingSteps(progress).length)) / ONBOARDING_STEPS.length);

export function statusOf(progress: Progress): Exclude<Status, 'suspended'> {
  const current = currentStep(progress);
  if (current === 'complete') return 'live';
  if (current === 'test_trades' || current === 'go_live') return 'testing';
  return current === 'branding' ? 'pending' : 'configuring';
}

/** Without a wallet of its own there is nothing to configure. */
export const optionalSteps = ({ walletMode }: Pick<Evidence, 'walletMode'>): OnboardingStep[] =>
  walletMode === 'seamless' ? [] : ['s2s_config'];

const STEP_WORDS: Readonly<Record<OnboardingStep, string>> = {
  branding: 'branding',
  s2s_config: 'the wallet',
  embed_setup: 'the embed',
  test_trades: 'test trades',
  go_live: 'going live',
};

const requirement = (
  step: OnboardingStep,
  name: OnboardingRequirement['requirement'],
  met: boolean,
  detail: string,
): OnboardingRequirement => ({ step, requirement: name, met, detail });

function originRequirement({ origins }: Evidence): OnboardingRequirement {
  const verified = origins.filter((origin) => origin.verified);
  if (verified.length > 0) {
    return requirement('embed_setup', 'origin_verified', true, `${verified.map(({ origin }) => origin).join(', ')} verified`);
  }
  const [waiting] = origins;
  if (!waiting) return requirement('embed_setup', 'origin_verified', false, 'No origin has been added');
  const why = waiting.detail === null ? '' : `: ${waiting.detail}`;
  return requirement('embed_setup', 'origin_verified', false, `${waiting.origin} is not verified${why}`);
}

/** Skipped for want of a wallet of its own, the step is asked for again once there is one. */
export const asksWallet = (walletMode: Evidence['walletMode'], { skipped }: Progress): boolean =>
  walletMode === 'seamless' || !skipped.includes('s2s_config');

/** What every step asks for, and what is there. The last also asks for all before it. */
export function requirementsOf(evidence: Evidence, progress: Progress): OnboardingRequirement[] {
  const { displayName, primaryColour, secondaryColour, callbackUrl, ping, launchKeys, tested, walletMode } = evidence;
  const coloured = primaryColour !== null && secondaryColour !== null;
  const seamless = walletMode === 'seamless';
  const missing = upTo('go_live').filter((step) => !passed(progress, step));
  const wallet = !asksWallet(walletMode, progress)
    ? []
    : [
        requirement('s2s_config', 'callback_url', callbackUrl !== null, callbackUrl ?? 'No callback URL is set'),
        requirement(
          's2s_config',
          'ping_answered',
          ping?.ok === true,
          ping === null
            ? 'No PING has been sent'
            : ping.ok
              ? 'PING answered, its signature accepted'
              : `PING failed: ${ping.detail ?? 'not OK'}`,
        ),
      ];
  return [
    requirement('branding', 'display_name', displayName !== null, displayName ?? 'No display name is set'),
    requirement('branding', 'colours', coloured, coloured ? `${primaryColour}, ${secondaryColour}` : 'Both colours must be set'),
    ...wallet,
    requirement(
      'embed_setup',
      'launch_key',
      launchKeys > 0,
      launchKeys > 0
        ? `${launchKeys} key pair${launchKeys === 1 ? '' : 's'} may sign launch tokens`
        : 'No active key pair may sign launch tokens',
    ),
    originRequirement(evidence),
    requirement(
      'test_trades',
      'test_trade',
      tested,
      tested ? 'A buy went through' : seamless ? 'No buy has been confirmed by the wallet yet' : 'No buy has been filled yet',
    ),
    requirement(
      'go_live',
      'earlier_steps',
      missing.length === 0,
      missing.length === 0 ? 'All passed' : `Still open: ${missing.map((step) => STEP_WORDS[step]).join(', ')}`,
    ),
  ];
}

/** Those that keep a step from being passed: its own, and for the last everybody's, however long ago it was met. */
export const unmetFor = (step: OnboardingStep, requirements: readonly OnboardingRequirement[]): OnboardingRequirement[] =>
  requirements.filter((one) => !one.met && (step === 'go_live' || one.step === step));

/** What a step waits for the platform to do, when nothing is left for the operator to do; a suspended one waits for nobody. */
export function waitingFor(status: Status, progress: Progress, evidence: Evidence): 'pass' | 'skip' | null {
  const current = currentStep(progress);
  if (current === 'complete' || status === 'suspended') return null;
  if (unmetFor(current, requirementsOf(evidence, progress)).length === 0) return 'pass';
  return optionalSteps(evidence).includes(current) ? 'skip' : null;
}

export type Request = { action: 'advance' | 'rollback' | 'skip'; step: OnboardingStep };

const wrongStep = (current: Step, { action, step }: Request): Refusal =>
  refuse('CONFLICT', `The current step is ${current}; ${step} cannot ${action === 'rollback' ? 'be rolled back' : action}`, {
    reason: 'not_the_current_step',
    current_step: current,
  });

const without = (steps: readonly OnboardingStep[], step: OnboardingStep): OnboardingStep[] => steps.filter((one) => one !== step);

/** The progress after the request. A step ahead is refused for what it still lacks, one behind for not being current. */
export function decideOnboarding(request: Request, progress: Progress, evidence: Evidence): Progress | Refusal {
  const { action, step } = request;
  const current = currentStep(progress);
  if (action === 'rollback') return rollBack(request, progress);
  if (action === 'skip') {
    if (step !== current) return wrongStep(current, request);
    if (!optionalSteps(evidence).includes(step)) {
      return refuse('CONFLICT', `The step ${step} cannot be skipped`, { reason: 'not_optional', optional_steps: optionalSteps(evidence) });
    }
    return { ...progress, skipped: [...progress.skipped, step] };
  }
  if (current === 'complete' || passed(progress, step)) return wrongStep(current, request);
  const unmet = unmetFor(step, requirementsOf(evidence, progress));
  if (unmet.length > 0) {
    const message = `${step} asks for: ${unmet.map(({ requirement: name }) => name).join(', ')}`;
    return refuse('REQUIREMENTS_UNMET', message, { step, current_step: current, unmet });
  }
  return step === current ? { ...progress, completed: [...progress.completed, step] } : wrongStep(current, request);
}

function rollBack(request: Request, progress: Progress): Progress | Refusal {
  const current = currentStep(progress);
  if (request.step !== (current === 'complete' ? 'go_live' : current)) return wrongStep(current, request);
  const last = [...ONBOARDING_STEPS].reverse().find((step) => passed(progress, step));
  if (last === undefined) return refuse('CONFLICT', 'There is no step before the first', { reason: 'first_step', current_step: current });
  return { completed: without(progress.completed, last), skipped: without(progress.skipped, last) };
}
