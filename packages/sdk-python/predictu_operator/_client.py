"""The client: every resource of the operator API, launch tokens and callbacks."""

from __future__ import annotations

import os
import re
import threading
from typing import TYPE_CHECKING, Callable, Mapping, Optional, Union

from ._callbacks import CallbackVerifier
from ._errors import PredictuError
from ._generated import Resources
from ._launch import sign_launch_token
from ._response import RateLimit, ResponseInfo
from ._transport import Settings, Transport

if TYPE_CHECKING:
    from ._generated import Callback

THIS_MACHINE = "http://127.0.0.1:3000"


def _required(value: Optional[str], name: str, variable: str) -> str:
    found = value or os.environ.get(variable)
    if not found:
        raise PredictuError(f"{name} is missing: give it, or set {variable}")
    return found


class PredictuOperator(Resources):
    """What is not given is read from the environment: PREDICTU_API_KEY, PREDICTU_API_SECRET, PREDICTU_BASE_URL,
    PREDICTU_WEBHOOK_SECRET, PREDICTU_OPERATOR_ID. Safe to use from several threads."""

    def __init__(
        self,
        api_key: Optional[str] = None,
        api_secret: Optional[str] = None,
        *,
        base_url: Optional[str] = None,
        webhook_secret: Optional[str] = None,
        operator_id: Optional[str] = None,
        timeout: float = 30.0,
        max_retries: int = 3,
        longest_wait: float = 61.0,
        wait_for_rate_limit: bool = True,
        reject_replays: bool = False,
        on_response: Optional[Callable[[ResponseInfo, str, str], None]] = None,
    ) -> None:
        address = (base_url or os.environ.get("PREDICTU_BASE_URL") or THIS_MACHINE).rstrip("/")
        if not re.match(r"https?://[^/]", address):
            raise PredictuError(f"base_url is no http or https address: {address}")
        self.base_url = address
        self._sends = Transport(
            Settings(
                api_key=_required(api_key, "api_key", "PREDICTU_API_KEY"),
                api_secret=_required(api_secret, "api_secret", "PREDICTU_API_SECRET"),
                base_url=address,
                timeout=timeout,
                max_retries=max_retries,
                longest_wait=longest_wait,
                wait_for_rate_limit=wait_for_rate_limit,
                on_response=on_response,
            )
        )
        self._webhook_secret = webhook_secret
        self._operator_id = operator_id
        self._reject_replays = reject_replays
        self._verifier: Optional[CallbackVerifier] = None
        self._lock = threading.Lock()
        super().__init__(self._sends)

    @property
    def rate_limit(self) -> Optional[RateLimit]:
        """What the last answer said is left of this minute; None before the first."""
        return self._sends.gate.latest

    def launch_token(
        self, player_id: str, *, username: Optional[str] = None, email: Optional[str] = None, lifetime_seconds: int = 60
    ) -> str:
        """The token with which a player of yours enters the embed."""
        settings = self._sends.settings
        return sign_launch_token(
            settings.api_key, settings.api_secret, player_id, username=username, email=email, lifetime_seconds=lifetime_seconds
        )

    def verify_callback(self, raw_body: Union[bytes, str], headers: Mapping[str, str]) -> "Callback":
        """The callback that arrived, when the platform sent it. Raises CallbackError, whose `answer` is to be sent."""
        with self._lock:
            if self._verifier is None:
                self._verifier = CallbackVerifier(
                    webhook_secret=self._webhook_secret or os.environ.get("PREDICTU_WEBHOOK_SECRET"),
                    operator_id=self._operator_id or os.environ.get("PREDICTU_OPERATOR_ID"),
                    base_url=self.base_url,
                    reject_replays=self._reject_replays,
                )
        return self._verifier.verify(raw_body, headers)
