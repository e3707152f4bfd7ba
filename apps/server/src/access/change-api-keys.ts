/** An operator makes a key pair, rotates one with an overlap, or withdraws one for ever. */
import { Failure, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type {
  createApiKey as create,
  deleteApiKey as remove,
  revokeDeveloperKey as revoke,
  rotateApiKey as rotate,
} from '@predictu/contract/operator/access';
import { API_KEY_SCOPES, type ApiKeyScope } from '@predictu/contract/shapes/permission';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { type KeyWords, keyCreatedMail, keyRevokedMail, keyRotatedMail, nameOf, tellKeepers } from './access-mails.ts';
import { countActive, endKey, type HeldKey, lockKey, revokeKey } from './api-key-write.sql.ts';
import { createKeyPair } from './create-key-pair.ts';

const MOST_ACTIVE = 100;
const PREFIX_LENGTH = 12;
const HOUR_MS = 3_600_000;

type Wanted = { name: string; scopes: readonly ApiKeyScope[]; expiresAt: Date | null };
type From = Pick<Context, 'db' | 'now' | 'newId'> & { actor: Extract<Actor, { kind: 'operator' | 'apiKey' }> };

function requireFuture(expiresAt: Date | null, now: Date): void {
  if (expiresAt === null || expiresAt > now) return;
  const fields = [{ field: 'expires_at', received: expiresAt.toISOString(), expected: 'Expected an instant in the future, or null' }];
  throw new Failure('VALIDATION_ERROR', 'The body does not fit: expires_at', { fields });
}

async function tooMany({ db, actor, now }: From): Promise<Refusal | undefined> {
  if ((await countActive(db, actor.operatorId, now)) < MOST_ACTIVE) return undefined;
  return refuse('CONFLICT', `At most ${MOST_ACTIVE} key pairs may be active; delete one first`, { reason: 'too_many_keys' });
}

/** The pair as it is shown this once. */
async function make({ db, actor, now, newId }: From, secretsKey: Uint8Array, { name, scopes, expiresAt }: Wanted) {
  const { operatorId } = actor;
  const pair = await createKeyPair(db, { secretsKey, newId }, { operatorId, name, scopes, expiresAt }, now);
  return {
    id: pair.id as Id<'apiKey'>,
    name,
    api_key: pair.apiKey,
    api_secret: pair.apiSecret,
    prefix: pair.apiKey.slice(0, PREFIX_LENGTH),
    status: 'active' as const,
    permissions: [...scopes],
    created_at: now,
    expires_at: expiresAt,
  };
}

/** What colleagues are told of a pair; the secret is no part of it. */
const wordsOf = ({ actor, now }: From, { name, scopes, expiresAt }: Wanted, prefix: string): KeyWords => ({
  name,
  prefix,
  permissions: scopes,
  by: nameOf(actor),
  at: now.toISOString(),
  expires_at: expiresAt?.toISOString() ?? null,
});

const shown = ({ name, scopes, expiresAt }: Wanted) => ({ name, permissions: scopes, expires_at: expiresAt });

export const createApiKey =
  (secretsKey: Uint8Array): Handler<typeof create> =>
  async (context, { body }) => {
    const { db, actor, now, newId, requestId } = context;
    const wanted = { name: body.name, scopes: body.permissions ?? API_KEY_SCOPES, expiresAt: body.expires_at ?? null };
    requireFuture(wanted.expiresAt, now);
    const full = await tooMany(context);
    if (full) return full;
    const data = await make(context, secretsKey, wanted);
    const subject = encodeId('apiKey', data.id);
    await recordAudit(db, actor, newId(), now, { action: 'api_key.create', subject, after: shown(wanted), requestId });
    const words = wordsOf(context, wanted, data.prefix);
    await tellKeepers(context, keyCreatedMail, { operatorId: actor.operatorId, fact: subject, words });
    return { data };
  };

/** @throws NOT_FOUND; the refusal when it works no longer. */
async function heldKey(db: Db, operatorId: bigint, id: bigint): Promise<HeldKey | Refusal> {
  const held = await lockKey(db, operatorId, id);
  if (!held) throw notFound('API key');
  return held.status === 'revoked' ? refuse('CONFLICT', 'The key pair was deleted before', { reason: 'revoked' }) : held;
}

export const deleteApiKey: Handler<typeof remove> = async (context, { body: { key_id: id } }) => {
  const { db, actor, now, newId, requestId } = context;
  const held = await heldKey(db, actor.operatorId, id);
  if ('refused' in held) return held;
  await revokeKey(db, actor.operatorId, id, now);
  const subject = encodeId('apiKey', id);
  await recordAudit(db, actor, newId(), now, {
    action: 'api_key.revoke',
    subject,
    before: shown(held),
    after: { status: 'revoked' },
    requestId,
  });
  const words = wordsOf(context, held, held.apiKey.slice(0, PREFIX_LENGTH));
  await tellKeepers(context, keyRevokedMail, { operatorId: actor.operatorId, fact: subject, words });
  return { data: { id, name: held.name, status: 'revoked' as const, revoked_at: now } };
};

/** Under the name of the workspace's document. */
export const revokeDeveloperKey: Handler<typeof revoke> = (context, { body: { key_id }, ...rest }) =>
  deleteApiKey(context, { ...rest, body: { key_id } });

export const rotateApiKey =
  (secretsKey: Uint8Array): Handler<typeof rotate> =>
  async (context, { params: { key_id: id }, body }) => {
    const { db, actor, now, newId, requestId } = context;
    const { operatorId } = actor;
    const held = await heldKey(db, operatorId, id);
    if ('refused' in held) return held;
    if (held.expiresAt !== null && held.expiresAt <= now) return refuse('CONFLICT', 'The key pair has expired', { reason: 'expired' });
    const full = await tooMany(context);
    if (full) return full;
    const expiresAt = body.expires_at === undefined ? held.expiresAt : body.expires_at;
    requireFuture(expiresAt, now);
    const data = await make(context, secretsKey, { ...held, expiresAt });
    const end = new Date(now.getTime() + body.overlap_hours * HOUR_MS);
    const endsAt = held.expiresAt !== null && held.expiresAt < end ? held.expiresAt : end;
    if (body.overlap_hours === 0) await revokeKey(db, operatorId, id, now);
    else await endKey(db, operatorId, id, endsAt);
    const predecessor =
      body.overlap_hours === 0
        ? { id, status: 'revoked' as const, expires_at: held.expiresAt }
        : { id, status: 'active' as const, expires_at: endsAt };
    await recordAudit(db, actor, newId(), now, {
      action: 'api_key.rotate',
      subject: encodeId('apiKey', id),
      before: shown(held),
      after: { successor: encodeId('apiKey', data.id), ...predecessor, id: undefined },
      requestId,
    });
    const words = wordsOf(context, { ...held, expiresAt }, data.prefix);
    const overlap = body.overlap_hours === 0 ? {} : { overlap_until: endsAt.toISOString() };
    await tellKeepers(context, keyRotatedMail, { operatorId, fact: encodeId('apiKey', data.id), words: { ...words, ...overlap } });
    return { data: { ...data, predecessor } };
  };
