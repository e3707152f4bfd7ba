/** Written by `npm run generate` from the contract. */
export const FAMILIES = {
  /** 400: The request cannot be read: malformed JSON, or a query parameter or header that does not parse, is unknown or lies outside its documented values. */
  BAD_REQUEST: 'BadRequestError',
  /** 401: No valid token, or it has expired. */
  UNAUTHORIZED: 'AuthenticationError',
  /** 403: The token is valid but of the wrong audience, lacks the permission, or its role has been revoked. */
  FORBIDDEN: 'PermissionDeniedError',
  /** 404: There is no such thing, or it belongs to another operator. */
  NOT_FOUND: 'NotFoundError',
  /** 409: The resource exists already or is in a state that does not allow this. */
  CONFLICT: 'ConflictError',
  /** 409: A request with the same idempotency key is still being carried out. */
  IN_FLIGHT: 'ConflictError',
  /** 410: The link has expired and the file is gone. */
  LINK_EXPIRED: 'BadRequestError',
  /** 413: The body is larger than 1 MB, or the file larger than its endpoint takes. */
  PAYLOAD_TOO_LARGE: 'BadRequestError',
  /** 415: The body is not application/json. */
  UNSUPPORTED_MEDIA_TYPE: 'BadRequestError',
  /** 422: The body can be read but breaks the schema. */
  VALIDATION_ERROR: 'ValidationError',
  /** 422: The idempotency key was used before with another body. */
  IDEMPOTENCY_KEY_REUSED: 'IdempotencyError',
  /** 422: The balance does not cover the amount and its fee. */
  INSUFFICIENT_BALANCE: 'RefusedError',
  /** 422: The player holds fewer shares than the sale names. */
  INSUFFICIENT_SHARES: 'RefusedError',
  /** 422: The market cannot be traded: paused, resolved, past its end, its price too old or outside the bounds, or its category not offered. */
  MARKET_NOT_TRADEABLE: 'RefusedError',
  /** 422: The quote is past its expiry. */
  QUOTE_EXPIRED: 'RefusedError',
  /** 422: The quote was altered, belongs to another player or trade, or has been used. */
  QUOTE_INVALID: 'RefusedError',
  /** 422: The price is now worse than the one accepted. */
  PRICE_CHANGED: 'RefusedError',
  /** 422: The amount is below the smallest trade or buys less than a hundredth of a share. */
  AMOUNT_TOO_SMALL: 'RefusedError',
  /** 422: One of the five walls refuses the trade. */
  RISK_LIMIT: 'RefusedError',
  /** 422: A circuit breaker has halted buying in this scope. */
  CIRCUIT_BREAKER: 'RefusedError',
  /** 422: The player may not buy here: suspended, banned, cooling down, or the market or category is closed to them. */
  PLAYER_RESTRICTED: 'RefusedError',
  /** 422: A limit the player has set for itself refuses the buy: on stake, loss or playing time. */
  OWN_LIMIT: 'RefusedError',
  /** 422: The player has excluded itself: no buys and no deposits until the end. */
  SELF_EXCLUDED: 'RefusedError',
  /** 422: The onboarding step cannot be passed: something it asks for is missing. */
  REQUIREMENTS_UNMET: 'RefusedError',
  /** 422: The operator is not live. */
  OPERATOR_NOT_LIVE: 'RefusedError',
  /** 422: The operator's trial is over: it reads everything and changes nothing, and its players sell and withdraw but do not buy or deposit. */
  OPERATOR_READ_ONLY: 'RefusedError',
  /** 422: The operator's wallet gave no usable answer to a bet; the bet is void and nothing was paid. */
  WALLET_UNAVAILABLE: 'RefusedError',
  /** 422: The copilot credits do not cover this answer. */
  INSUFFICIENT_CREDITS: 'RefusedError',
  /** 422: The draft of a market cannot be deployed: the lint finds errors in it. */
  DRAFT_UNFIT: 'RefusedError',
  /** 429: Too many requests in this minute. */
  RATE_LIMITED: 'RateLimitError',
  /** 500: An unexpected failure of the server; nothing was changed. */
  INTERNAL_ERROR: 'ServerError',
  /** 503: The connection to the database was lost while the request was being written: it may or may not have happened. */
  OUTCOME_UNKNOWN: 'ServerError',
  /** 503: The server is starting, stopping or overloaded. */
  UNAVAILABLE: 'ServerError',
} as const;
export type ErrorCode = keyof typeof FAMILIES;
