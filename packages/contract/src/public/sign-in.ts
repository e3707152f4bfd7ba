/** How a member of an operator gets in without a password, sets one, or accepts an invitation: links by e-mail. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { single } from '../page.ts';
import { email, operatorUser, session, totpCode } from '../shapes/sign-in.ts';

const common = { audience: 'public', tag: 'Authentication' } as const;
/** A page of the workspace: nothing else is ever redirected to. */
const nextPage = z
  .string()
  .max(300)
  .regex(/^\/(?:dashboard|operator)(?:\/[\w./-]*)?(?:\?[\w.=&%-]*)?$/, 'Expected a page below /dashboard or /operator')
  .optional()
  .meta({ description: 'The page of the workspace to end at.' });

export const requestLink = endpoint({
  ...common,
  rate: 'login',
  method: 'POST',
  path: '/api/auth/operator/link',
  summary: 'Ask for a link by e-mail',
  description:
    'The answer is the same whoever asks for whom. `magiclink` signs in, in the browser that asked for it (PKCE); `recovery` sets a new password. ' +
    'Each works once, for an hour.',
  body: z.strictObject({ email, purpose: z.enum(['magiclink', 'recovery']), next: nextPage }),
  status: 202,
  answer: single(z.object({ accepted: z.literal(true) })),
});

const said = z.string().max(500).optional();
export const authCallback = endpoint({
  ...common,
  method: 'GET',
  path: '/api/auth/callback',
  redirects: true,
  summary: 'Open a link, or end a sign-in',
  description:
    'Where links of mails lead: `token_hash` with its `type` (invite, magiclink, recovery), or the `code` of a PKCE sign-in, which counts in the browser that began it. ' +
    'Leads on to the page that makes a session of it; the address never holds one.',
  query: z.strictObject({
    code: said,
    token_hash: said,
    type: z.enum(['invite', 'magiclink', 'recovery', 'email', 'signup']).optional(),
    next: nextPage,
    error: said,
    error_code: said,
    error_description: said,
  }),
  answer: z.object({ location: z.string() }),
});

export const getSignIn = endpoint({
  ...common,
  method: 'GET',
  path: '/api/auth/sign-in',
  summary: 'Look at the sign-in of this browser',
  description: 'What the link that was just opened still asks for. 401 when none was, or it is more than ten minutes ago.',
  answer: single(
    z.object({
      purpose: z.enum(['invite', 'magiclink', 'recovery', 'signin']),
      email: z.string(),
      operator_name: z.string(),
      totp_required: z.boolean(),
      sets_password: z.boolean(),
    }),
  ),
  refusals: ['UNAUTHORIZED', 'FORBIDDEN'],
});

export const endSignIn = endpoint({
  ...common,
  method: 'POST',
  path: '/api/auth/sign-in',
  summary: 'End the sign-in of this browser',
  description:
    'Makes the session, once. With `password` where the link was an invitation or for a new password: every older session of the person ends.',
  body: z.strictObject({
    totp: totpCode.optional(),
    password: z.string().min(1).max(256).optional().meta({ format: 'password' }),
  }),
  answer: session(operatorUser),
  refusals: ['UNAUTHORIZED', 'FORBIDDEN', 'CONFLICT'],
});
