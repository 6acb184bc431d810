"""Where a model comes from: a folder or a zip of one, and nothing outside of it."""

import re
import shutil
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from musicgen_desktop.foundation import Report, StopFlag, UserInputError

from ._checkpoint import MOST_BYTES

MARKS = ("config.json", "state_dict.bin")  # one of them is in every model's folder
_REPOSITORY, _SNAPSHOTS = "models--", "snapshots"  # how the hub's cache names its folders
_MOST_ENTRIES = 1_000
_DEEPEST = 3  # folders above a model's inside a zip
_MOST_RATIO = 50  # weights hardly shrink; only bombs do
_PIECE = 1 << 20
_BROKEN = (  # what zipfile and zlib say of damaged archives
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
)


def file_within(folder: Path, name: str) -> Path | None:
    """A regular file by its plain name; None when there is none.

    Raises:
        UserInputError: when the name or a link leads out of the folder, or it is no file.
    """
    if not re.fullmatch(r"[\w.-]{1,120}(/[\w.-]{1,120})?", name) or ".." in name.split("/"):
        raise UserInputError(
            f"The model names a file “{shown(name)}”, which no model does; download it again."
        )
    file = folder / name
    if not file.exists() and not file.is_symlink():
        return None
    if not file.resolve().is_relative_to(_own_root(folder)):
        raise UserInputError(
            f"{name} is a link out of the model's folder; copy the file itself into the folder and try again."
        )
    if not file.is_file():
        raise UserInputError(f"{name} is no file; copy or download the model again.")
    return file


def hub_snapshot(folder: Path) -> Path:
    """The newest model in a repository's folder of the hub's cache; any other folder is returned as it is."""
    if not folder.name.startswith(_REPOSITORY) or not (folder / _SNAPSHOTS).is_dir():
        return folder
    models = [
        each for each in (folder / _SNAPSHOTS).iterdir() if any((each / mark).exists() for mark in MARKS)
    ]
    return max(models, key=lambda each: each.stat().st_mtime, default=folder)


def hub_repository(folder: Path) -> str:
    """The repository, “facebook/musicgen-small”, that a folder of the hub's cache belongs to, or nothing."""
    for each in (folder, *folder.parents[:2]):
        if each.name.startswith(_REPOSITORY):
            return each.name.removeprefix(_REPOSITORY).replace("--", "/")
    return ""


def _own_root(folder: Path) -> Path:
    """What a model's links may lead to: in the hub's cache, snapshots are links to blobs beside them."""
    whole = folder.resolve()
    is_snapshot = whole.parent.name == _SNAPSHOTS and whole.parents[1].name.startswith(_REPOSITORY)
    return whole.parents[1] if is_snapshot else whole


def text_within(folder: Path, name: str, largest: int) -> bytes | None:
    """The bytes of a small file; None when there is none.

    Raises:
        UserInputError: as `file_within`, and when it is larger than such a file ever is.
    """
    file = file_within(folder, name)
    if file is None:
        return None
    with file.open("rb") as stream:
        data = stream.read(largest + 1)
    if len(data) > largest:
        raise UserInputError(f"{name} is larger than any model's; choose another model.")
    return data


def shown(text: str) -> str:
    """A text of a stranger, fit for a sentence."""
    printable = "".join(letter if letter.isprintable() else "?" for letter in text[:60])
    return printable + ("…" if len(text) > 60 else "")


def model_folder_of(source: Path) -> Path:
    """The folder itself if it is a model's.

    Raises:
        UserInputError: when neither layout's files are in it.
    """
    if not any((source / mark).is_file() for mark in MARKS):
        raise UserInputError(
            f"“{shown(source.name)}” holds no MusicGen model; choose a folder with config.json and "
            "model.safetensors, or one with state_dict.bin and compression_state_dict.bin."
        )
    return source


def unpacked(archive: Path, into: Path, report: Report, stop: StopFlag) -> Path:
    """Unpack a zip into a new folder; returns the model's folder in it.

    Args:
        archive: not trusted.
        into: made new; the caller removes it.
        report: told the share done.
        stop: asked between pieces.

    Raises:
        UserInputError: when it is no zip, holds no model, does not fit, or is made to do harm.
        Stopped: when `stop` was set.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _check(archive, opened)
            entries = [entry for entry in opened.infolist() if not entry.is_dir()]
            total = sum(entry.file_size for entry in entries)
            check_room(into.parent, total)
            done = 0
            for entry in entries:
                file = into.joinpath(*PurePosixPath(entry.filename).parts)
                file.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as packed, file.open("xb") as stream:
                    while piece := packed.read(_PIECE):
                        stop.raise_if_set()
                        stream.write(piece)
                        done += len(piece)
                        report(min(1.0, done / max(1, total)), f"Unpacking {shown(file.name)}")
    except _BROKEN as error:
        raise _no_zip(archive) from error
    except OSError as error:
        raise UserInputError(
            f"“{shown(archive.name)}” could not be unpacked; free some space or copy it again."
        ) from error
    return _deeper(into, archive)


def check_room(folder: Path, needed: int) -> None:
    """Ask whether a disk has room, before anything is written.

    Raises:
        UserInputError: when it has not.
    """
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UserInputError(
            f"The model needs {needed / 1e9:.1f} GB and the disk has {free / 1e9:.1f} GB free; make room "
            "and try again."
        )


def _check(archive: Path, opened: zipfile.ZipFile) -> None:
    entries = opened.infolist()
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > MOST_BYTES:
        raise UserInputError(
            f"“{shown(archive.name)}” unpacks to more than any model has; choose another file."
        )
    if total > _MOST_RATIO * archive.stat().st_size:  # also of entries that share their bytes
        raise UserInputError(
            f"“{shown(archive.name)}” unpacks to {total / 1e9:.1f} GB, far more than its size allows; "
            "choose another file."
        )
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise _no_zip(archive)
    for entry in entries:
        parts = PurePosixPath(entry.filename).parts
        kind = stat.S_IFMT(entry.external_attr >> 16)
        plain = kind in (0, stat.S_IFREG, stat.S_IFDIR) and not entry.flag_bits & 1
        known = entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        inside = not re.search(r'[\\:*?"<>|\x00-\x1f]', entry.filename) and not {"..", "/"} & set(parts)
        if not (plain and known and inside and parts and len(parts) <= _DEEPEST + 2):
            raise UserInputError(
                f"“{shown(archive.name)}” holds “{shown(entry.filename)}”, which no model's zip does, so "
                "nothing was unpacked; zip the model's folder again."
            )


def _deeper(folder: Path, archive: Path) -> Path:
    """The model's folder, which may lie in others that hold nothing else of a model."""
    for _ in range(_DEEPEST + 1):
        if any((folder / mark).is_file() for mark in MARKS):
            return folder
        # macOS adds its own folder to every zip.
        below = [each for each in folder.iterdir() if each.is_dir() and each.name != "__MACOSX"]
        if len(below) != 1:
            break
        folder = below[0]
    raise UserInputError(
        f"“{shown(archive.name)}” holds no MusicGen model; zip a folder with config.json and "
        "model.safetensors, or one with state_dict.bin and compression_state_dict.bin."
    )


def _no_zip(archive: Path) -> UserInputError:
    return UserInputError(
        f"“{shown(archive.name)}” is damaged or no plain zip; choose a model's folder or zip it again."
    )
