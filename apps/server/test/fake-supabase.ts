/** The Auth server of a Supabase project (GoTrue), as far as a sign-in meets it: its paths, bodies, answers and refusals. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type User = { id: string; email: string; password: string | null; confirmedAt: string | null };
type Token = { userId: string; type: string; codeChallenge?: string | undefined };
type Reply = { status: number; body?: object; location?: string };
type Asked = { body: Record<string, string>; query: URLSearchParams; service: boolean };
export type FakeSupabase = {
  settings: { url: string; anonKey: string; serviceRoleKey: string; publicUrl: string };
  users: Map<string, User>;
  /** Links of mails the project sent by itself. */
  mails: { to: string; link: string }[];
  /** Paths asked for, in order. */
  asked: string[];
  /** While set, every answer is this status. */
  broken: { status: number | undefined };
  close(): Promise<void>;
};

const ANON = 'anon-key-of-the-project';
const SERVICE = 'service-role-key-of-the-project';
const refusal = (status: number, code: string, msg: string): Reply => ({ status, body: { code: status, error_code: code, msg } });
const shown = ({ id, email, confirmedAt }: User) => ({
  id,
  aud: 'authenticated',
  role: 'authenticated',
  email,
  email_confirmed_at: confirmedAt ?? undefined,
  app_metadata: { provider: 'email', providers: ['email'] },
  user_metadata: {},
  identities: [],
  created_at: '2026-01-01T00:00:00Z',
});
const sessionOf = (user: User): Reply => ({
  status: 200,
  body: { access_token: `at-${randomUUID()}`, token_type: 'bearer', expires_in: 3_600, refresh_token: randomUUID(), user: shown(user) },
});

/** The store behind the paths. */
function project(mails: FakeSupabase['mails'], users: Map<string, User>, base: () => string) {
  const tokens = new Map<string, Token>();
  const codes = new Map<string, Token>();
  const byId = (id: string) => [...users.values()].find((user) => user.id === id) as User;
  const issue = (token: Token): string => {
    const hash = `${token.codeChallenge ? 'pkce_' : ''}${randomBytes(28).toString('hex')}`;
    for (const [old, { userId, type }] of tokens) if (userId === token.userId && type === token.type) tokens.delete(old);
    tokens.set(hash, token);
    return hash;
  };
  const make = (email: string): User => {
    const user = { id: randomUUID(), email, password: null, confirmedAt: null };
    users.set(email, user);
    return user;
  };
  const confirm = (token: Token): User => {
    const user = byId(token.userId);
    user.confirmedAt ??= new Date(0).toISOString();
    return user;
  };
  const link = ({ body: { type = '', email = '' }, service }: Asked): Reply => {
    if (!service) return refusal(401, 'not_admin', 'User not allowed');
    const known = users.get(email);
    if (type === 'invite' && known?.confirmedAt)
      return refusal(422, 'email_exists', 'A user with this email address has already been registered');
    if (type === 'recovery' && !known) return refusal(404, 'user_not_found', 'User with this email not found');
    const user = known ?? make(email);
    const hashed = issue({ userId: user.id, type });
    const properties = { action_link: `${base()}/verify?token=${hashed}&type=${type}`, email_otp: '123456', hashed_token: hashed };
    return { status: 200, body: { ...shown(user), ...properties, verification_type: type, redirect_to: base() } };
  };
  const verify = ({ body: { type = '', token_hash: hash = '' } }: Asked): Reply => {
    const token = tokens.get(hash);
    if (!token || token.type !== type) return refusal(403, 'otp_expired', 'Email link is invalid or has expired');
    tokens.delete(hash);
    return sessionOf(confirm(token));
  };
  const otp = ({ body, query }: Asked): Reply => {
    const user = users.get(body['email'] ?? '');
    if (!user) return refusal(422, 'otp_disabled', 'Signups not allowed for otp');
    const hash = issue({ userId: user.id, type: 'magiclink', codeChallenge: body['code_challenge'] });
    mails.push({
      to: user.email,
      link: `${base()}/verify?token=${hash}&type=magiclink&redirect_to=${encodeURIComponent(query.get('redirect_to') ?? '')}`,
    });
    return { status: 200, body: {} };
  };
  const follow = ({ query }: Asked): Reply => {
    const token = tokens.get(query.get('token') ?? '');
    const to = new URL(query.get('redirect_to') ?? base());
    tokens.delete(query.get('token') ?? '');
    if (token) {
      const code = randomUUID();
      codes.set(code, token);
      to.searchParams.set('code', code);
    } else
      for (const [name, value] of [
        ['error', 'access_denied'],
        ['error_code', 'otp_expired'],
        ['error_description', 'Email link is invalid or has expired'],
      ] as const)
        to.searchParams.set(name, value);
    return { status: 303, location: to.href };
  };
  const grant = ({ body, query }: Asked): Reply => {
    if (query.get('grant_type') === 'password') {
      const user = users.get(body['email'] ?? '');
      return user?.password != null && user.password === body['password']
        ? sessionOf(user)
        : refusal(400, 'invalid_credentials', 'Invalid login credentials');
    }
    const token = codes.get(body['auth_code'] ?? '');
    if (!token) return refusal(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found');
    codes.delete(body['auth_code'] ?? '');
    const made = createHash('sha256')
      .update(body['code_verifier'] ?? '')
      .digest('base64url');
    if (made !== token.codeChallenge)
      return refusal(400, 'bad_code_verifier', 'code challenge does not match previously saved code verifier');
    return sessionOf(confirm(token));
  };
  const update = (id: string, { body: { password = '' }, service }: Asked): Reply => {
    if (!service) return refusal(401, 'not_admin', 'User not allowed');
    if (password.includes('password')) return refusal(422, 'weak_password', 'Password is known to be weak');
    byId(id).password = password;
    return { status: 200, body: shown(byId(id)) };
  };
  return { link, verify, otp, follow, grant, update };
}

async function read(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text ? JSON.parse(text) : {};
}

export async function openFakeSupabase(publicUrl = 'http://localhost:80'): Promise<FakeSupabase> {
  const users = new Map<string, User>();
  const mails: FakeSupabase['mails'] = [];
  const asked: string[] = [];
  const broken: FakeSupabase['broken'] = { status: undefined };
  let url = '';
  const store = project(mails, users, () => `${url}/auth/v1`);
  const route = (method: string, path: string, given: Asked): Reply => {
    if (broken.status) return refusal(broken.status, 'unexpected_failure', 'Broken on purpose');
    const [, id] = /^\/admin\/users\/([\w-]+)$/.exec(path) ?? [];
    if (method === 'PUT' && id) return store.update(id, given);
    const paths: Record<string, (given: Asked) => Reply> = {
      'POST /admin/generate_link': store.link,
      'POST /verify': store.verify,
      'GET /verify': store.follow,
      'POST /otp': store.otp,
      'POST /token': store.grant,
    };
    return paths[`${method} ${path}`]?.(given) ?? refusal(404, 'not_found', `No ${method} ${path}`);
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const at = new URL(request.url ?? '', url);
    const path = at.pathname.replace('/auth/v1', '');
    asked.push(`${request.method} ${path}`);
    const key = request.headers['apikey'];
    const service = key === SERVICE && request.headers.authorization === `Bearer ${SERVICE}`;
    const known = key === ANON || key === SERVICE || request.method === 'GET';
    const given = { body: await read(request), query: at.searchParams, service };
    const { status, body, location } = known
      ? route(request.method ?? '', path, given)
      : refusal(401, 'no_api_key', 'No API key found in request');
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) }).end(JSON.stringify(body ?? {}));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: { url, anonKey: ANON, serviceRoleKey: SERVICE, publicUrl },
    users,
    mails,
    asked,
    broken,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
