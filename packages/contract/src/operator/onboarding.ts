/** An operator follows its own onboarding. */
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { onboarding } from '../shapes/onboarding.ts';

export const getOwnOnboarding = endpoint({
  method: 'GET',
  path: '/api/operator/onboarding',
  audience: 'operator',
  tag: 'Onboarding',
  summary: 'Get your onboarding',
  description: 'With what every step asks for and what the server finds.',
  answer: single(onboarding),
});
