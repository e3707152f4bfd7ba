"""Signs the token with which a player of yours enters: your server hands it to the page, the embed exchanges it once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from typing import Any, Dict, Optional

LONGEST_LIFE_SECONDS = 300


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def sign_launch_token(
    api_key: str,
    api_secret: str,
    player_id: str,
    *,
    username: Optional[str] = None,
    email: Optional[str] = None,
    lifetime_seconds: int = 60,
) -> str:
    """A JWT, HS256 with the secret; good for one use within its life, which is at most 300 seconds."""
    if not player_id:
        raise TypeError("Expected your id of the player")
    if not 0 < lifetime_seconds <= LONGEST_LIFE_SECONDS:
        raise ValueError(f"Expected 1 to {LONGEST_LIFE_SECONDS} seconds")
    issued = int(time.time())
    claims: Dict[str, Any] = {"sub": player_id, "iat": issued, "exp": issued + int(lifetime_seconds), "jti": str(uuid.uuid4())}
    if username is not None:
        claims["username"] = username
    if email is not None:
        claims["email"] = email
    head = {"alg": "HS256", "typ": "JWT", "kid": api_key}
    signed = ".".join(_part(json.dumps(each, separators=(",", ":")).encode()) for each in (head, claims))
    return f"{signed}.{_part(hmac.new(api_secret.encode(), signed.encode(), hashlib.sha256).digest())}"
