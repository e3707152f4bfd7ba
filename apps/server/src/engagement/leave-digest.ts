/** Ending the e-mails that sum up a player's days with one press: by a link that only its recipient has, signed in or not. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeId, encodeId, type Id } from '@predictu/contract/ids';
import type { Database } from '../platform/db.ts';
import { endDigest } from './digest.sql.ts';
import type { DigestMail } from './digest-mail.ts';

export const UNSUBSCRIBE_PATH = '/unsubscribe';
export type DigestReader = { operatorId: bigint; playerId: bigint };

const signatureOf = (key: Uint8Array, reader: string): Buffer => createHmac('sha256', key).update(`digest|${reader}`).digest();

/** Made when the message leaves; it works for as long as the installation keeps its secret. Null in messages that name no player. */
export const leaveDigestPath =
  (key: Uint8Array) =>
  (operatorId: bigint | null, data: object): string | null => {
    const { player } = data as DigestMail;
    if (player === undefined || operatorId === null) return null;
    const reader = `${encodeId('operator', operatorId as Id<'operator'>)}.${player}`;
    return `${UNSUBSCRIBE_PATH}?token=${reader}.${signatureOf(key, reader).toString('base64url')}`;
  };

/** Undefined for a token that is none of ours. */
export function digestReaderOf(key: Uint8Array, token: unknown): DigestReader | undefined {
  const [operator = '', player = '', signature = ''] = String(token).split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = signatureOf(key, `${operator}.${player}`);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const [operatorId, playerId] = [decodeId('operator', operator), decodeId('user', player)];
  return operatorId === undefined || playerId === undefined ? undefined : { operatorId, playerId };
}

/** However often it is asked. */
export const leaveDigest = (database: Database, reader: DigestReader, now: Date): Promise<boolean> =>
  database.as({ kind: 'worker', name: 'unsubscribe' }, 'write', (db) => endDigest(db, reader, now));
