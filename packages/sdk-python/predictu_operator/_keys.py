"""RS256 on the standard library, and the platform's public keys: fetched once in a while and whenever a token names one that is new."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import threading
import time
from dataclasses import dataclass
from typing import Any, Dict, Optional
from urllib.request import Request, urlopen

FRESH_SECONDS = 300.0
#: A stranger who sends made-up key ids does not make us ask more often than this.
PATIENCE_SECONDS = 5.0
LEAST_BITS = 2048
MOST_BITS = 8192
MOST_EXPONENT = 2**32
#: DER of DigestInfo { SHA-256, NULL } up to the digest: RFC 8017, section 9.2, note 1.
SHA256_PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True)
class RsaKey:
    modulus: int
    exponent: int


def from_base64url(text: str) -> bytes:
    """Strict: no padding, no other alphabet. Raises ValueError when it is not base64url."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        raise ValueError("Not base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as cause:
        raise ValueError("Not base64url") from cause


def rsa_key(modulus: bytes, exponent: bytes) -> Optional[RsaKey]:
    """None for a key that nobody should trust: too small, too large, even."""
    n, e = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
    sound = LEAST_BITS <= n.bit_length() <= MOST_BITS and n % 2 == 1 and 3 <= e < MOST_EXPONENT and e % 2 == 1
    return RsaKey(n, e) if sound else None


def verify_rs256(key: RsaKey, signature: bytes, signed: bytes) -> bool:
    """RSASSA-PKCS1-v1_5 with SHA-256. The one encoding there can be is built and compared whole: what the signature holds is never parsed."""
    length = (key.modulus.bit_length() + 7) // 8
    number = int.from_bytes(signature, "big")
    if len(signature) != length or number >= key.modulus:
        return False
    found = pow(number, key.exponent, key.modulus).to_bytes(length, "big")
    digest_info = SHA256_PREFIX + hashlib.sha256(signed).digest()
    expected = b"\x00\x01" + b"\xff" * (length - len(digest_info) - 3) + b"\x00" + digest_info
    return hmac.compare_digest(found, expected)


def _read_key(jwk: Any) -> Optional[RsaKey]:
    if not isinstance(jwk, dict) or jwk.get("kty") != "RSA" or jwk.get("alg", "RS256") != "RS256":
        return None
    try:
        return rsa_key(from_base64url(jwk["n"]), from_base64url(jwk["e"]))
    except (KeyError, TypeError, ValueError):
        return None


class KeySet:
    def __init__(self, url: str, timeout: float) -> None:
        self._url = url
        self._timeout = timeout
        self._keys: Dict[str, RsaKey] = {}
        self._fetched_at: Optional[float] = None
        self._lock = threading.Lock()

    def _load(self) -> None:
        with urlopen(Request(self._url, headers={"accept": "application/json"}), timeout=self._timeout) as answer:
            body = json.loads(answer.read(1_000_000))
        found = {jwk["kid"]: _read_key(jwk) for jwk in body["keys"] if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str)}
        self._keys = {kid: key for kid, key in found.items() if key is not None}
        self._fetched_at = time.monotonic()

    def verify(self, kid: str, signature: bytes, signed: bytes) -> Optional[bool]:
        """Whether the signature is that of the key named; None when there is no such key. Raises when the keys cannot be fetched."""
        with self._lock:
            age = FRESH_SECONDS + 1 if self._fetched_at is None else time.monotonic() - self._fetched_at
            if age > FRESH_SECONDS or (kid not in self._keys and age > PATIENCE_SECONDS):
                self._load()
            key = self._keys.get(kid)
        return None if key is None else verify_rs256(key, signature, signed)
