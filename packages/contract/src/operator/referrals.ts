/** What an operator pays for players brought by others. */
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { referralTerms, referralTermsChange } from '../shapes/engagement.ts';

const common = { audience: 'operator', tag: 'Settings', path: '/api/operator/referral-terms' } as const;
export const getReferralTerms = endpoint({
  ...common,
  method: 'GET',
  summary: 'Get the terms of the referral programme',
  description: 'null: none are set, and no player can refer another.',
  answer: single(referralTerms.nullable()),
});
export const changeReferralTerms = endpoint({
  ...common,
  method: 'PUT',
  needs: 'config',
  summary: 'Set the terms of the referral programme',
  description:
    'In force for players who come from now on; those who came before keep theirs. Bonuses are deposits to balances the platform keeps. The programme runs while `features.referral_program` is on.',
  body: referralTermsChange,
  answer: single(referralTerms),
});
