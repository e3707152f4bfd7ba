/**
 * The closed list of error codes. The status sits on the code; `docs/errors.md` and the error page are generated from here.
 * `retryable` means: the very same request may succeed later without anybody changing anything.
 */
import { z } from 'zod';

const code = (status: number, retryable: boolean, meaning: string, remedy: string) => ({ status, retryable, meaning, remedy });

export const ERRORS = {
  BAD_REQUEST: code(
    400,
    false,
    'The request cannot be read: malformed JSON, or a query parameter or header that does not parse, is unknown or lies outside its documented values.',
    'Correct the named field.',
  ),
  UNAUTHORIZED: code(401, false, 'No valid token, or it has expired.', 'Log in again, or send a fresh launch token.'),
  FORBIDDEN: code(
    403,
    false,
    'The token is valid but of the wrong audience, lacks the permission, or its role has been revoked.',
    'Use an account with the permission.',
  ),
  NOT_FOUND: code(404, false, 'There is no such thing, or it belongs to another operator.', 'Check the id.'),
  CONFLICT: code(409, false, 'The resource exists already or is in a state that does not allow this.', 'Read its current state first.'),
  IN_FLIGHT: code(
    409,
    true,
    'A request with the same idempotency key is still being carried out.',
    'Repeat the same request after the time in Retry-After.',
  ),
  LINK_EXPIRED: code(410, false, 'The link has expired and the file is gone.', 'Make the file anew.'),
  PAYLOAD_TOO_LARGE: code(413, false, 'The body is larger than 1 MB, or the file larger than its endpoint takes.', 'Send less.'),
  UNSUPPORTED_MEDIA_TYPE: code(415, false, 'The body is not application/json.', 'Send JSON with its content type.'),
  VALIDATION_ERROR: code(
    422,
    false,
    'The body can be read but breaks the schema.',
    'details.fields lists each field, what came and what was expected.',
  ),
  IDEMPOTENCY_KEY_REUSED: code(422, false, 'The idempotency key was used before with another body.', 'Use a new key for a new operation.'),
  INSUFFICIENT_BALANCE: code(422, false, 'The balance does not cover the amount and its fee.', 'Deposit, or choose a smaller amount.'),
  INSUFFICIENT_SHARES: code(422, false, 'The player holds fewer shares than the sale names.', 'Sell at most the shares held.'),
  MARKET_NOT_TRADEABLE: code(
    422,
    false,
    'The market cannot be traded: paused, resolved, past its end, its price too old or outside the bounds, or its category not offered.',
    'details.reason says which.',
  ),
  QUOTE_EXPIRED: code(422, false, 'The quote is past its expiry.', 'Ask for a new quote.'),
  QUOTE_INVALID: code(422, false, 'The quote was altered, belongs to another player or trade, or has been used.', 'Ask for a new quote.'),
  PRICE_CHANGED: code(422, true, 'The price is now worse than the one accepted.', 'Show the player details.price and ask again.'),
  AMOUNT_TOO_SMALL: code(
    422,
    false,
    'The amount is below the smallest trade or buys less than a hundredth of a share.',
    'details.minimum_usd is the least.',
  ),
  RISK_LIMIT: code(422, false, 'One of the five walls refuses the trade.', 'details names the wall, the limit and the value.'),
  CIRCUIT_BREAKER: code(422, true, 'A circuit breaker has halted buying in this scope.', 'Wait until it is reset; sales stay open.'),
  PLAYER_RESTRICTED: code(
    422,
    false,
    'The player may not buy here: suspended, banned, cooling down, or the market or category is closed to them.',
    'details.reason says which.',
  ),
  OWN_LIMIT: code(
    422,
    false,
    'A limit the player has set for itself refuses the buy: on stake, loss or playing time.',
    'details names the kind, the limit, what is used of it and when the next period begins.',
  ),
  SELF_EXCLUDED: code(
    422,
    false,
    'The player has excluded itself: no buys and no deposits until the end.',
    'details.until is the end; null when it is for good. Sales and withdrawals stay open.',
  ),
  REQUIREMENTS_UNMET: code(
    422,
    false,
    'The onboarding step cannot be passed: something it asks for is missing.',
    'details.unmet lists each requirement and what the server found.',
  ),
  OPERATOR_NOT_LIVE: code(422, false, 'The operator is not live.', 'Finish onboarding, or ask the platform.'),
  OPERATOR_READ_ONLY: code(
    422,
    false,
    "The operator's trial is over: it reads everything and changes nothing, and its players sell and withdraw but do not buy or deposit.",
    'Ask the platform to go on; nothing has been deleted.',
  ),
  WALLET_UNAVAILABLE: code(
    422,
    false,
    "The operator's wallet gave no usable answer to a bet; the bet is void and nothing was paid.",
    'Try again later with a new idempotency key.',
  ),
  INSUFFICIENT_CREDITS: code(
    422,
    false,
    'The copilot credits do not cover this answer.',
    'details names balance and price; ask the platform for a top-up.',
  ),
  DRAFT_UNFIT: code(
    422,
    false,
    'The draft of a market cannot be deployed: the lint finds errors in it.',
    'details.findings lists each with its fix.',
  ),
  RATE_LIMITED: code(429, true, 'Too many requests in this minute.', 'Wait for the seconds in Retry-After.'),
  INTERNAL_ERROR: code(
    500,
    true,
    'An unexpected failure of the server; nothing was changed.',
    'Repeat with the same idempotency key; report request_id if it persists.',
  ),
  OUTCOME_UNKNOWN: code(
    503,
    true,
    'The connection to the database was lost while the request was being written: it may or may not have happened.',
    'Repeat the same request with the same idempotency key.',
  ),
  UNAVAILABLE: code(503, true, 'The server is starting, stopping or overloaded.', 'Repeat after the time in Retry-After.'),
} as const;

export type ErrorCode = keyof typeof ERRORS;
export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** The one shape of every error answer. */
export const errorEnvelope = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).nullable(),
      request_id: z.string(),
      doc_url: z.string(),
      retryable: z.boolean(),
    }),
  })
  .meta({ id: 'Error' });
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;

/** One refused field of a body or query. */
export type FieldProblem = { field: string; received: unknown; expected: string };

/** A business no: it is returned, it is a fact, and what was written with it commits. */
export type Refusal = { refused: ErrorCode; message: string; details: Record<string, unknown> | null };
export const refuse = (refused: ErrorCode, message: string, details: Record<string, unknown> | null = null): Refusal => ({
  refused,
  message,
  details,
});
export const isRefusal = (value: unknown): value is Refusal => typeof value === 'object' && value !== null && 'refused' in value;

/** A technical or lookup no: it is thrown and rolls everything back. */
export class Failure extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | null;
  constructor(errorCode: ErrorCode, message: string, details: Record<string, unknown> | null = null) {
    super(message);
    this.code = errorCode;
    this.details = details;
  }
}
