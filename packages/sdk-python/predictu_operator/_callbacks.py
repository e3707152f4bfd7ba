"""Is this callback from the platform, about exactly these bytes, and new? Both signatures it carries are checked, as far as there are keys for them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Tuple, Union, cast

from ._errors import PredictuError
from ._keys import KeySet, from_base64url

if TYPE_CHECKING:
    from ._generated import Callback

TOLERANCE_SECONDS = 300.0
JWT_LEEWAY_SECONDS = 5.0
METHODS = frozenset({"PING", "BALANCE", "BET_MAKE", "BET_SELL", "BET_WIN", "BET_LOSE", "BET_REFUND", "BET_ROLLBACK"})


class CallbackError(PredictuError):
    """The callback is not to be acted on. Send `answer` as it is, with status `status`."""

    def __init__(self, message: str, status: int, answer: str) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.answer: Dict[str, str] = {"status": answer, "message": message}


class CallbackSignatureError(CallbackError):
    """Not signed by the platform, for somebody else, altered, or too old."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 401, "INVALID_SIGNATURE")


class CallbackReplayError(CallbackError):
    """Signed, and taken before. Nothing is known about what became of it then, so the platform is to ask again."""

    def __init__(self) -> None:
        super().__init__("This attempt was taken before; ask again", 409, "ERROR")


class CallbackKeysError(CallbackError):
    """The platform's keys cannot be fetched: that says nothing about the signature, so the platform is to ask again."""

    def __init__(self) -> None:
        super().__init__("The keys of the platform are not available; ask again", 503, "ERROR")


def _webhook_key(secret: str) -> bytes:
    return base64.b64decode(secret[6:] if secret.startswith("whsec_") else secret, validate=True)


def _signature(key: bytes, webhook_id: str, timestamp: str, body: bytes) -> str:
    made = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return base64.b64encode(made).decode()


def sign_webhook(secret: str, webhook_id: str, timestamp: int, body: bytes) -> str:
    """Signs bytes as the platform does with a webhook secret: for tests of your own endpoint."""
    return f"v1,{_signature(_webhook_key(secret), webhook_id, str(timestamp), body)}"


def _matches(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """`v1,` and base64, several of them while the secret is being changed."""
    made = _signature(_webhook_key(secret), headers.get("webhook-id", ""), headers.get("webhook-timestamp", ""), body)
    matches = False
    for candidate in headers.get("webhook-signature", "").split(" "):
        version, _comma, text = candidate.partition(",")
        if version == "v1" and hmac.compare_digest(text.encode(), made.encode()):
            matches = True
    return matches


def _decoded(part: str) -> Dict[str, Any]:
    value = json.loads(from_base64url(part))
    if not isinstance(value, dict):
        raise ValueError("Not an object")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _claim_problem(claims: Dict[str, Any], callback: Mapping[str, Any], digest: str, now: float) -> Optional[str]:
    if claims.get("iss") != "predictu":
        return "The token is not from the platform"
    if not _is_number(claims.get("exp")) or claims["exp"] + JWT_LEEWAY_SECONDS <= now:
        return "The token has expired"
    if not _is_number(claims.get("iat")) or claims["iat"] - JWT_LEEWAY_SECONDS > now:
        return "The token is from the future"
    if not hmac.compare_digest(str(claims.get("digest")).encode(), digest.encode()):
        return "The token was signed for another body"
    if claims.get("method") != callback["method"]:
        return "The token was signed for another method"
    if claims.get("sub") != callback["operator_id"]:
        return "The token was signed for another operator"
    return None


def _parsed(body: bytes) -> Dict[str, Any]:
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as cause:
        raise CallbackSignatureError("The body is not a callback") from cause
    sound = isinstance(value, dict) and isinstance(value.get("operator_id"), str) and isinstance(value.get("params"), dict)
    if not sound or value.get("method") not in METHODS:
        raise CallbackSignatureError("The body is not a callback")
    return value


class CallbackVerifier:
    """Give `webhook_secret`, or `base_url` with `operator_id`, or all three."""

    def __init__(
        self,
        *,
        webhook_secret: Optional[str] = None,
        base_url: Optional[str] = None,
        operator_id: Optional[str] = None,
        tolerance_seconds: float = TOLERANCE_SECONDS,
        reject_replays: bool = False,
        timeout: float = 2.5,
        now: Callable[[], float] = time.time,
    ) -> None:
        # Every operator's keys are in one place: the token alone proves nothing without the operator.
        if not webhook_secret and not (base_url and operator_id):
            raise TypeError("Expected webhook_secret, or base_url with operator_id, or all three")
        self._webhook_secret = webhook_secret
        self._operator_id = operator_id
        self._tolerance = tolerance_seconds
        self._reject_replays = reject_replays
        self._now = now
        self._keys = KeySet(f"{base_url.rstrip('/')}/.well-known/jwks.json", timeout) if base_url else None
        self._taken: Dict[str, float] = {}
        self._lock = threading.Lock()

    def verify(self, raw_body: Union[bytes, str], headers: Mapping[str, str]) -> "Callback":
        """The callback, when it may be acted on. `raw_body` is what arrived, before any parser. Raises CallbackError, whose `answer` is to be sent."""
        if not isinstance(raw_body, (bytes, str)):
            raise TypeError("Expected the raw body, before any parser: the signatures cover its bytes")
        body = raw_body.encode("utf-8") if isinstance(raw_body, str) else raw_body
        sent = {name.lower(): value for name, value in headers.items() if isinstance(value, str)}
        now = self._now()
        timestamp = sent.get("webhook-timestamp", "")
        if self._webhook_secret:
            if not re.fullmatch(r"[0-9]{1,12}", timestamp) or abs(now - int(timestamp)) > self._tolerance:
                raise CallbackSignatureError("The attempt is too old, or from the future")
            if not _matches(self._webhook_secret, sent, body):
                raise CallbackSignatureError("The webhook signature does not fit the body")
        callback = _parsed(body)
        if self._operator_id and callback["operator_id"] != self._operator_id:
            raise CallbackSignatureError("The callback is for another operator")
        attempt = f"{sent.get('webhook-id', '')}.{timestamp}"
        if self._keys:
            claims = self._claims(self._keys, sent)
            problem = _claim_problem(claims, callback, hashlib.sha256(body).hexdigest(), now)
            if problem:
                raise CallbackSignatureError(problem)
            attempt = str(claims.get("jti"))
        if self._reject_replays and not self._is_new(attempt, now):
            raise CallbackReplayError()
        return cast("Callback", callback)

    def _is_new(self, attempt: str, now: float) -> bool:
        with self._lock:
            for old, until in list(self._taken.items()):
                if until > now:
                    break
                del self._taken[old]
            if attempt in self._taken:
                return False
            self._taken[attempt] = now + 2 * self._tolerance
            return True

    @staticmethod
    def _read_token(sent: Mapping[str, str]) -> Tuple[str, bytes, str, Dict[str, Any]]:
        found = re.fullmatch(r"(?i:bearer) (\S+)", sent.get("authorization", ""))
        try:
            head, payload, signature = found.group(1).split(".") if found else ("", "", "")
            header, claims = _decoded(head), _decoded(payload)
            made = from_base64url(signature)
        except (ValueError, RecursionError) as cause:
            raise CallbackSignatureError("No readable bearer token") from cause
        if header.get("alg") != "RS256" or not isinstance(header.get("kid"), str):
            raise CallbackSignatureError("Expected a token signed RS256 with a kid")
        return header["kid"], made, f"{head}.{payload}", claims

    def _claims(self, keys: KeySet, sent: Mapping[str, str]) -> Dict[str, Any]:
        kid, signature, signed, claims = self._read_token(sent)
        try:
            valid = keys.verify(kid, signature, signed.encode())
        except Exception as cause:
            raise CallbackKeysError() from cause
        if valid is None:
            raise CallbackSignatureError("The token names a key the platform does not publish")
        if not valid:
            raise CallbackSignatureError("The signature of the token is not that of its key")
        return claims
