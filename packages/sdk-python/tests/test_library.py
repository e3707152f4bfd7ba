"""What the scenario does not reach: forged RSA signatures, retries, the shapes, the syntax of Python 3.9."""

import ast
import email
import email.message
import io
import pathlib
import tempfile
import typing
import unittest

import predictu_operator as sdk
import predictu_operator._generated as generated
from predictu_operator._errors import error_from
from predictu_operator._form import encode_form
from predictu_operator._keys import SHA256_PREFIX, RsaKey, from_base64url, rsa_key, verify_rs256
from predictu_operator._response import response_info
from predictu_operator._retries import wait_before_retry

HERE = pathlib.Path(__file__).parent
SIGNED = b"head.payload"


def sign(key: "TestKey", encoded: bytes) -> bytes:
    return pow(int.from_bytes(encoded, "big"), key.private, key.public.modulus).to_bytes(key.length, "big")


class TestKey:
    """From two primes that stand beside this file."""

    def __init__(self, p: int, q: int, e: int = 65537) -> None:
        self.public = RsaKey(p * q, e)
        self.private = pow(e, -1, (p - 1) * (q - 1))
        self.length = ((p * q).bit_length() + 7) // 8


def encoding(length: int, digest_info: bytes, padding: bytes = b"\xff", head: bytes = b"\x00\x01", tail: bytes = b"") -> bytes:
    filled = padding * (length - len(digest_info) - len(tail) - 3)
    return head + filled + b"\x00" + digest_info + tail


class Rs256(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        import hashlib
        import json

        told = json.loads((HERE / "rsa-2048.json").read_text())
        cls.key = TestKey(int(told["p"], 16), int(told["q"], 16))
        cls.info = SHA256_PREFIX + hashlib.sha256(SIGNED).digest()

    def check(self, encoded: bytes) -> bool:
        return verify_rs256(self.key.public, sign(self.key, encoded), SIGNED)

    def test_the_right_one(self) -> None:
        self.assertTrue(self.check(encoding(256, self.info)))

    def test_another_text(self) -> None:
        self.assertFalse(verify_rs256(self.key.public, sign(self.key, encoding(256, self.info)), b"another"))

    def test_shapes_that_lenient_readers_take(self) -> None:
        without_null = bytes.fromhex("302f300b0609608648016503040201") + bytes.fromhex("0420") + self.info[-32:]
        forged = {
            "a short padding with garbage behind": encoding(256, self.info, tail=b"\x00" * 100),
            "block type 2": encoding(256, self.info, head=b"\x00\x02"),
            "a first byte": encoding(256, self.info, head=b"\x01\x01"),
            "padding of zeros": encoding(256, self.info, padding=b"\x00"),
            "padding of anything": encoding(256, self.info, padding=b"\xfe"),
            "no NULL": encoding(256, without_null),
            "the digest alone": encoding(256, self.info[-32:]),
            "SHA-1's name": encoding(256, bytes.fromhex("3021300906052b0e03021a05000414") + self.info[-20:]),
            "nothing": b"\x00" * 256,
        }
        for name, encoded in forged.items():
            self.assertFalse(self.check(encoded), name)

    def test_numbers_outside_the_range(self) -> None:
        right = sign(self.key, encoding(256, self.info))
        number = int.from_bytes(right, "big") + self.key.public.modulus
        self.assertFalse(verify_rs256(self.key.public, number.to_bytes(257, "big"), SIGNED))
        if number < 2**2048:
            self.assertFalse(verify_rs256(self.key.public, number.to_bytes(256, "big"), SIGNED))
        for wrong in (b"", b"\x00", right[1:], right + b"\x00", b"\x00" + right, bytes(256), (1).to_bytes(256, "big")):
            self.assertFalse(verify_rs256(self.key.public, wrong, SIGNED))

    def test_every_bit_matters(self) -> None:
        right = sign(self.key, encoding(256, self.info))
        for bit in range(0, 2048, 37):
            changed = bytearray(right)
            changed[bit // 8] ^= 1 << (bit % 8)
            self.assertFalse(verify_rs256(self.key.public, bytes(changed), SIGNED), bit)

    def test_keys_nobody_should_trust(self) -> None:
        modulus = self.key.public.modulus.to_bytes(256, "big")
        self.assertIsNotNone(rsa_key(modulus, b"\x01\x00\x01"))
        for n, e in ((modulus[:128], b"\x01\x00\x01"), (modulus, b"\x01"), (modulus, b"\x02"), (modulus, b""), (b"\xff" * 4096, b"\x03"), (modulus[:-1] + b"\x02", b"\x03")):
            self.assertIsNone(rsa_key(n, e))

    def test_base64url_is_strict(self) -> None:
        self.assertEqual(from_base64url("AQAB"), b"\x01\x00\x01")
        for text in ("AQ==", "A+", "A/", "A", "AQ\n", "Ä"):
            with self.assertRaises(ValueError):
                from_base64url(text)


class Retries(unittest.TestCase):
    def wait(self, failure: Exception, repeatable: bool, attempt: int = 0, chance: float = 0.0) -> typing.Optional[float]:
        return wait_before_retry(failure, attempt=attempt, repeatable=repeatable, chance=chance, max_retries=3, longest_wait=60)

    def answered(self, status: int, code: str, retryable: bool, headers: typing.Optional[dict] = None) -> sdk.ApiError:
        envelope = {"code": code, "message": code, "details": None, "request_id": "req_1", "doc_url": "", "retryable": retryable}
        return error_from({"error": envelope}, response_info(status, headers or {}, 1, 0.0))

    def test_what_is_sent_again(self) -> None:
        for code, status, reading, writing in (
            ("RATE_LIMITED", 429, True, True),
            ("IN_FLIGHT", 409, True, True),
            ("UNAVAILABLE", 503, True, True),
            ("OUTCOME_UNKNOWN", 503, True, False),
            ("INTERNAL_ERROR", 500, True, False),
            ("PRICE_CHANGED", 422, False, False),
        ):
            failure = self.answered(status, code, True)
            self.assertEqual((self.wait(failure, True) is not None, self.wait(failure, False) is not None), (reading, writing), code)
        self.assertIsNone(self.wait(sdk.ApiConnectionError("gone"), True, attempt=3))
        self.assertIsNone(self.wait(ValueError("no"), True))

    def test_how_long(self) -> None:
        lost = sdk.ApiConnectionError("gone")
        self.assertEqual([self.wait(lost, True, attempt) for attempt in range(3)], [0.25, 0.5, 1.0])
        self.assertEqual(self.wait(self.answered(429, "RATE_LIMITED", True, {"retry-after": "7"}), False), 7)
        self.assertIsNone(self.wait(self.answered(429, "RATE_LIMITED", True, {"retry-after": "61"}), False))
        self.assertAlmostEqual(self.wait(self.answered(429, "RATE_LIMITED", True, {"retry-after": "Thu, 01 Jan 1970 00:00:09 GMT"}), False, chance=0.5), 9.125)


class Forms(unittest.TestCase):
    def parts(self, **fields: typing.Any) -> typing.List[email.message.Message]:
        kind, content = encode_form(fields)
        whole = email.message_from_bytes(f"content-type: {kind}\r\n\r\n".encode() + content)
        self.assertEqual((whole.is_multipart(), whole.defects), (True, []))
        return whole.get_payload()

    def test_a_file_is_its_bytes_however_it_is_given(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "logo.png"
            path.write_bytes(b"\x89PNG\r\n--\x00\xff")
            with path.open("rb") as opened:
                for file in (path, opened, path.read_bytes(), bytearray(path.read_bytes()), memoryview(path.read_bytes())):
                    category, sent = self.parts(category="logo", file=file)
                    self.assertEqual(category.get_payload(decode=True), b"logo")
                    self.assertIsNone(category.get_filename())
                    self.assertEqual(sent.get_payload(decode=True), b"\x89PNG\r\n--\x00\xff")
                    self.assertEqual(sent.get_filename(), "file")

    def test_what_a_form_cannot_say(self) -> None:
        for wrong in (7, None, ["logo.png"], io.StringIO("text")):
            with self.assertRaises(TypeError):
                encode_form({"file": wrong})


class Bodies(unittest.TestCase):
    def test_the_same_bytes_as_other_languages(self) -> None:
        from datetime import datetime, timezone
        from decimal import Decimal

        from predictu_operator._transport import _encoded

        body = {"amount_usd": Decimal("50.00"), "part": 12.5, "ok": True, "at": datetime(2026, 1, 1, tzinfo=timezone.utc), "reason": "für", "list": [1.0, None]}
        self.assertEqual(
            _encoded(body).decode(),
            '{"amount_usd":50,"part":12.5,"ok":true,"at":"2026-01-01T00:00:00Z","reason":"für","list":[1,null]}',
        )


class Library(unittest.TestCase):
    def test_every_shape_and_signature_can_be_resolved(self) -> None:
        from datetime import datetime

        from predictu_operator._events import StreamEvent
        from predictu_operator._transport import Transport

        known = {**vars(generated), "datetime": datetime, "StreamEvent": StreamEvent, "Page": sdk.Page, "Transport": Transport, "DownloadedFile": sdk.DownloadedFile, "UploadFile": sdk.UploadFile}
        classes = [each for each in vars(generated).values() if isinstance(each, type) and each.__module__ == generated.__name__]
        self.assertGreater(len(classes), 50)
        for each in classes:
            typing.get_type_hints(each, known)
            for name, method in vars(each).items():
                if callable(method) and not name.startswith("__"):
                    typing.get_type_hints(method, known)

    def test_every_code_has_a_class(self) -> None:
        for code, family in generated.FAMILIES.items():
            envelope = {"code": code, "message": "", "details": None, "request_id": None, "doc_url": None, "retryable": False}
            self.assertIs(type(error_from({"error": envelope}, response_info(400, {}, 1, 0.0))), getattr(sdk, family))

    def test_it_is_python_3_9_and_the_standard_library(self) -> None:
        import sys

        for path in (HERE.parent / "predictu_operator").glob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
            for node in ast.walk(tree):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and node.level == 0:
                    names.append(node.module or "")
                for name in names:
                    self.assertIn(name.split(".")[0], getattr(sys, "stdlib_module_names", {name.split(".")[0]}), path.name)


if __name__ == "__main__":
    unittest.main()
