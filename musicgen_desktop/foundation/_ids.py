"""Names for things that live in a document."""

import secrets


def new_id(prefix: str) -> str:
    """A new id such as `clip-3f9a0c1d2b4e`: 48 random bits, unique within any project."""
    return f"{prefix}-{secrets.token_hex(6)}"
