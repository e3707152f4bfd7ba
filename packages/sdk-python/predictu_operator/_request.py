"""What a call is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional
from urllib.parse import quote


class Omit:
    """A field that is not sent; None is sent, as null."""

    def __repr__(self) -> str:
        return "OMIT"


OMIT = Omit()


@dataclass(frozen=True)
class RequestOptions:
    #: Seconds, for each attempt.
    timeout: Optional[float] = None
    max_retries: Optional[int] = None
    #: For calls that move money; made for you when absent, so that retries are safe. Name your own to be safe across restarts.
    idempotency_key: Optional[str] = None


def segment(value: str) -> str:
    """One part of a path. Raises TypeError for what would lead to another path."""
    if not isinstance(value, str) or value in ("", ".", ".."):
        raise TypeError(f"Expected an id, received {value!r}")
    return quote(value, safe="")
