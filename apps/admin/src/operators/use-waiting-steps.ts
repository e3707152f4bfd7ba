/** Operators whose onboarding waits for the platform: nothing is left for them to do at the step they stand at. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { STEP_WORDS } from '@predictu/ui/nouns/onboarding.tsx';
import { useOperators } from './use-operators.ts';

type Operator = Row<'listOperators'>;

export const useWaitingSteps = (): Operator[] => useOperators()?.filter(({ onboarding_waits: waits }) => waits !== null) ?? [];

/** `Branding can be passed`. */
export const waitingWords = ({ onboarding_step: step, onboarding_waits: waits }: Operator): string | null =>
  waits === null || step === 'complete' ? null : `${STEP_WORDS[step]} can be ${waits === 'pass' ? 'passed' : 'skipped'}`;
