/** A player brings another: its code, and the other redeeming it. */
import { randomBytes } from 'node:crypto';
import { isRefusal } from '@predictu/contract/errors';
import type { getReferral as getEndpoint, redeemReferral as redeemEndpoint } from '@predictu/contract/player/engagement';
import { requireFeature } from '../config/config.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { codeOf, normalCode, redeemable, type Standing } from './referral.rules.ts';
import { insertCode, insertReferral, selectReferral, selectReferrer } from './referral.sql.ts';
import { takePlayersTurn } from './watchlist.sql.ts';

const FEATURE = 'features.referral_program';
/** Codes and referrals of others are not a player's to read. */
const WORKER = { kind: 'worker', name: 'referrals' } as const;
type Player = { operatorId: bigint; playerId: bigint };

const show = ({ terms, code, trade_count: trades, redeemed, referred, rewarded, earned }: Standing) => ({
  data: {
    code: terms && code,
    terms,
    referred: Number(referred),
    rewarded: Number(rewarded),
    earned_usd: earned,
    redeemed,
    can_redeem: terms !== null && !redeemed && trades === 0,
  },
});

async function read(db: Db, player: Player): Promise<Standing> {
  const standing = await selectReferral(db, player);
  if (!standing) throw notFound('user');
  return standing;
}

/** With a code where something can be earned; a code that somebody has already is drawn again. */
async function withCode(db: Db, player: Player, now: Date): Promise<Standing> {
  let standing = await read(db, player);
  while (standing.terms && standing.code === null) {
    await insertCode(db, player, codeOf(randomBytes(8)), now);
    standing = await read(db, player);
  }
  return standing;
}

export const getReferral =
  (database: Database): Handler<typeof getEndpoint> =>
  async ({ db, actor, now }) => {
    await requireFeature(db, actor.operatorId, FEATURE);
    return show(await database.as(WORKER, 'write', (worker) => withCode(worker, actor, now)));
  };

export const redeemReferral =
  (database: Database): Handler<typeof redeemEndpoint> =>
  async ({ db, actor, now }, { body }) => {
    const { operatorId, playerId } = actor;
    await requireFeature(db, operatorId, FEATURE);
    return database.as(WORKER, 'write', async (worker) => {
      const referrerId = await selectReferrer(worker, operatorId, normalCode(body.code));
      // Those who redeem one code take turns: it is not used more often than the terms allow.
      if (referrerId !== undefined) await takePlayersTurn(worker, { operatorId, playerId: referrerId });
      const standing = await read(worker, actor);
      const referrer = referrerId === undefined ? undefined : await selectReferral(worker, { operatorId, playerId: referrerId });
      const terms = redeemable({ standing, playerId, referrerId, referrer });
      if (isRefusal(terms)) return terms;
      await insertReferral(worker, actor, referrerId as bigint, terms, now);
      return show(await withCode(worker, actor, now));
    });
  };
