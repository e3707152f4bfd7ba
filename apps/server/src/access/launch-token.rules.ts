/** When a launch token whose signature holds is good. */
import type { LaunchClaims } from '@predictu/contract/shapes/launch-claims';

export const LONGEST_LAUNCH_SECONDS = 300;
/** The operator's clock may run this far ahead of ours. */
export const CLOCK_LEEWAY_SECONDS = 30;

/** Why the token's times will not do at `now` (Unix seconds), or undefined when they will. */
export function launchProblem({ iat, exp }: Pick<LaunchClaims, 'iat' | 'exp'>, now: number): string | undefined {
  if (exp <= now) return 'The launch token has expired';
  if (exp <= iat || exp - iat > LONGEST_LAUNCH_SECONDS)
    return `The launch token must expire at most ${LONGEST_LAUNCH_SECONDS} seconds after iat`;
  // Without this a token dated next year would be a key that lasts until then.
  if (iat > now + CLOCK_LEEWAY_SECONDS) return 'The launch token is dated in the future';
  return undefined;
}
