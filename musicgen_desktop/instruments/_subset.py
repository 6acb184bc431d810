"""Cut one preset out of a SoundFont, so that it loads in milliseconds and holds nothing that could do harm.

The player (TinySoundFont) decodes every sample of a file when it loads it and believes what the tables say.
So it never sees the user's file: it gets a new, small SF2 with the asked-for preset, the samples its played
keys need, and every address and generator inside its legal range.

Source: SoundFont 2.04 technical specification, sections 7 and 8.1.3 (generator ranges).
"""

import io
import mmap
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ._sound_font_file import TABLES, BadSoundFontError, Records, SoundFontTables

_KEY_RANGE, _VELOCITY_RANGE, _INSTRUMENT, _SAMPLE_ID, _SAMPLE_MODES = 43, 44, 41, 53, 54
_RELEASE = 38
_ADDRESSES = {0: (4, "start"), 1: (12, "end"), 2: (45, "loop_start"), 3: (50, "loop_end")}
# Operator → least and greatest amount. What is not named here is dropped: the player would not understand it
# anyway.
_LEGAL = {
    5: (-12000, 12000), 6: (-12000, 12000), 7: (-12000, 12000), 8: (1500, 13500), 9: (0, 960),
    10: (-12000, 12000), 11: (-12000, 12000), 13: (-960, 960), 15: (0, 1000), 16: (0, 1000),
    17: (-500, 500), 21: (-12000, 5000), 22: (-16000, 4500), 23: (-12000, 5000), 24: (-16000, 4500),
    25: (-12000, 5000), 26: (-12000, 8000), 27: (-12000, 5000), 28: (-12000, 8000), 29: (0, 1000),
    30: (-12000, 8000), 31: (-1200, 1200), 32: (-1200, 1200), 33: (-12000, 5000), 34: (-12000, 8000),
    35: (-12000, 5000), 36: (-12000, 8000), 37: (0, 1440), 38: (-12000, 8000), 39: (-1200, 1200),
    40: (-1200, 1200), 46: (0, 127), 47: (0, 127), 48: (0, 1440), 51: (-120, 120), 52: (-99, 99),
    54: (0, 3), 56: (0, 1200), 57: (0, 127), 58: (-1, 127),
}  # fmt: skip
# Preset generators are added to the instrument's: they may be negative where the sum may not.
_RELATIVE = {8: (-12000, 12000), 9: (-960, 960), 15: (-1000, 1000), 16: (-1000, 1000), 29: (-1000, 1000),
             37: (-1440, 1440), 48: (-1440, 1440), 56: (-1200, 1200)}  # fmt: skip
_MOST_ZONES = 4096
_MOST_FRAMES = 64 << 20
_COMPRESSED, _ROM = 0x10, 0x8000
_CLICK = 48
_GAP = 46  # silent frames after each sample, which interpolation may touch

Zone = dict[int, int]


@dataclass(slots=True)
class _NewFont:
    """The tables and samples of the font being written."""

    preset_zones: list[Zone] = field(default_factory=list)
    instruments: list[list[Zone]] = field(default_factory=list)
    sample_headers: list[tuple[int, int, int, int, int, int, int]] = field(default_factory=list)
    sample_frames: list[NDArray[np.int16]] = field(default_factory=list)
    frames: int = 0
    release_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Subset:
    """A small SF2 in memory with one preset (bank 0, program 0); how long notes ring after note-off."""

    data: bytes
    release_s: float
    key_span: tuple[int, int]


def subset_preset(
    tables: SoundFontTables, preset: int, keys: frozenset[int], velocities: tuple[int, int] = (1, 127)
) -> Subset:
    """The named preset record with only what these keys and velocities need.

    Args:
        tables: of the file; its samples are read now.
        preset: index of the preset record.
        keys: MIDI keys that will be played. No zone covering one of them is lost.
        velocities: least and greatest velocity that will be played.

    Raises:
        BadSoundFontError: when the preset cannot sound: bad indices, no zone, undecodable samples.
    """
    new = _NewFont()
    kept_instruments: dict[int, int] = {}
    kept_samples: dict[int, int | None] = {}
    lowest, highest = 127, 0
    try:
        file = tables.path.open("rb")
    except OSError as error:
        raise BadSoundFontError(tables.path, error.strerror or "it cannot be opened") from error
    with file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        zones = list(
            _zones(tables.presets, preset, tables.preset_bags, tables.preset_generators, _INSTRUMENT)
        )
        common = zones[0] if zones and _INSTRUMENT not in zones[0] else {}
        new.preset_zones.append(_legal(common, relative=True))
        for zone in zones:
            instrument = zone.get(_INSTRUMENT, -1)
            if not 0 <= instrument < len(tables.instruments) - 1:
                continue
            span = _span(zone, common, _KEY_RANGE)
            lowest, highest = min(lowest, span[0]), max(highest, span[1])
            if not _plays(zone, common, keys, velocities):
                continue
            if instrument not in kept_instruments:
                kept = _instrument_zones(tables, data, instrument, keys, velocities, new, kept_samples)
                kept_instruments[instrument] = len(new.instruments)
                new.instruments.append(kept)
            clean = _legal(zone, relative=True)
            clean[_INSTRUMENT] = kept_instruments[instrument]
            new.preset_zones.append(clean)
            new.release_s = max(
                new.release_s,
                *(
                    _seconds(_amount(inner, new.instruments[clean[_INSTRUMENT]][0], _RELEASE)
                             + _amount(zone, common, _RELEASE, 0))
                    for inner in new.instruments[clean[_INSTRUMENT]]
                ),
            )  # fmt: skip
    if not new.sample_frames:
        raise BadSoundFontError(tables.path, "the instrument asked for has no playable samples")
    return Subset(_written(new), new.release_s, (lowest, highest))


def _zones(owners: Records, index: int, bags: Records, generators: Records, closing: int) -> Iterator[Zone]:
    """The zones of one preset or instrument: generators up to the one that names what the zone plays."""
    first, last = int(owners["bag"][index]), int(owners["bag"][index + 1])
    for bag in range(first, min(last, first + _MOST_ZONES, len(bags) - 1)):
        start, end = int(bags["generator"][bag]), int(bags["generator"][bag + 1])
        zone: Zone = {}
        for record in generators[start : min(end, start + 256, len(generators))]:
            operator, amount = int(record["operator"]), int(record["amount"])
            zone[operator] = amount & 0xFFFF if operator in {_KEY_RANGE, _VELOCITY_RANGE, closing} else amount
            if operator == closing:
                break
        if closing in zone or bag == first:
            yield zone


def _instrument_zones(
    tables: SoundFontTables,
    data: mmap.mmap,
    instrument: int,
    keys: frozenset[int],
    velocities: tuple[int, int],
    new: _NewFont,
    kept_samples: dict[int, int | None],
) -> list[Zone]:
    """The zones of an instrument that can sound, the common one first; their samples are added to the new
    font.
    """
    zones = list(
        _zones(
            tables.instruments, instrument, tables.instrument_bags, tables.instrument_generators, _SAMPLE_ID
        )
    )
    common = zones[0] if zones and _SAMPLE_ID not in zones[0] else {}
    result = [_legal(common, relative=False)]
    for zone in zones:
        sample = zone.get(_SAMPLE_ID, -1)
        if not 0 <= sample < len(tables.samples) - 1 or not _plays(zone, common, keys, velocities):
            continue
        if sample not in kept_samples:
            kept_samples[sample] = _add_sample(tables, data, sample, new)
        number = kept_samples[sample]
        if number is None:
            continue
        clean = _legal(zone, relative=False)
        clean.update(_addresses(zone, common, new.sample_headers[number]))
        clean[_SAMPLE_ID] = number
        result.append(clean)
    return result


def _span(zone: Zone, common: Zone, operator: int) -> tuple[int, int]:
    packed = zone.get(operator, common.get(operator, 0x7F00))
    return packed & 0xFF, packed >> 8


def _plays(zone: Zone, common: Zone, keys: frozenset[int], velocities: tuple[int, int]) -> bool:
    low, high = _span(zone, common, _KEY_RANGE)
    soft, loud = _span(zone, common, _VELOCITY_RANGE)
    return soft <= velocities[1] and loud >= velocities[0] and any(low <= key <= high for key in keys)


def _legal(zone: Zone, *, relative: bool) -> Zone:
    """The generators with legal amounts; addresses and links are written anew by the caller."""
    clean: Zone = {op: zone[op] for op in (_KEY_RANGE, _VELOCITY_RANGE) if op in zone}
    for operator, amount in zone.items():
        limits = _RELATIVE.get(operator) if relative else None
        limits = limits or _LEGAL.get(operator)
        if limits:
            clean[operator] = min(max(amount, limits[0]), limits[1])
    return clean


def _amount(zone: Zone, common: Zone, operator: int, default: int = -12000) -> int:
    return zone.get(operator, common.get(operator, default))


def _seconds(timecents: int) -> float:
    return float(2.0 ** (min(max(timecents, -12000), 8000) / 1200))


def _addresses(zone: Zone, common: Zone, header: tuple[int, int, int, int, int, int, int]) -> Zone:
    """Offsets of the zone, moved back inside its sample."""
    start, end, loop_start, loop_end = header[:4]
    offset = {
        name: _amount(zone, common, fine, 0) + 32768 * _amount(zone, common, coarse, 0)
        for fine, (coarse, name) in _ADDRESSES.items()
    }
    first = min(max(offset["start"], 0), end - start - 1)
    last = max(min(offset["end"], 0), start + first + 1 - end)
    loop_first = min(max(loop_start + offset["loop_start"], start), end)
    loop_last = min(max(loop_end + offset["loop_end"], loop_first), end + last)
    wanted = {
        "start": first,
        "end": last,
        "loop_start": loop_first - loop_start,
        "loop_end": loop_last - loop_end,
    }
    result: Zone = {}
    for fine, (coarse, name) in _ADDRESSES.items():
        high = int(wanted[name] / 32768)
        low = wanted[name] - high * 32768
        result.update({op: value for op, value in ((fine, low), (coarse, high)) if value})
    return result


def _add_sample(tables: SoundFontTables, data: mmap.mmap, sample: int, new: _NewFont) -> int | None:
    """Copy a sample into the new font; None if there is nothing to hear in it."""
    header = tables.samples[sample]
    start, end = int(header["start"]), int(header["end"])
    loop = int(header["loop_start"]), int(header["loop_end"])
    kind = int(header["kind"])
    if kind & _ROM or end <= start:
        return None
    if kind & _COMPRESSED:
        if end > tables.sample_bytes:
            return None
        frames = _decoded(data[tables.sample_offset + start : tables.sample_offset + end])
    else:
        end = min(end, tables.sample_bytes // 2)
        at = tables.sample_offset + 2 * start
        frames = np.frombuffer(data[at : tables.sample_offset + 2 * end], "<i2") if end > start else None
        loop = loop[0] - start, loop[1] - start
    if frames is None or len(frames) < 8:
        return None
    if new.frames + len(frames) > _MOST_FRAMES:
        raise BadSoundFontError(tables.path, "one of its instruments holds more than 128 MB of samples")
    base, length = new.frames, len(frames)
    loop_start = min(max(loop[0], 0), length)
    loop_end = min(max(loop[1], loop_start), length)
    rate = min(max(int(header["rate"]), 400), 192_000)
    new.sample_headers.append(
        (base, base + length, base + loop_start, base + loop_end, rate, min(int(header["root"]), 127),
         min(max(int(header["correction"]), -99), 99))
    )  # fmt: skip
    new.sample_frames.append(frames if loop_start < _CLICK else _without_click(frames))
    new.frames += length + _GAP
    return len(new.sample_frames) - 1


def _without_click(frames: NDArray[np.int16]) -> NDArray[np.int16]:
    """A recording that begins quietly but not at rest, faded in: its first step would be heard as a click."""
    first = np.abs(frames[:_CLICK].astype(np.int32))
    peak = max(int(frames.max()), -int(frames.min()))
    if len(frames) <= _CLICK or first[0] == 0 or 100 * int(first.max()) > peak:
        return frames
    ramp = np.linspace(0, 1, _CLICK, endpoint=False, dtype=np.float32)
    faded = frames.copy()
    faded[:_CLICK] = (frames[:_CLICK] * ramp).astype(np.int16)
    return faded


def _decoded(ogg: bytes) -> NDArray[np.int16] | None:
    """Ogg bytes → 16-bit frames of the first channel; None when they do not decode."""
    if not ogg.startswith(b"OggS"):
        return None
    import soundfile  # noqa: PLC0415 - slow to import, and only compressed SoundFonts need it

    try:
        with soundfile.SoundFile(io.BytesIO(ogg)) as file:
            if file.frames > _MOST_FRAMES or file.channels > 2:
                return None
            audio = file.read(dtype="float32", always_2d=True)[:, 0]
    except (soundfile.LibsndfileError, ValueError, MemoryError):
        return None
    frames: NDArray[np.int16] = np.clip(audio * np.float32(32768), -32768, 32767).astype(np.int16)
    return frames


def _written(new: _NewFont) -> bytes:
    samples = np.zeros(new.frames, "<i2")
    for header, frames in zip(new.sample_headers, new.sample_frames, strict=True):
        samples[header[0] : header[1]] = frames
    preset_bags, preset_generators = _zone_tables([new.preset_zones], _INSTRUMENT)
    instrument_bags, instrument_generators = _zone_tables(new.instruments, _SAMPLE_ID)
    presets = np.zeros(2, TABLES[b"phdr"])
    presets["name"] = [b"preset", b"EOP"]
    presets["bag"] = [0, len(new.preset_zones)]
    instruments = np.zeros(len(new.instruments) + 1, TABLES[b"inst"])
    instruments["name"][-1] = b"EOI"
    instruments["bag"] = np.cumsum([0, *(len(zones) for zones in new.instruments)])
    headers = np.zeros(len(new.sample_headers) + 1, TABLES[b"shdr"])
    headers["name"][-1] = b"EOS"
    for number, (name, values) in enumerate(
        zip(("start", "end", "loop_start", "loop_end", "rate", "root", "correction"),
            zip(*new.sample_headers, strict=True), strict=True)
    ):  # fmt: skip
        headers[name][:-1] = values
        del number
    headers["kind"][:-1] = 1
    tables = b"".join(
        (
            _chunk(b"phdr", presets.tobytes()),
            _chunk(b"pbag", preset_bags),
            _chunk(b"pmod", bytes(10)),
            _chunk(b"pgen", preset_generators),
            _chunk(b"inst", instruments.tobytes()),
            _chunk(b"ibag", instrument_bags),
            _chunk(b"imod", bytes(10)),
            _chunk(b"igen", instrument_generators),
            _chunk(b"shdr", headers.tobytes()),
        )
    )
    info = _chunk(b"LIST", b"INFO" + _chunk(b"ifil", struct.pack("<HH", 2, 1)))
    sound = _chunk(b"LIST", b"sdta" + _chunk(b"smpl", samples.tobytes()))
    return _chunk(b"RIFF", b"sfbk" + info + sound + _chunk(b"LIST", b"pdta" + tables))


def _zone_tables(owners: list[list[Zone]], closing: int) -> tuple[bytes, bytes]:
    """Bag and generator tables with their terminal records. Ranges stand first in a zone, the link last."""
    generators: list[tuple[int, int]] = []
    starts: list[int] = []
    for zones in owners:
        for zone in zones:
            starts.append(len(generators))
            order = sorted(zone, key=lambda op: (op == closing, op not in {_KEY_RANGE, _VELOCITY_RANGE}, op))
            generators.extend((operator, zone[operator] & 0xFFFF) for operator in order)
    starts.append(len(generators))
    generators.append((0, 0))
    bags = np.zeros(len(starts), TABLES[b"pbag"])
    bags["generator"] = starts
    return bags.tobytes(), np.array(generators, "<u2").tobytes()


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body
