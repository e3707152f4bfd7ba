/** Entries of an operator's credits: between its credits and the platform's side of them, chained by the balance of the credits. */
import { type Cents, cents } from '@predictu/contract/units';
import type { Entry } from './entry.rules.ts';

export type CreditMove = 'credit_grant' | 'credit_top_up' | 'copilot_answer' | 'copilot_refund';

const TAKES: ReadonlySet<CreditMove> = new Set<CreditMove>(['copilot_answer']);

/** Undefined when the credits do not cover it. */
export function creditEntry(balance: Cents, type: CreditMove, amount: Cents, description: string): Entry | undefined {
  const takes = TAKES.has(type);
  const after = cents(takes ? balance - amount : balance + amount);
  if (after < 0n) return undefined;
  const [from, to] = takes ? (['credits', 'copilot'] as const) : (['copilot', 'credits'] as const);
  return { type, from, to, amount, description, balanceBefore: balance, balanceAfter: after };
}
