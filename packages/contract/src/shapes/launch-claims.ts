/** What an operator's server signs to let one player in: the claims of a launch token. */
import { z } from 'zod';

/** Postgres holds no NUL, and half a surrogate pair would turn two different names into one. */
const printable = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'Expected text without control characters');

export const launchClaims = z.object({
  sub: printable(128).meta({ description: 'The player id of the operator.' }),
  iat: z.number().int().meta({ description: 'When the token was signed, Unix seconds.' }),
  exp: z.number().int().meta({ description: 'At most 300 seconds after `iat`.' }),
  jti: printable(128).meta({ description: 'Used once: any text that never comes twice.' }),
  username: printable(100).nullish(),
  email: printable(254).nullish(),
});
export type LaunchClaims = z.output<typeof launchClaims>;
