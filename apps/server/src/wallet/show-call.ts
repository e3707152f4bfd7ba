/** A call and its attempts as the contract shows them. Secrets were never kept; the command line names where they go. */
import type { walletAttempt, walletCall } from '@predictu/contract/shapes/wallet-call';
import type { z } from 'zod';
import type { Attempt } from './attempt.rules.ts';
import { bodyOf } from './call.rules.ts';
import type { ListedCall } from './call-list.sql.ts';

export type ShownCall = z.output<typeof walletCall>;
export type ShownAttempt = z.output<typeof walletAttempt>;

export const showCall = ({ player_id, amount_cents, balance_cents, params: _, ...call }: ListedCall): ShownCall => ({
  request_id: call.id as unknown as ShownCall['request_id'],
  amount_usd: amount_cents,
  balance_usd: balance_cents,
  user_id: player_id,
  ...call,
});

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const curlOf = (url: string, body: string): string =>
  [
    `curl -X POST ${quoted(url)}`,
    "-H 'content-type: application/json'",
    "-H 'authorization: Bearer [redacted]'",
    "-H 'webhook-id: [redacted]' -H 'webhook-timestamp: [redacted]' -H 'webhook-signature: [redacted]'",
    `--data-raw ${quoted(body)}`,
  ].join(' ');

export function showAttempt(attempt: Attempt, call: ListedCall): ShownAttempt {
  const asked = { id: call.id, operatorId: call.operator_id, method: call.method, createdAt: call.created_at };
  const request = attempt.request ?? bodyOf(asked, call.params ?? {});
  return {
    id: attempt.id.toString(36),
    method: attempt.method,
    at: attempt.at,
    url: attempt.url,
    request,
    http_status: attempt.httpStatus,
    answer: attempt.answer,
    outcome: attempt.outcome,
    detail: attempt.detail,
    milliseconds: attempt.milliseconds,
    curl: curlOf(attempt.url, request),
  };
}
