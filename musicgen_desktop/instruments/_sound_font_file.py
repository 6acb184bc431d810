"""Read the tables of a SoundFont 2/3 file, which may come from anywhere: every number in it is doubted."""

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicgen_desktop.foundation import UserInputError

_PRESET = np.dtype(
    [("name", "S20"), ("program", "<u2"), ("bank", "<u2"), ("bag", "<u2"), ("library", "<u4"),
     ("genre", "<u4"), ("morphology", "<u4")]
)  # fmt: skip
_BAG = np.dtype([("generator", "<u2"), ("modulator", "<u2")])
_GENERATOR = np.dtype([("operator", "<u2"), ("amount", "<i2")])
_INSTRUMENT = np.dtype([("name", "S20"), ("bag", "<u2")])
_SAMPLE = np.dtype(
    [("name", "S20"), ("start", "<u4"), ("end", "<u4"), ("loop_start", "<u4"), ("loop_end", "<u4"),
     ("rate", "<u4"), ("root", "u1"), ("correction", "i1"), ("link", "<u2"), ("kind", "<u2")]
)  # fmt: skip
TABLES = {
    b"phdr": _PRESET,
    b"pbag": _BAG,
    b"pgen": _GENERATOR,
    b"inst": _INSTRUMENT,
    b"ibag": _BAG,
    b"igen": _GENERATOR,
    b"shdr": _SAMPLE,
}
_LARGEST_FILE = 2 << 30
_MOST_CHUNKS = 4096

Records = NDArray[np.void]


class BadSoundFontError(UserInputError):
    """A SoundFont that cannot be played; the sentence names the file and the way out."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"The SoundFont “{path.name}” cannot be read: {why}. Choose another one in the settings."
        )
        self.path = path


@dataclass(frozen=True, slots=True)
class SoundFontTables:
    """The preset, instrument and sample tables of one file, and where its samples lie.

    Tables keep their terminal record, as the format has it. `sample_offset` and `sample_bytes` locate the
    sample chunk in the file: 16-bit frames in an SF2; Ogg files, one after another, in an SF3.
    """

    path: Path
    presets: Records
    preset_bags: Records
    preset_generators: Records
    instruments: Records
    instrument_bags: Records
    instrument_generators: Records
    samples: Records
    sample_offset: int
    sample_bytes: int

    def preset_index(self, bank: int, program: int) -> int | None:
        """Which preset record answers to this bank and program; None if there is none."""
        presets = self.presets[:-1]
        found = np.flatnonzero((presets["bank"] == bank) & (presets["program"] == program))
        return int(found[0]) if len(found) else None


def read_sound_font(path: Path) -> SoundFontTables:
    """Read the tables, not the samples.

    Raises:
        BadSoundFontError: when the file is missing, is no SoundFont, or its tables are cut or lie.
    """
    try:
        size = path.stat().st_size
        if size < 12:
            raise BadSoundFontError(path, "it is empty")
        if size > _LARGEST_FILE:
            raise BadSoundFontError(path, "it is larger than 2 GB")
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _read_tables(path, data, size)
    except OSError as error:
        raise BadSoundFontError(path, error.strerror or "it cannot be opened") from error


def _read_tables(path: Path, data: mmap.mmap, size: int) -> SoundFontTables:
    if data[:4] != b"RIFF" or data[8:12] != b"sfbk":
        raise BadSoundFontError(path, "it is not a SoundFont file")
    tables: dict[bytes, Records] = {}
    samples = (0, 0)
    for name, start, length in _chunks(data, 12, size):
        if name != b"LIST" or length < 4:
            continue
        for inner, inner_start, inner_length in _chunks(data, start + 4, start + length):
            if inner == b"smpl":
                samples = (inner_start, inner_length)
            elif inner in TABLES and inner not in tables:
                whole = inner_length - inner_length % TABLES[inner].itemsize
                tables[inner] = np.frombuffer(data[inner_start : inner_start + whole], TABLES[inner])
    missing = [name.decode() for name in TABLES if name not in tables or len(tables[name]) < 1]
    if missing:
        raise BadSoundFontError(path, f"its table “{missing[0]}” is missing")
    if len(tables[b"phdr"]) < 2:
        raise BadSoundFontError(path, "it holds no preset")
    if not samples[1]:
        raise BadSoundFontError(path, "it holds no samples")
    return SoundFontTables(
        path=path,
        presets=tables[b"phdr"],
        preset_bags=tables[b"pbag"],
        preset_generators=tables[b"pgen"],
        instruments=tables[b"inst"],
        instrument_bags=tables[b"ibag"],
        instrument_generators=tables[b"igen"],
        samples=tables[b"shdr"],
        sample_offset=samples[0],
        sample_bytes=samples[1],
    )


def _chunks(data: mmap.mmap, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, first byte and length of each chunk in a range, to which a chunk that claims more is cut."""
    for _ in range(_MOST_CHUNKS):
        if start + 8 > end:
            return
        length = min(int.from_bytes(data[start + 4 : start + 8], "little"), end - start - 8)
        yield data[start : start + 4], start + 8, length
        start += 8 + length
        # RIFF pads odd chunks to an even length, but well-known SoundFont editors forget it.
        if length % 2 and data[start : start + 1] == b"\0":
            start += 1
