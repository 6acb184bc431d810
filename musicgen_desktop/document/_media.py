"""Audio files that clips refer to, and where generated material came from."""

from typing import Any, Self

import msgspec

from ._origin import Origin


class AudioSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An audio file. Clips name it by `id`, so that moving the file changes one value."""

    id: str
    name: str
    path: str
    """Relative to the project folder with forward slashes (“audio/vox.wav”); absolute only until the
    file is collected into the project."""
    content_hash: str
    """`media.content_hash`: finds the file again when it was moved or renamed."""
    rate: int
    channels: int
    frames: int
    origins: tuple[Origin, ...] | None = None
    """The files of others that it came from; none of what was recorded or made here. None when nobody noted
    it: for takes of sound, which tell their own rights, and in projects of older versions."""

    def placed_at(self, path: str) -> Self:
        """The same audio, found at another path."""
        return msgspec.structs.replace(self, path=path)


class Take(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer of a generator: everything needed to know, credit and make it again."""

    id: str
    name: str
    engine: str
    model: str = ""
    licence: str = ""
    commercial_use: bool = True
    prompt: str = ""
    seed: int = 0
    request: dict[str, Any] = {}
    """The whole request as JSON values. Never changed in place."""
    versions: dict[str, str] = {}
    measured: dict[str, float | bool | str] = {}
    """What was measured of the result: tempo, key, downbeat error."""
    created: str = ""
    """ISO 8601, UTC."""
    starred: bool = False
    made_from: tuple[str, ...] = ()
    """The ids of the takes whose sound it is, when it was bounced from others."""

    def starred_as(self, starred: bool) -> Self:  # noqa: FBT001 - the one thing it says
        """The take with its star set or taken away."""
        return msgspec.structs.replace(self, starred=starred)

    def renamed(self, name: str) -> Self:
        """The take under another name."""
        return msgspec.structs.replace(self, name=name)
