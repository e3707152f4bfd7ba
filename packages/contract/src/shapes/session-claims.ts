/** What the tokens of the three audiences carry besides `iss`, `aud`, `iat`, `exp` and `jti`. */
import { z } from 'zod';
import { adminId, operatorId, operatorMemberId, userId } from '../ids.ts';
import { permission } from './permission.ts';

/** A session's number as text: it is named nowhere else, so it has no prefix. */
const sessionId = z.codec(
  z.string().regex(/^\d{1,19}$/),
  z.custom<bigint>((value) => typeof value === 'bigint'),
  {
    decode: BigInt,
    encode: String,
  },
);

const adminClaims = z.object({
  sub: adminId,
  role: z.literal('predictu_admin'),
  permissions: z.array(permission),
});
const operatorClaims = z.object({
  sub: operatorMemberId,
  role: z.literal('operator_admin'),
  operator_slug: z.string(),
  operator_id: operatorId,
  permissions: z.array(permission),
});
const playerClaims = z.object({
  sub: userId,
  role: z.literal('player'),
  operator_id: operatorId,
  sid: sessionId,
});

export const sessionClaims = z.discriminatedUnion('role', [adminClaims, operatorClaims, playerClaims]);
export type SessionClaims = z.output<typeof sessionClaims>;
export type SessionRole = SessionClaims['role'];
