/** Enrols an authenticator in two steps: a secret that waits, and the first code that puts it in force. */
import { Failure } from '@predictu/contract/errors';
import type { adminTotpBegin, adminTotpConfirm } from '@predictu/contract/public/auth';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { checkTotp, newAuthenticator } from './check-totp.ts';
import { actorOf } from './log-in-person.ts';
import { enrolPendingTotp, keepPendingTotp, type Realm } from './person.sql.ts';
import { type LoginDependencies, requireSecondFactor, totpBelongsTo, withPassword } from './prove-person.ts';
import { openSecret, sealSecret } from './seal-secret.ts';

export const beginTotp =
  (dependencies: LoginDependencies, realm: Realm): Handler<typeof adminTotpBegin> =>
  (context, { body }) =>
    withPassword(dependencies, realm, body, context, async (person) => {
      // Replacing an authenticator takes the one in force, or a stolen password would be enough.
      await requireSecondFactor(dependencies, realm, person, body.totp, false, context);
      const { secret, otpauthUrl } = newAuthenticator(person.email);
      await keepPendingTotp(context.db, realm, person.id, sealSecret(dependencies.secretsKey, secret, totpBelongsTo(realm, person.id)));
      return { data: { secret, otpauth_url: otpauthUrl } };
    });

export const confirmTotp =
  (dependencies: LoginDependencies, realm: Realm): Handler<typeof adminTotpConfirm> =>
  (context, { body }) =>
    withPassword(dependencies, realm, body, context, async (person) => {
      const { db, now, newId, requestId } = context;
      const pending = person.totpPending;
      if (pending === null) throw new Failure('CONFLICT', 'No authenticator is waiting to be confirmed', { reason: 'totp_not_begun' });
      const secret = openSecret(dependencies.secretsKey, pending, totpBelongsTo(realm, person.id));
      await dependencies.guesses.guess(`code|${realm}|${person.id}`, context.setHeader, () =>
        checkTotp(db, realm, person, secret, body.totp, now),
      );
      if (!(await enrolPendingTotp(db, realm, person.id, pending))) {
        throw new Failure('CONFLICT', 'Another authenticator was begun meanwhile', { reason: 'totp_superseded' });
      }
      await recordAudit(db, actorOf(person), newId(), now, {
        action: `${realm}.totp_enrolled`,
        subject: `${realm}:${person.email}`,
        before: { totp_enrolled: person.totpSecret !== null },
        after: { totp_enrolled: true },
        requestId,
      });
      return { data: { totp_enrolled: true } };
    });
