"""Server-sent events: read, and gone on with after the last one seen whenever the stream ends."""

from __future__ import annotations

import http.client
import json
import random
import time
from dataclasses import dataclass
from typing import IO, Any, Callable, Dict, Iterator, List, Optional

from ._errors import ApiConnectionError, ApiError

AGAIN_SECONDS = 1.0
LONGEST_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class StreamEvent:
    id: str
    event: str
    data: Any


def _event(lines: List[str]) -> Optional[StreamEvent]:
    """One block between empty lines; None for comments and for what has no data."""
    fields: Dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name:
            continue
        value = value[1:] if value.startswith(" ") else value
        fields[name] = f"{fields['data']}\n{value}" if name == "data" and "data" in fields else value
    if "data" not in fields:
        return None
    return StreamEvent(fields.get("id", ""), fields.get("event", "message"), json.loads(fields["data"]))


def _blocks(stream: IO[bytes]) -> Iterator[List[str]]:
    lines: List[str] = []
    for raw in stream:
        line = raw.decode("utf-8").rstrip("\r\n")
        if line:
            lines.append(line)
            continue
        yield lines
        lines = []


def read_stream(reopen: Callable[[Optional[str]], IO[bytes]], last_event_id: Optional[str]) -> Iterator[StreamEvent]:
    """Every event, for as long as the caller asks for the next one."""
    failures = 0
    while True:
        try:
            with reopen(last_event_id) as stream:
                for block in _blocks(stream):
                    failures = 0
                    event = _event(block)
                    if event is None:
                        continue
                    last_event_id = event.id or last_event_id
                    yield event
        except ApiError as refused:
            if not refused.retryable:
                raise
            failures += 1
        except (ApiConnectionError, OSError, http.client.HTTPException):
            failures += 1
        time.sleep(min(LONGEST_AGAIN_SECONDS, AGAIN_SECONDS * 2 ** min(failures, 10)) * (0.5 + random.random() / 2))
