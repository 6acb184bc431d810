"""The project file: bytes ↔ values."""

import hashlib
from typing import Any

import msgspec

from musicgen_desktop import __version__
from musicgen_desktop.document import BadProjectError, Project, check_project

from ._errors import DamagedProjectError, NewerProjectError
from ._layout import MOST_PROJECT_BYTES
from ._migrations import SCHEMA_VERSION, migrated

_ENCODER = msgspec.json.Encoder()


class _Envelope(msgspec.Struct, frozen=True):
    """The file with its inside left alone, so that the schema is known before anything is believed."""

    schema: int
    project: msgspec.Raw
    app: str = ""


class _File(msgspec.Struct, frozen=True):
    schema: int
    app: str
    project: Project


_ENVELOPES = msgspec.json.Decoder(_Envelope)
_PROJECTS = msgspec.json.Decoder(Project)


class ProjectFile(msgspec.Struct, frozen=True):
    """A project file that was read."""

    project: Project
    schema: int
    data: bytes

    @property
    def base(self) -> str:
        """The name by which a journal knows the file that its edits follow."""
        return base_of(self.data)


def base_of(data: bytes) -> str:
    """The hash of a project file's bytes."""
    return f"blake2b-{hashlib.blake2b(data, digest_size=20).hexdigest()}"


def encode_project(project: Project) -> bytes:
    """A project as the bytes of its file; equal projects give equal bytes.

    What was encoded is decoded once: whole numbers become the floats that the file means, and nothing is
    ever written that could not be opened again.

    Raises:
        BadProjectError: when the project contradicts itself or holds what cannot be written.
    """
    check_project(project)
    try:
        canonical = _PROJECTS.decode(_ENCODER.encode(project))
        return _ENCODER.encode(_File(SCHEMA_VERSION, __version__, canonical)) + b"\n"
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadProjectError(f"The project holds a value that cannot be written ({error}).") from error


def decode_project(data: bytes, name: str) -> ProjectFile:
    """The project in the bytes of a file, brought to today's schema.

    Args:
        data: the file.
        name: what the project is called in errors.

    Raises:
        NewerProjectError: when it was written by a later version.
        DamagedProjectError: for anything else that is wrong with it.
    """
    if len(data) > MOST_PROJECT_BYTES:
        raise DamagedProjectError(name, f"project.json is larger than {MOST_PROJECT_BYTES >> 20} MB")
    try:
        envelope = _ENVELOPES.decode(data)
        if envelope.schema > SCHEMA_VERSION:
            raise NewerProjectError(name, envelope.schema)
        if envelope.schema < 0:
            raise DamagedProjectError(name, f"project.json names a schema {envelope.schema} that never was")
        if envelope.schema == SCHEMA_VERSION:
            project = _PROJECTS.decode(envelope.project)
        else:
            tree = migrated(msgspec.json.decode(envelope.project), envelope.schema)
            project = msgspec.convert(tree, Project)
        check_project(project)
    except BadProjectError as error:
        raise DamagedProjectError(name, str(error).rstrip(".")) from error
    except msgspec.ValidationError as error:
        raise DamagedProjectError(name, f"project.json holds a wrong value ({_place(error)})") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise DamagedProjectError(name, "project.json is cut off or is not a project file") from error
    return ProjectFile(project, envelope.schema, data)


def tree_of(data: bytes) -> dict[str, Any]:
    """A project file that decoded well, once more as plain JSON values."""
    tree: dict[str, Any] = msgspec.json.decode(data)
    return tree


def encode_tree(tree: dict[str, Any]) -> bytes:
    """Plain JSON values as the bytes of a project file."""
    return _ENCODER.encode(tree) + b"\n"


def _place(error: msgspec.ValidationError) -> str:
    """The words of msgspec itself, one line, of a length that fits a sentence."""
    words = " ".join(str(error).split()).replace("`", "")
    return words if len(words) <= 200 else words[:199] + "…"
