/**
 * The job that pays referral bonuses: a deposit by the operator's terms to each of the two, once. The batch's own keys make sure of it:
 * however often a referral is looked at, each deposit has one answer for ever.
 */
import { createHash } from 'node:crypto';
import type { Cents } from '@predictu/contract/units';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Trading } from '../trading/trading.ts';
import { insertNotifications } from './notification.sql.ts';
import { type Earned, markRewarded, selectEarned } from './referral.sql.ts';

const WORKER = { kind: 'worker', name: 'reward-referrals' } as const;
const AT_ONCE = 200;

type RewardOptions = { database: Database; trading: Pick<Trading, 'submit'>; clock: Clock; newId: NewId };
type Bonus = { playerId: bigint; amount: Cents; part: 'referrer' | 'referred'; reason: string };

const bonusesOf = ({ playerId, referrerId, referrerBonus, referredBonus }: Earned): Bonus[] =>
  [
    { playerId: referrerId, amount: referrerBonus, part: 'referrer' as const, reason: 'Referral bonus: a player you brought has traded' },
    { playerId, amount: referredBonus, part: 'referred' as const, reason: 'Referral bonus: welcome' },
  ].filter(({ amount }) => amount > 0n);

/** True when the deposit stands. A player who has excluded itself gets it afterwards. */
async function pay({ trading }: RewardOptions, earned: Earned, { playerId, amount, part, reason }: Bonus): Promise<boolean> {
  const key = `referral.${earned.playerId}.${part}`;
  const answer = await trading.submit({
    kind: 'adjustment',
    operatorId: earned.operatorId,
    playerId,
    key,
    bodyHash: createHash('sha256').update(`${key} ${playerId} ${amount}`).digest('hex').slice(0, 32),
    action: 'deposit',
    amount,
    reason,
    metadata: { referral: part },
    actor: 'referral programme',
    audit: { actor: ['worker', WORKER.name], requestId: key },
  });
  return 'adjustment' in answer;
}

async function reward(options: RewardOptions, earned: Earned): Promise<void> {
  const bonuses = bonusesOf(earned);
  for (const bonus of bonuses) if (!(await pay(options, earned, bonus))) return;
  const { database, clock, newId } = options;
  await database.as(WORKER, 'write', async (db) => {
    const now = clock.now();
    if ((await markRewarded(db, earned, now)).length === 0) return;
    const told = bonuses.map(({ playerId, amount, part }) => {
      const data = { amount: String(amount), part };
      return { operatorId: earned.operatorId, playerId, id: newId(), kind: 'referral' as const, marketId: null, data };
    });
    await insertNotifications(db, told, now);
  });
}

/** Pays what has been earned since the last time. */
export async function rewardReferrals(options: RewardOptions): Promise<void> {
  const earned = await options.database.as(WORKER, 'read', (db) => selectEarned(db, AT_ONCE));
  for (const one of earned) await reward(options, one);
}
