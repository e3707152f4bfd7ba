"""Forms with a file in them."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import IO, Any, Dict, Tuple, Union

#: A file to send: its bytes, an open file, or a pathlib.Path. What it is is read from its content, not from its name.
UploadFile = Union[bytes, bytearray, memoryview, IO[bytes], os.PathLike[str]]


def _bytes_of(name: str, value: Any) -> bytes:
    content = Path(value).read_bytes() if isinstance(value, os.PathLike) else value.read() if hasattr(value, "read") else value
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(f"Expected the bytes of a file or a text as {name}, received {type(content).__name__}")
    return bytes(content)


def encode_form(fields: Dict[str, Any]) -> Tuple[str, bytes]:
    """The content type and the bytes of a form: sent as often as it takes."""
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in fields.items():
        head = f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"'
        if isinstance(value, str):
            parts += [f"{head}\r\n\r\n".encode(), value.encode()]
        else:
            parts += [f'{head}; filename="{name}"\r\ncontent-type: application/octet-stream\r\n\r\n'.encode(), _bytes_of(name, value)]
        parts.append(b"\r\n")
    return f"multipart/form-data; boundary={boundary}", b"".join([*parts, f"--{boundary}--\r\n".encode()])
