"""Whether and when a request is sent again. Pure: the same failure and the same chance give the same answer."""

from __future__ import annotations

from typing import Optional

from ._errors import ApiConnectionError, ApiError

FIRST_SECONDS = 0.5
LONGEST_BACKOFF_SECONDS = 8.0
#: Spreads the clients that were all told to come back at the same moment.
SPREAD_SECONDS = 0.25
#: With these the server has certainly not carried it out.
NOT_DONE = frozenset({"RATE_LIMITED", "IN_FLIGHT", "UNAVAILABLE"})


def _worth_repeating(failure: Exception, repeatable: bool) -> bool:
    if isinstance(failure, ApiConnectionError):
        return repeatable
    if not isinstance(failure, ApiError) or not failure.retryable:
        return False
    if failure.code in NOT_DONE or failure.status == 429:
        return True
    # A refusal that may lift by itself, such as a halted market: the program decides, not this library.
    return failure.status >= 500 and repeatable


def wait_before_retry(
    failure: Exception, *, attempt: int, repeatable: bool, chance: float, max_retries: int, longest_wait: float
) -> Optional[float]:
    """Seconds to wait before the next attempt; None when there shall be none."""
    if attempt >= max_retries or not _worth_repeating(failure, repeatable):
        return None
    told = failure.response.retry_after_seconds if isinstance(failure, ApiError) else None
    backoff = min(LONGEST_BACKOFF_SECONDS, FIRST_SECONDS * 2**attempt)
    wait = backoff * (0.5 + chance / 2) if told is None else told + chance * SPREAD_SECONDS
    return wait if wait <= longest_wait else None
