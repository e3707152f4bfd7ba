"""The Predictu operator API for Python, on the standard library alone."""

from ._callbacks import (
    CallbackError,
    CallbackKeysError,
    CallbackReplayError,
    CallbackSignatureError,
    CallbackVerifier,
    sign_webhook,
)
from ._client import PredictuOperator
from ._errors import (
    ApiConnectionError,
    ApiError,
    ApiTimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    IdempotencyError,
    NotFoundError,
    PermissionDeniedError,
    PredictuError,
    RateLimitError,
    RefusedError,
    ServerError,
    ValidationError,
)
from ._events import StreamEvent
from ._form import UploadFile
from ._launch import sign_launch_token
from ._page import Page
from ._request import OMIT, RequestOptions
from ._response import RateLimit, ResponseInfo, Result, response_of
from ._transport import DownloadedFile

__all__ = [
    "OMIT",
    "ApiConnectionError",
    "ApiError",
    "ApiTimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "CallbackError",
    "CallbackKeysError",
    "CallbackReplayError",
    "CallbackSignatureError",
    "CallbackVerifier",
    "ConflictError",
    "DownloadedFile",
    "IdempotencyError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "PredictuError",
    "PredictuOperator",
    "RateLimit",
    "RateLimitError",
    "RefusedError",
    "RequestOptions",
    "ResponseInfo",
    "Result",
    "ServerError",
    "StreamEvent",
    "UploadFile",
    "ValidationError",
    "response_of",
    "sign_launch_token",
    "sign_webhook",
]
__version__ = "0.1.0"
