/** Who looks at the million: staff of the platform and of its first operator, and players. Nobody logs in, the tokens are signed here. */
import { PERMISSIONS } from '@predictu/contract/endpoint';
import type { Id } from '@predictu/contract/ids';
import { sessionTokens } from '../apps/server/src/access/sign-session.ts';
import { deriveKey } from '../apps/server/src/platform/secret.ts';
import type { Million } from './million.ts';
import { firstOperator } from './million-lists.ts';
import { MILLION, operatorOf, playerOf, sessionOf } from './million-scene.ts';
import { runStatements } from './owner.ts';

const DAY_SECONDS = 86_400;
const TRADERS = 2_000;

const staff = (base: bigint): string => `
  insert into admin_users (id, email, password_hash, created_at) values (${base + 1n}, 'bench@example.com', '-', now());
  insert into operator_members (operator_id, id, email, auth_user_id, created_at) values (${firstOperator(base)}, ${base + 2n}, 'bench@example.com', gen_random_uuid(), now());`;

/** A session for each, and for a part of the players. */
export async function signIn({ secret, base }: Million) {
  const tokens = sessionTokens(deriveKey(secret, 'session'));
  const now = new Date();
  const permissions = [...PERMISSIONS];
  const operator_id = firstOperator(base) as Id<'operator'>;
  const one = async (claims: Parameters<typeof tokens.sign>[0]): Promise<string> => (await tokens.sign(claims, now, DAY_SECONDS)).token;
  const step = MILLION.players / TRADERS;
  return {
    admin: await one({ sub: (base + 1n) as Id<'admin'>, role: 'predictu_admin', permissions }),
    operator: await one({
      sub: (base + 2n) as Id<'operatorMember'>,
      role: 'operator_admin',
      operator_slug: 'bench-1',
      operator_id,
      permissions,
    }),
    players: await Promise.all(
      Array.from({ length: TRADERS }, (_, n) => {
        const player = n * step;
        const sub = playerOf(base, player) as Id<'user'>;
        return one({ sub, role: 'player', operator_id: operatorOf(base, player) as Id<'operator'>, sid: sessionOf(base, player) });
      }),
    ),
  };
}

/** Into its tables, which are measured anew. */
export const addStaff = ({ ownerUrl, base }: Million): Promise<void> => runStatements(ownerUrl, staff(base), 'analyze');
