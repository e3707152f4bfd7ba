"""Sends one call: credentials, time limit, rate limit, retries, and what came of it as data or a typed error."""

from __future__ import annotations

import base64
import http.client
import json
import random
import re
import threading
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from decimal import Decimal
from typing import IO, Any, Callable, Dict, Iterator, Optional, Tuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ._errors import ApiConnectionError, ApiTimeoutError, error_from
from ._events import StreamEvent, read_stream
from ._form import encode_form
from ._page import Page, Query
from ._request import OMIT, RequestOptions
from ._response import RateLimit, ResponseInfo, Result, response_info
from ._retries import SPREAD_SECONDS, wait_before_retry

#: Ends of windows are told in whole seconds: this close they are the same window.
SAME_WINDOW_SECONDS = 2.0
#: The server sends a sign of life every 15 seconds.
SILENCE_SECONDS = 45.0
CHUNK_BYTES = 65_536


@dataclass(frozen=True)
class Settings:
    api_key: str
    api_secret: str
    base_url: str
    timeout: float
    max_retries: int
    longest_wait: float
    wait_for_rate_limit: bool
    on_response: Optional[Callable[[ResponseInfo, str, str], None]]


class DownloadedFile:
    """A file, read when it is wanted."""

    def __init__(self, stream: IO[bytes], headers: Dict[str, str], response: ResponseInfo) -> None:
        named = re.search(r'filename="([^"]+)"', headers.get("content-disposition", ""))
        self.filename: Optional[str] = named.group(1) if named else None
        self.content_type: str = headers.get("content-type", "application/octet-stream")
        self.response = response
        self._stream = stream

    def read(self) -> bytes:
        with self._stream:
            return self._stream.read()

    def iter_bytes(self) -> Iterator[bytes]:
        """As it comes: a large file never stands in memory whole."""
        with self._stream:
            while True:
                chunk = self._stream.read(CHUNK_BYTES)
                if not chunk:
                    return
                yield chunk

    def save(self, path: str) -> None:
        with open(path, "wb") as file:
            for chunk in self.iter_bytes():
                file.write(chunk)


class _NoRedirect(HTTPRedirectHandler):
    """The credentials go to the platform and nowhere else."""

    def redirect_request(self, *_words: Any, **_named: Any) -> None:
        return None


class RateLimitGate:
    """Waits before asking when the last answers say that nothing is left in this minute, instead of earning a 429."""

    def __init__(self, longest_wait: float) -> None:
        self.latest: Optional[RateLimit] = None
        self._left = 0
        self._longest_wait = longest_wait
        self._lock = threading.Lock()

    def enter(self) -> None:
        while True:
            with self._lock:
                wait = self.latest.resets_at - time.time() if self.latest else 0.0
                if wait <= 0:
                    return
                if self._left > 0 or wait > self._longest_wait:
                    self._left -= 1
                    return
            time.sleep(wait + random.random() * SPREAD_SECONDS)

    def learn(self, told: Optional[RateLimit]) -> None:
        if told is None:
            return
        with self._lock:
            same = self.latest is not None and abs(told.resets_at - self.latest.resets_at) < SAME_WINDOW_SECONDS
            # Answers overtake each other; requests under way are already taken off.
            self._left = min(self._left, told.remaining) if same else told.remaining
            self.latest = told


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    return ",".join(map(_text, value)) if isinstance(value, (list, tuple)) else str(value)


def _plain(value: Any) -> Any:
    """Numbers as other languages write them: the same body has the same bytes, which is what an idempotency key is compared with."""
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime):
        return _text(value)
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _encoded(fields: Dict[str, Any]) -> bytes:
    return json.dumps(_plain(fields), separators=(",", ":"), ensure_ascii=False).encode()


def _failure_of(cause: BaseException, base_url: str, timeout: float) -> ApiConnectionError:
    reason = cause.reason if isinstance(cause, URLError) else cause
    if isinstance(reason, TimeoutError) or "timed out" in str(reason):
        return ApiTimeoutError(f"No answer within {timeout} s")
    return ApiConnectionError(f"{base_url} cannot be reached: set base_url or PREDICTU_BASE_URL if it is elsewhere ({reason})")


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


class Transport:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.gate = RateLimitGate(settings.longest_wait)
        self._opener = build_opener(_NoRedirect)
        pair = f"{settings.api_key}:{settings.api_secret}"
        self._authorization = f"Basic {base64.b64encode(pair.encode()).decode()}"

    def item(self, method: str, path: str, options: Optional[RequestOptions], **parts: Any) -> Any:
        body, info = self._answer(method, path, options, **parts)
        data = body["data"]
        if not isinstance(data, dict):
            return data
        result = Result(data)
        result.response = info
        return result

    def page(self, method: str, path: str, options: Optional[RequestOptions], query: Optional[Query] = None) -> Page[Any]:
        def turn(asked: Query) -> Page[Any]:
            body, info = self._answer(method, path, options, query=asked)
            return Page(body, info, asked, turn)

        return turn(query or {})

    def file(self, method: str, path: str, options: Optional[RequestOptions], **parts: Any) -> DownloadedFile:
        stream, headers, info = self._send(method, path, options or RequestOptions(), **parts)
        return DownloadedFile(stream, headers, info)

    def stream(
        self, method: str, path: str, options: Optional[RequestOptions], query: Optional[Query], last_event_id: Optional[str]
    ) -> Iterator[StreamEvent]:
        given = options or RequestOptions()
        patient = RequestOptions(given.timeout or SILENCE_SECONDS, given.max_retries)

        def reopen(last: Optional[str]) -> IO[bytes]:
            headers = {"accept": "text/event-stream", **({} if last is None else {"last-event-id": last})}
            return self._send(method, path, patient, query=query, headers=headers)[0]

        return read_stream(reopen, last_event_id)

    def _answer(self, method: str, path: str, options: Optional[RequestOptions], **parts: Any) -> Tuple[Dict[str, Any], ResponseInfo]:
        stream, _headers, info = self._send(method, path, options or RequestOptions(), **parts)
        try:
            with stream:
                body = json.loads(stream.read())
        except (OSError, ValueError, http.client.HTTPException) as cause:
            raise ApiConnectionError("The answer ended early or is not JSON") from cause
        return body, info

    def _request(
        self,
        method: str,
        path: str,
        options: RequestOptions,
        query: Optional[Query],
        body: Optional[Dict[str, Any]],
        form: Optional[Dict[str, Any]],
        key: Optional[str],
        headers: Optional[Dict[str, str]],
    ) -> Request:
        sent = {"authorization": self._authorization, "accept": "application/json", **(headers or {})}
        fields = None if body is None else {name: value for name, value in body.items() if value is not OMIT}
        if key:
            given = (fields or {}).get("idempotency_key") or options.idempotency_key or str(uuid.uuid4())
            if key == "header":
                sent["idempotency-key"] = given
            else:
                fields = {**(fields or {}), "idempotency_key": given}
        if fields is not None:
            sent["content-type"] = "application/json"
        asked = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        url = self.settings.base_url + path + (f"?{urlencode(asked)}" if asked else "")
        data = None if fields is None else _encoded(fields)
        if form is not None:
            sent["content-type"], data = encode_form({name: value for name, value in form.items() if value is not OMIT})
        return Request(url, data=data, headers=sent, method=method)

    def _send(
        self,
        method: str,
        path: str,
        options: RequestOptions,
        *,
        query: Optional[Query] = None,
        body: Optional[Dict[str, Any]] = None,
        form: Optional[Dict[str, Any]] = None,
        key: Optional[str] = None,
        headers: Optional[Dict[str, str]] = None,
    ) -> Tuple[IO[bytes], Dict[str, str], ResponseInfo]:
        """Until it is answered, or there is no use in asking again."""
        settings = self.settings
        request = self._request(method, path, options, query, body, form, key, headers)
        timeout = settings.timeout if options.timeout is None else options.timeout
        attempt = 0
        while True:
            if settings.wait_for_rate_limit:
                self.gate.enter()
            try:
                return self._attempt(request, path, timeout, attempt + 1)
            except Exception as failure:
                wait = wait_before_retry(
                    failure,
                    attempt=attempt,
                    repeatable=method in ("GET", "PUT") or key is not None,
                    chance=random.random(),
                    max_retries=settings.max_retries if options.max_retries is None else options.max_retries,
                    longest_wait=settings.longest_wait,
                )
                if wait is None:
                    raise
            time.sleep(wait)
            attempt += 1

    def _attempt(self, request: Request, path: str, timeout: float, attempts: int) -> Tuple[IO[bytes], Dict[str, str], ResponseInfo]:
        try:
            answer: Any = self._opener.open(request, timeout=timeout)
        except HTTPError as refused:
            answer = refused
        except (OSError, http.client.HTTPException) as cause:
            raise _failure_of(cause, self.settings.base_url, timeout) from cause
        headers = {name.lower(): value for name, value in answer.headers.items()}
        info = response_info(answer.status, headers, attempts, time.time())
        self.gate.learn(info.rate_limit)
        if self.settings.on_response:
            self.settings.on_response(info, request.get_method(), path)
        if 200 <= info.status < 300:
            return answer, headers, info
        try:
            with answer:
                content = answer.read()
        except (OSError, http.client.HTTPException) as cause:
            raise _failure_of(cause, self.settings.base_url, timeout) from cause
        raise error_from(_json(content), info)
