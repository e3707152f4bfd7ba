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

/** Whether every deposit of one stands. Submitted together: the engine decides them as a batch. */
async function payAll(options: RewardOptions, earned: Earned): Promise<boolean> {
  const stands = await Promise.all(bonusesOf(earned).map((bonus) => pay(options, earned, bonus)));
  return stands.every(Boolean);
}

const notificationsOf = (earned: Earned, newId: NewId) =>
  bonusesOf(earned).map(({ playerId, amount, part }) => ({
    operatorId: earned.operatorId,
    playerId,
    id: newId(),
    kind: 'referral' as const,
    marketId: null,
    data: { amount: String(amount), part },
  }));

/** Pays what has been earned since the last time. @throws what one deposit failed with, after the others are noted. */
export async function rewardReferrals(options: RewardOptions): Promise<void> {
  const { database, clock, newId } = options;
  const earned = await database.as(WORKER, 'read', (db) => selectEarned(db, AT_ONCE));
  if (earned.length === 0) return;
  const outcomes = await Promise.allSettled(earned.map((one) => payAll(options, one)));
  const paid = earned.filter((_, index) => {
    const outcome = outcomes[index];
    return outcome?.status === 'fulfilled' && outcome.value;
  });
  if (paid.length > 0) {
    await database.as(WORKER, 'write', async (db) => {
      const now = clock.now();
      const marked = new Set((await markRewarded(db, paid, now)).map(({ playerId }) => playerId));
      const told = paid.filter(({ playerId }) => marked.has(playerId)).flatMap((one) => notificationsOf(one, newId));
      if (told.length > 0) await insertNotifications(db, told, now);
    });
  }
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}
