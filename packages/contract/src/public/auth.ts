/** How each of the three audiences gets its token. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { adminId, userId } from '../ids.ts';
import { single } from '../page.ts';
import { email, operatorUser, person, session, totpCode } from '../shapes/sign-in.ts';
import { instant, usd } from '../units.ts';

const TAG = 'Authentication';
const password = z.string().min(1).max(256).meta({ format: 'password' });
const credentials = { email, password };

const loginBody = z.strictObject({ ...credentials, totp: totpCode.optional() }).meta({ id: 'Login' });
const adminUser = z.object({ id: adminId, role: z.literal('predictu_admin'), ...person }).meta({ id: 'AdminUser' });
const LOGIN =
  'A wrong e-mail and a wrong password get the same answer. 401 with `details.reason` `totp_required` or `totp_invalid` asks for a code; ' +
  'ten failures a minute from one address for one e-mail are answered 429.';

export const adminLogin = endpoint({
  method: 'POST',
  path: '/api/auth/admin/login',
  audience: 'public',
  rate: 'login',
  tag: TAG,
  summary: 'Log in to God Mode',
  description: `${LOGIN} 403 with \`details.reason\` \`totp_enrolment_required\` where this installation demands a second factor.`,
  body: loginBody,
  answer: session(adminUser),
  refusals: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const operatorLogin = endpoint({
  method: 'POST',
  path: '/api/auth/operator/login',
  audience: 'public',
  rate: 'login',
  tag: TAG,
  summary: 'Log in to the operator console',
  description: LOGIN,
  body: loginBody,
  answer: session(operatorUser),
  refusals: ['UNAUTHORIZED', 'FORBIDDEN'],
});

const beginEnrolment = (audience: 'admin' | 'operator') =>
  endpoint({
    method: 'POST',
    path: `/api/auth/${audience}/totp/begin`,
    audience: 'public',
    rate: 'login',
    tag: TAG,
    summary: 'Begin to enrol an authenticator',
    description:
      'Asks for the password again, and for a current code where an authenticator is to be replaced. Nothing changes until it is confirmed.',
    body: loginBody,
    answer: single(z.object({ secret: z.string(), otpauth_url: z.string() })),
    refusals: ['UNAUTHORIZED', 'FORBIDDEN'],
  });

const confirmEnrolment = (audience: 'admin' | 'operator') =>
  endpoint({
    method: 'POST',
    path: `/api/auth/${audience}/totp/confirm`,
    audience: 'public',
    rate: 'login',
    tag: TAG,
    summary: 'Confirm an authenticator with its first code',
    body: z.strictObject({ ...credentials, totp: totpCode }),
    answer: single(z.object({ totp_enrolled: z.literal(true) })),
    refusals: ['UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT'],
  });

export const adminTotpBegin = beginEnrolment('admin');
export const adminTotpConfirm = confirmEnrolment('admin');
export const operatorTotpBegin = beginEnrolment('operator');
export const operatorTotpConfirm = confirmEnrolment('operator');

const playerUser = z
  .object({
    id: userId,
    external_id: z.string(),
    username: z.string().nullable(),
    operator_slug: z.string(),
    balance_usd: usd,
    limit_tier: z.enum(['new', 'regular', 'vip']),
    tier: z.enum(['normal', 'sharp', 'restricted', 'banned']),
  })
  .meta({ id: 'PlayerUser' });

export const embedInit = endpoint({
  method: 'POST',
  path: '/api/auth/embed-init',
  audience: 'public',
  tag: TAG,
  summary: 'Turn a launch token into a player session',
  description:
    'The launch token is a JWT, HS256 with the `api_secret` of a key pair whose `api_key` is the header `kid`; claims `sub` (the player id of the operator), ' +
    '`iat`, `exp` at most 300 seconds later, `jti` (single use) and optionally `username` and `email`. The session lasts 24 hours.',
  body: z.strictObject({
    token: z.string().min(1).max(4_096),
    origin: z
      .string()
      .max(255)
      .optional()
      .meta({ description: 'The origin of the page that frames the embed, as the embed sees it: it must be one of the verified ones.' }),
  }),
  answer: single(z.object({ token: z.string(), expires_at: instant, user: playerUser })),
  refusals: ['UNAUTHORIZED', 'FORBIDDEN', 'OPERATOR_NOT_LIVE'],
});
