/** Tells an operator in time that its credits run out: once until they are topped up, however often they are paid back meanwhile. */
import type { Cents } from '@predictu/contract/units';
import { selectAddresses } from '../access/access.ts';
import type { Context } from '../platform/http.ts';
import { type MailTemplate, queueMail } from '../platform/queue-mail.ts';
import { noteLowTold } from './credit.sql.ts';

export type CreditWords = { left: number; answers: { claude: number; rules: number } };

export const creditsLowMail: MailTemplate<CreditWords> = {
  name: 'credits-low',
  brand: 'platform',
  write: ({ left, answers }) => ({
    subject:
      left === 0 ? 'The credits of your copilot are used up' : `${left} ${left === 1 ? 'credit is' : 'credits are'} left for your copilot`,
    heading: 'Your credits run out',
    parts: [
      { kind: 'text', text: 'When they are used up the copilot answers no more. Markets, trading and everything else go on as always.' },
      {
        kind: 'facts',
        facts: [
          ['Credits left', String(left)],
          ['Answers by Claude', String(answers.claude)],
          ['or by the rules', String(answers.rules)],
        ],
      },
      { kind: 'link', label: 'Open the copilot', href: '/operator/copilot' },
      { kind: 'note', text: 'Answer this mail to have them topped up.' },
    ],
  }),
};

type Balance = { operatorId: bigint; left: Cents; prices: Readonly<Record<'claude' | 'rules', Cents>> };

/** In the transaction that spent them. */
export async function tellLowCredits(context: Pick<Context, 'db' | 'now' | 'newId'>, { operatorId, left, prices }: Balance): Promise<void> {
  if (!(await noteLowTold(context.db, operatorId, context.now))) return;
  await queueMail(context, creditsLowMail, {
    operatorId,
    to: await selectAddresses(context.db, operatorId, 'billing'),
    data: { left: Number(left), answers: { claude: Number(left / prices.claude), rules: Number(left / prices.rules) } },
    key: `credits-low:${context.now.getTime()}`,
  });
}
