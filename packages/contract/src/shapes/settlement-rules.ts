/** What an operator has set about settling. */
import { z } from 'zod';

const clawBack = z.enum(['to_zero', 'allow_debt_to_house']).meta({
  description:
    'What a correction does about money a player has spent. to_zero: takes what the balance covers. allow_debt_to_house: takes nothing. The house bears the rest.',
});
export const operatorSettlementRules = z.object({ claw_back: clawBack }).meta({ id: 'OperatorSettlementRules' });
export const operatorSettlementRulesBody = z.strictObject({ claw_back: clawBack });
