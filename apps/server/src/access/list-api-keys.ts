/** An operator's key pairs, without key or secret. */
import type { Id } from '@predictu/contract/ids';
import type { listApiKeys as endpoint } from '@predictu/contract/operator/settings';
import type { Handler } from '../platform/http.ts';
import { selectKeys } from './api-key-list.sql.ts';

const DAY_MS = 86_400_000;
const REVOKED_SHOWN_DAYS = 30;

export const listApiKeys: Handler<typeof endpoint> = async ({ db, actor, now }) => {
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
  const rows = await selectKeys(db, actor.operatorId, { usedSince: before(1), revokedSince: before(REVOKED_SHOWN_DAYS) });
  const data = rows.map(({ id, status, requests, expires_at: expiresAt, ...row }) => ({
    ...row,
    id: id as Id<'apiKey'>,
    status: status === 'active' && expiresAt !== null && expiresAt <= now ? ('expired' as const) : status,
    requests_24h: Number(requests),
    expires_at: expiresAt,
  }));
  return { data, total: rows.length };
};
