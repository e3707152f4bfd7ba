/** Handlers: an operator renews what signs its callbacks; the public reads the keys that verify them. */
import { isRefusal } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { rotateSigningKey as signingKey, rotateWebhookSecret as webhookSecret } from '@predictu/contract/operator/wallet';
import type { jwks as endpoint } from '@predictu/contract/public/jwks';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { selectPublicKeys } from './endpoint.sql.ts';
import { KEY_SET_MAX_AGE_S } from './key-life.rules.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { showSettings } from './show-settings.ts';
import { makeSigningKey } from './sign-request.ts';

const subjectOf = (operatorId: bigint): string => encodeId('operator', operatorId as Id<'operator'>);

export const signingKeyHandler =
  (secretsKey: Uint8Array): Handler<typeof signingKey> =>
  async ({ db, actor, now, newId, requestId }) => {
    const { operatorId } = actor;
    const made = await makeSigningKey(secretsKey, operatorId);
    const keys = await rotateSigningKey(db, { operatorId, made, now, newId });
    if (isRefusal(keys)) return keys;
    const after = { kid: made.kid, fingerprint: made.fingerprint };
    await recordAudit(db, actor, newId(), now, { action: 'wallet.signing_key', subject: subjectOf(operatorId), after, requestId });
    return { data: await showSettings(db, operatorId, now) };
  };

export const webhookSecretHandler =
  (secretsKey: Uint8Array): Handler<typeof webhookSecret> =>
  async ({ db, actor, now, newId, requestId }) => {
    const { operatorId } = actor;
    const made = await rotateWebhookSecret(db, { operatorId, secretsKey, now, newId });
    if (isRefusal(made)) return made;
    await recordAudit(db, actor, newId(), now, { action: 'wallet.webhook_secret', subject: subjectOf(operatorId), requestId });
    return { data: { secret: made.secret, predecessor_ends_at: made.predecessorEndsAt } };
  };

type Jwk = Awaited<ReturnType<Handler<typeof endpoint>>>;
export const jwks: Handler<typeof endpoint> = async ({ db, now, setHeader }) => {
  const keys = await selectPublicKeys(db, now);
  setHeader('cache-control', `public, max-age=${KEY_SET_MAX_AGE_S}`);
  return { keys } as unknown as Jwk;
};
