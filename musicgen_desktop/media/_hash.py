"""A file's name for its content."""

import hashlib
from pathlib import Path

from ._errors import UnreadableAudioError


def content_hash(path: Path | str) -> str:
    """The BLAKE2b hash (160 bits) of all bytes of a file, such as "blake2b-3f9a…" with 40 hex digits.

    Raises:
        UnreadableAudioError: when it cannot be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=20))
    except OSError as error:
        raise UnreadableAudioError(
            path, "cannot be opened; check the name, and that you may read it."
        ) from error
    return f"blake2b-{digest.hexdigest()}"
