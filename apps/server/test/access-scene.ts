/** An installation with one admin, one live operator with a member and a key pair, and the access endpoints behind real HTTP. */
import { createSecretKey, randomUUID } from 'node:crypto';
import { endpoint } from '@predictu/contract/endpoint';
import * as auth from '@predictu/contract/public/auth';
import type { ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type JWTPayload, SignJWT } from 'jose';
import { z } from 'zod';
import { type Access, type AccessOptions, openAccess } from '../src/access/access.ts';
import { initialisePlatformConfig } from '../src/config/config.ts';
import { createOperator, type NewOperator, type Operator } from '../src/operators/operators.ts';
import type { Actor } from '../src/platform/actor.ts';
import { type VirtualClock, virtualClock } from '../src/platform/clock.ts';
import { buildHttp, type Route, route } from '../src/platform/http.ts';
import { idMaker, type NewId } from '../src/platform/ids.ts';
import { logTo } from '../src/platform/log.ts';
import { openMetrics } from '../src/platform/metrics.ts';
import { rateLimits } from '../src/platform/rate-limits.ts';
import { deriveKey } from '../src/platform/secret.ts';
import { admitPlayer } from '../src/players/admit-player.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const SECRET = 'a-secret-that-is-at-least-32-characters';
export const ADMIN_PASSWORD = 'correct horse battery';
export const MEMBER_PASSWORD = 'staple tray lantern';
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'scene@predictu.local', permissions: [] };
const ACCESS: Actor = { kind: 'access' };

const probe = <A extends 'admin' | 'operator' | 'player'>(
  audience: A,
  name: string,
  extra: { method?: 'GET' | 'POST'; needs?: 'billing' } = {},
) =>
  endpoint({
    method: 'GET',
    path: `/api/probe/${name}`,
    audience,
    summary: 'A probe',
    tag: 'Probe',
    answer: z.object({ kind: z.string(), operator: z.string() }),
    ...extra,
  });
const seen = async ({ actor }: { actor: Actor }) => ({ kind: actor.kind, operator: String('operatorId' in actor ? actor.operatorId : '') });
const PROBES: Route[] = [
  route(probe('admin', 'admin'), seen),
  route(probe('operator', 'operator'), seen),
  route(probe('operator', 'operator-write', { method: 'POST' }), seen),
  route(probe('operator', 'operator-billing', { needs: 'billing' }), seen),
  route(probe('player', 'player'), seen),
];

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
export type Answer = { status: number; headers: Record<string, unknown>; body: any };
export type Scene = {
  db: TestDatabase;
  clock: VirtualClock;
  newId: NewId;
  access: Access;
  http: FastifyInstance;
  operator: Operator;
  key: { id: bigint; apiKey: string; apiSecret: string };
  /** The same door of a further process; to be closed. */
  anotherProcess(): Access;
  /** Every line the server logged. */
  lines: string[];
  post(path: string, body: unknown, ip?: string): Promise<Answer>;
  get(path: string, authorization?: string): Promise<Answer>;
  send(options: InjectOptions): Promise<Answer>;
  addOperator(request: NewOperator): Promise<Operator>;
  addKey(scopes?: readonly ApiKeyScope[], expiresAt?: Date): Promise<{ id: bigint; apiKey: string; apiSecret: string }>;
  launchToken(
    claims?: { [K in keyof JWTPayload]?: JWTPayload[K] | undefined },
    signer?: { apiKey: string; apiSecret: string },
  ): Promise<string>;
  seconds(): number;
  close(): Promise<void>;
};

export const basic = ({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }) =>
  `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;

function serve(
  db: TestDatabase,
  clock: VirtualClock,
  newId: NewId,
  access: Access,
  lines: string[],
  loginsPerMinute: number,
): FastifyInstance {
  const { handlers } = access;
  const perMinute = { admin: 1_000, operator: 1_000, player: 1_000, public: 1_000, login: loginsPerMinute, form: 1_000 };
  return buildHttp({
    routes: [
      ...PROBES,
      route(auth.adminLogin, handlers.adminLogin),
      route(auth.operatorLogin, handlers.operatorLogin),
      route(auth.adminTotpBegin, handlers.adminTotpBegin),
      route(auth.adminTotpConfirm, handlers.adminTotpConfirm),
      route(auth.operatorTotpBegin, handlers.operatorTotpBegin),
      route(auth.operatorTotpConfirm, handlers.operatorTotpConfirm),
      route(auth.embedInit, handlers.embedInit),
    ],
    database: db.database,
    authenticate: access.authenticate,
    rateLimits: rateLimits(perMinute, clock),
    metrics: openMetrics({ process: false }),
    clock,
    newId,
    log: logTo((line) => lines.push(line), 'trace'),
  });
}

export async function openScene(options: Partial<AccessOptions> & { loginsPerMinute?: number } = {}): Promise<Scene> {
  const db = await testDatabase();
  const clock = virtualClock(new Date('2026-03-19T12:00:00.000Z'));
  const newId = idMaker(clock);
  const keys = { session: deriveKey(SECRET, 'session'), secrets: deriveKey(SECRET, 'secrets') };
  const anotherProcess = () => openAccess({ database: db.database, appUrl: db.appUrl, clock, newId, keys, admitPlayer, ...options });
  const access = anotherProcess();
  const lines: string[] = [];
  const http = serve(db, clock, newId, access, lines, options.loginsPerMinute ?? 1_000);
  const write = db.database.as.bind(db.database);

  await write(ADMIN, 'write', (tx) => initialisePlatformConfig(tx, clock.now()));
  const addOperator = (request: NewOperator) => write(ADMIN, 'write', (tx) => createOperator(tx, ADMIN, request, clock.now(), newId));
  const operator = await addOperator({ slug: 'example-casino', name: 'Example Casino', contactEmail: 'ops@example.test', status: 'live' });
  const addKey = (scopes?: readonly ApiKeyScope[], expiresAt?: Date) =>
    write(ACCESS, 'write', (tx) =>
      access.createKeyPair(
        tx,
        { operatorId: operator.id, name: 'test', ...(scopes && { scopes }), ...(expiresAt && { expiresAt }) },
        clock.now(),
      ),
    );
  const key = await addKey();
  await write(ACCESS, 'write', async (tx) => {
    await access.createAdmin(tx, ADMIN, { email: 'Ada@predictu.local', name: 'Ada', password: ADMIN_PASSWORD }, clock.now());
    const member = { email: 'bo@example.test', name: null, password: MEMBER_PASSWORD, permissions: ['read', 'write'] as const };
    await access.createMember(tx, ADMIN, { ...member, operatorId: operator.id }, clock.now());
  });

  const send = async (request: InjectOptions): Promise<Answer> => {
    const { statusCode, headers, body } = await http.inject(request);
    return { status: statusCode, headers, body: JSON.parse(body) };
  };
  const seconds = () => Math.floor(clock.now().getTime() / 1_000);
  return {
    db,
    clock,
    newId,
    access,
    anotherProcess,
    http,
    operator,
    key,
    lines,
    send,
    addOperator,
    addKey,
    seconds,
    post: (url, payload, remoteAddress = '192.0.2.1') => send({ method: 'POST', url, payload: payload as object, remoteAddress }),
    get: (url, authorization) => send({ method: 'GET', url, headers: authorization ? { authorization } : {} }),
    launchToken: (claims = {}, { apiKey, apiSecret } = key) =>
      new SignJWT({ sub: 'player-42', iat: seconds(), exp: seconds() + 60, jti: randomUUID(), ...(claims as JWTPayload) })
        .setProtectedHeader({ alg: 'HS256', kid: apiKey })
        .sign(createSecretKey(Buffer.from(apiSecret))),
    async close() {
      await http.close();
      await access.close();
      await db.drop();
    },
  };
}

/** A wrong token of every kind: what is not exactly ours must not pass. */
export async function forgeries(good: string): Promise<Record<string, string>> {
  const [header = '', payload = '', signature = ''] = good.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const sign = (key: Uint8Array, changes: JWTPayload, alg = 'HS256') =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg }).sign(createSecretKey(key));
  const own = deriveKey(SECRET, 'session');
  return {
    'no signature': `${header}.${payload}.`,
    'alg none': `${part({ alg: 'none', typ: 'JWT' })}.${payload}.`,
    'alg None, signature kept': `${part({ alg: 'None' })}.${payload}.${signature}`,
    'another algorithm': await sign(own, {}, 'HS512'),
    'altered payload': `${header}.${part({ ...claims, sub: 'adm_0000000000001' })}.${signature}`,
    'another key': await sign(deriveKey('another-secret-of-at-least-32-characters', 'session'), {}),
    'another purpose of the same secret': await sign(deriveKey(SECRET, 'secrets'), {}),
    'another issuer': await sign(own, { iss: 'somebody' }),
    'another audience': await sign(own, { aud: 'nobody' }),
    'the audience of another role': await sign(own, { aud: claims.aud === 'player' ? 'admin' : 'player' }),
    'an unknown role': await sign(own, { role: 'owner' }),
    'an id of another kind': await sign(own, { sub: 'mkt_0000000000001' }),
    'not a token': 'aaaa.bbbb.cccc',
  };
}
