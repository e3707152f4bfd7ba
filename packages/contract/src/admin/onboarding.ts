/** The platform takes an operator through onboarding. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { operatorId } from '../ids.ts';
import { single } from '../page.ts';
import { onboarding, onboardingBody, onboardingChanged } from '../shapes/onboarding.ts';

const common = { path: '/api/internal/onboarding/{operator_id}', audience: 'admin', tag: 'Onboarding' } as const;
const params = z.strictObject({ operator_id: operatorId });

export const getOnboarding = endpoint({
  ...common,
  method: 'GET',
  summary: 'Get the onboarding of an operator',
  description: 'With what every step asks for and what the server finds.',
  params,
  answer: single(onboarding),
});
export const changeOnboarding = endpoint({
  ...common,
  method: 'POST',
  needs: 'config',
  summary: 'Advance, roll back or skip an onboarding step',
  description:
    'The server proves each step itself: it reads the branding, sends a PING, asks DNS for the origins, looks for a trade that went through the wallet. `details.unmet` of a 422 lists what is missing. s2s_config is optional unless the wallet is seamless.',
  params,
  body: onboardingBody,
  answer: single(onboardingChanged),
  refusals: ['NOT_FOUND', 'CONFLICT', 'REQUIREMENTS_UNMET'],
});
