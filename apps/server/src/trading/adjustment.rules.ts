/** The kind `adjustment`: an operator moves money into or out of a player's balance. */
import { refuse } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import { type Cents, cents } from '@predictu/contract/units';
import { adjustmentMovements, chain } from '../ledger/entry.rules.ts';
import { exclusionRefusal } from '../protection/protection.rules.ts';
import { dollars, usd } from './dollars.rules.ts';
import type { Kind } from './kind.rules.ts';
import type { AdjustmentOperation, AdjustmentResult } from './operation.rules.ts';
import { readOnlyRefusal } from './read-only.rules.ts';
import { changePlayer, nextId } from './world.rules.ts';

const amountOf = (text: unknown): Cents => cents(BigInt(text as string));

const keep = (result: AdjustmentResult): string =>
  JSON.stringify({
    adjustment: String(result.ledgerEntryId),
    action: result.action,
    amount: String(result.amount),
    fee: String(result.fee),
    before: String(result.balanceBefore),
    after: String(result.balanceAfter),
    at: result.createdAt.toISOString(),
  });

export const adjustmentKind: Kind<AdjustmentOperation> = {
  ownerId: () => 0n,
  orders: () => [],
  decide(world, operator, player, { action, amount, reason, metadata, actor, audit }) {
    if (operator.walletMode !== 'internal') {
      const details = { reason: 'wallet_mode', wallet_mode: operator.walletMode };
      return { refusal: refuse('OPERATOR_NOT_LIVE', 'The balances of this operator are kept outside', details) };
    }
    const excluded = action === 'deposit' ? (readOnlyRefusal(operator) ?? exclusionRefusal(player.protection, world.now)) : undefined;
    if (excluded) return { refusal: excluded };
    const fee = action === 'withdraw' ? world.settings.withdrawalFee : cents(0n);
    const needed = action === 'withdraw' ? amount + fee : 0n;
    if (player.balance < needed) {
      return {
        refusal: refuse(
          'INSUFFICIENT_BALANCE',
          `User balance (${dollars(player.balance)}) is less than withdrawal amount (${dollars(needed)})`,
          {
            current_balance_usd: usd(player.balance),
            requested_usd: usd(needed),
          },
        ),
      };
    }
    const before = player.balance;
    const { entries, balance } = chain(before, adjustmentMovements(action, amount, fee, reason));
    const row = changePlayer(world, player);
    row.balance = balance;
    if (action === 'deposit') row.deposited = cents(row.deposited + amount);
    else row.withdrawn = cents(row.withdrawn + amount);
    const noted = JSON.stringify({ ...metadata, actor });
    const posted = entries.map((entry) => ({
      operatorId: player.operatorId,
      id: nextId(world),
      playerId: player.id,
      tradeId: null,
      metadata: noted,
      ...entry,
    }));
    world.entries.push(...posted);
    const ledgerEntryId = posted[0]?.id ?? 0n;
    if (audit) {
      world.audits.push({
        ...audit,
        id: ledgerEntryId,
        operatorId: player.operatorId,
        action: `balance.${action}`,
        subject: encodeId('user', player.id),
        before: { balance_cents: before },
        after: { balance_cents: balance, ledger_entry_id: encodeId('ledger', ledgerEntryId) },
        reason,
      });
    }
    const result: AdjustmentResult = {
      ledgerEntryId,
      action,
      amount,
      fee,
      balanceBefore: before,
      balanceAfter: balance,
      createdAt: world.now,
    };
    return { outcome: { adjustment: result }, tradeId: null, kept: keep(result) };
  },
  replay({ answer }) {
    if (typeof answer['adjustment'] !== 'string') return undefined;
    return {
      adjustment: {
        ledgerEntryId: BigInt(answer['adjustment']),
        action: answer['action'] as AdjustmentResult['action'],
        amount: amountOf(answer['amount']),
        fee: amountOf(answer['fee']),
        balanceBefore: amountOf(answer['before']),
        balanceAfter: amountOf(answer['after']),
        createdAt: new Date(answer['at'] as string),
      },
    };
  },
};
