/** What is still missing before the operator is live, with the way to each thing. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { type OnboardingStep, OnboardingSteps } from '@predictu/ui/nouns/onboarding.tsx';
import { Link } from '@tanstack/react-router';

const PLACES: Partial<Record<OnboardingStep, readonly [path: string, words: string]>> = {
  branding: ['/settings', 'Settings'],
  s2s_config: ['/wallet', 'Wallet'],
  embed_setup: ['/embed', 'Embed'],
};

/** What a person does next, beyond what the list says is missing. */
function Next({ step, found }: { step: OnboardingStep; found: boolean }) {
  const words =
    step === 'go_live'
      ? 'Everything is ready. The platform takes you live now; your players can trade from then on.'
      : found
        ? 'Everything is found. The platform passes this step; you can go on with the next one meanwhile.'
        : step === 'test_trades'
          ? 'Open your own page with the embed, sign in as a player and buy for a few dollars.'
          : null;
  return words && <p className="small secondary">{words}</p>;
}

export function OwnOnboarding() {
  const onboarding = useEndpoint('getOwnOnboarding', {}, { every: 30_000 });
  const data = onboarding.data?.data;
  if (!data || data.current_step === 'complete') return null;
  return (
    <OnboardingSteps
      onboarding={data}
      next={(step, found) => <Next step={step} found={found} />}
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
