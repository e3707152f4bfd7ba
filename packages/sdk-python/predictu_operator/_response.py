"""What an answer says beside its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, Dict, Mapping, Optional


@dataclass(frozen=True)
class RateLimit:
    #: Requests a minute.
    limit: int
    #: Requests left in this window.
    remaining: int
    #: When the window ends, in seconds since 1970 by this machine's clock.
    resets_at: float


@dataclass(frozen=True)
class ResponseInfo:
    status: int
    request_id: Optional[str]
    #: The idempotency key was known: this is the first answer again.
    replayed: bool
    retry_after_seconds: Optional[int]
    rate_limit: Optional[RateLimit]
    #: How often the request was sent.
    attempts: int


class Result(Dict[str, Any]):
    """The data of an answer; `response` says what came beside it."""

    response: ResponseInfo


def response_of(result: Any) -> ResponseInfo:
    """Status, request id, rate limit and whether it was replayed, of anything a call answered."""
    return result.response


def _number(headers: Mapping[str, str], name: str) -> Optional[int]:
    text = headers.get(name)
    return int(text) if text is not None and re.fullmatch(r"[0-9]+", text) else None


def _date(text: Optional[str]) -> Optional[float]:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (TypeError, ValueError, IndexError):
        return None


def _rate_limit(headers: Mapping[str, str], now: float) -> Optional[RateLimit]:
    limit = _number(headers, "x-ratelimit-limit")
    remaining = _number(headers, "x-ratelimit-remaining")
    reset = _number(headers, "x-ratelimit-reset")
    if limit is None or remaining is None or reset is None:
        return None
    # The server's clock and ours may differ: the header Date says by how much.
    theirs = _date(headers.get("date"))
    return RateLimit(limit, remaining, reset - (theirs - now if theirs is not None else 0))


def _retry_after(headers: Mapping[str, str], now: float) -> Optional[int]:
    seconds = _number(headers, "retry-after")
    if seconds is not None:
        return seconds
    at = _date(headers.get("retry-after"))
    return None if at is None else max(0, -int(-(at - now) // 1))


def response_info(status: int, headers: Mapping[str, str], attempts: int, now: float) -> ResponseInfo:
    return ResponseInfo(
        status=status,
        request_id=headers.get("x-request-id"),
        replayed=headers.get("idempotency-replayed") == "true",
        retry_after_seconds=_retry_after(headers, now),
        rate_limit=_rate_limit(headers, now),
        attempts=attempts,
    )
