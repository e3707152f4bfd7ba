"""What can go wrong, one class for each family of codes. Fields of the error envelope keep their own names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Optional, Type

from ._generated import FAMILIES

if TYPE_CHECKING:
    from ._response import ResponseInfo


class PredictuError(Exception):
    """Everything this library raises, except for a misuse of it."""


class ApiError(PredictuError):
    """The server answered no. `code` says why: switch on it."""

    def __init__(self, envelope: Mapping[str, Any], response: "ResponseInfo") -> None:
        super().__init__(envelope["message"])
        self.message: str = envelope["message"]
        self.code: str = envelope["code"]
        self.status: int = response.status
        self.details: Optional[Dict[str, Any]] = envelope["details"]
        #: Name it when you report a problem.
        self.request_id: Optional[str] = envelope["request_id"]
        self.doc_url: Optional[str] = envelope["doc_url"]
        #: The very same request may succeed later without anybody changing anything.
        self.retryable: bool = envelope["retryable"]
        self.response = response


class BadRequestError(ApiError):
    """400, 413, 415: the request cannot be read."""


class AuthenticationError(ApiError):
    """401: no valid key pair."""


class PermissionDeniedError(ApiError):
    """403: the key pair lacks the permission."""


class NotFoundError(ApiError):
    """404: it is not there, or it belongs to another operator."""


class ConflictError(ApiError):
    """409: it exists already, or its state does not allow this."""


class ValidationError(ApiError):
    """422 VALIDATION_ERROR: the body breaks the schema; `fields` says where."""

    @property
    def fields(self) -> List[Dict[str, Any]]:
        return (self.details or {}).get("fields", [])


class IdempotencyError(ApiError):
    """422 IDEMPOTENCY_KEY_REUSED: the key was used before with another body."""


class RefusedError(ApiError):
    """422: a rule of the business refuses it, such as INSUFFICIENT_BALANCE."""


class RateLimitError(ApiError):
    """429, after the retries."""

    @property
    def retry_after(self) -> Optional[int]:
        """Seconds until it is worth asking again."""
        return self.response.retry_after_seconds


class ServerError(ApiError):
    """5xx, after the retries."""


class ApiConnectionError(PredictuError):
    """No answer came: it may or may not have been carried out."""


class ApiTimeoutError(ApiConnectionError):
    """No answer came in time."""


_CLASSES: Dict[str, Type[ApiError]] = {
    each.__name__: each
    for each in (
        BadRequestError,
        AuthenticationError,
        PermissionDeniedError,
        NotFoundError,
        ConflictError,
        ValidationError,
        IdempotencyError,
        RefusedError,
        RateLimitError,
        ServerError,
    )
}


def _class_of(code: str, status: int) -> Type[ApiError]:
    if code in FAMILIES:
        return _CLASSES[FAMILIES[code]]
    if status == 429:
        return RateLimitError
    return ServerError if status >= 500 else ApiError


def error_from(body: Any, response: "ResponseInfo") -> ApiError:
    """The error an answer stands for; one without our envelope came from something in between, such as a proxy."""
    told = body.get("error") if isinstance(body, dict) else None
    error = told if isinstance(told, dict) else {}
    code = error.get("code")
    known = isinstance(code, str)
    status = response.status
    envelope = {
        "code": code if known else "UNKNOWN",
        "message": error.get("message", f"The server answered {status} without saying why"),
        "details": error.get("details"),
        "request_id": error.get("request_id", response.request_id),
        "doc_url": error.get("doc_url"),
        "retryable": error.get("retryable", status == 429 or status >= 500),
    }
    return _class_of(code if known else "", status)(envelope, response)
