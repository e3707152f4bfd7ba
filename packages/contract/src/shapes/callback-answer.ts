/** What an operator's wallet answers to a callback. */
import { z } from 'zod';

export const CALLBACK_METHODS = ['PING', 'BALANCE', 'BET_MAKE', 'BET_SELL', 'BET_WIN', 'BET_LOSE', 'BET_REFUND', 'BET_ROLLBACK'] as const;
export type CallbackMethod = (typeof CALLBACK_METHODS)[number];

export const CALLBACK_STATUSES = [
  'OK',
  'DUPLICATE_TRANSACTION',
  'INSUFFICIENT_FUNDS',
  'PLAYER_NOT_FOUND',
  'PLAYER_BLOCKED',
  'LIMIT_EXCEEDED',
  'INVALID_SIGNATURE',
  'ERROR',
] as const;
export type CallbackStatus = (typeof CALLBACK_STATUSES)[number];

/** The answer to every method. */
export const callbackAnswer = z
  .object({
    status: z.enum(CALLBACK_STATUSES),
    balance: z
      .number()
      .int()
      .nullable()
      .optional()
      .meta({ description: 'The player’s balance after it, whole minor units; always with OK, except for PING and BET_LOSE.' }),
    transaction_id: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The `transaction_id` of the request, whenever it has one; of a duplicate likewise.' }),
    request_id: z.string().nullable().optional().meta({ description: 'May be echoed; when it is, it must be the request’s.' }),
    message: z.string().nullable().optional().meta({ description: 'For people: shown in the callback log.' }),
  })
  .meta({ id: 'CallbackAnswer' });
export type CallbackAnswer = z.output<typeof callbackAnswer>;
