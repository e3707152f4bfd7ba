/** Who acts: a closed union. The platform makes it from the token; handlers only read it. */
import type { Permission } from '@predictu/contract/endpoint';

export type Actor =
  /** Before anybody is known: logins, launch tokens, public forms. */
  | { kind: 'access' }
  | { kind: 'admin'; adminId: bigint; email: string; permissions: readonly Permission[] }
  | {
      kind: 'operator';
      operatorId: bigint;
      slug: string;
      memberId: bigint;
      email: string;
      permissions: readonly Permission[];
      readOnly?: boolean;
    }
  | { kind: 'apiKey'; operatorId: bigint; slug: string; keyId: bigint; permissions: readonly Permission[]; readOnly?: boolean }
  | { kind: 'player'; operatorId: bigint; playerId: bigint; sessionId: bigint }
  /** Jobs and the batch: across tenants, with narrow grants. */
  | { kind: 'worker'; name: string };
