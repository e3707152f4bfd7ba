/** What is still missing before the operator is live, with the way to each thing. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { type OnboardingStep, OnboardingSteps } from '@predictu/ui/nouns/onboarding.tsx';
import { Link } from '@tanstack/react-router';

const PLACES: Partial<Record<OnboardingStep, readonly [path: string, words: string]>> = {
  branding: ['/settings', 'Settings'],
  s2s_config: ['/settings', 'Settings'],
  embed_setup: ['/embed', 'Embed'],
  test_trades: ['/embed', 'Embed'],
};

export function OwnOnboarding() {
  const onboarding = useEndpoint('getOwnOnboarding', {}, { every: 30_000 });
  const data = onboarding.data?.data;
  if (!data || data.current_step === 'complete') return null;
  return (
    <OnboardingSteps
      onboarding={data}
      where={(step) => {
        const place = PLACES[step];
        return (
          place && (
            <Link className="link" to={place[0]}>
              {place[1]}
            </Link>
          )
        );
      }}
    />
  );
}
