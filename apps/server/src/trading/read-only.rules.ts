/** An operator whose trial is over: its players get out, and nobody in. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Operator } from './world-rows.rules.ts';

const READ_ONLY = refuse('OPERATOR_READ_ONLY', 'The trial of the operator is over: sales and withdrawals go on, buys and deposits do not', {
  reason: 'trial_over',
});

/** The refusal of whatever brings money or shares in. */
export const readOnlyRefusal = ({ readOnly }: Pick<Operator, 'readOnly'>): Refusal | undefined => (readOnly ? READ_ONLY : undefined);
