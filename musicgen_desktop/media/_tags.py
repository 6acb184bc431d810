"""What a WAV file may tell of itself beside its samples.

Sources: EBU Tech 3285 v2 (bext); Multimedia Programming Interface and Data Specifications 1.0 (cue, smpl,
LIST); the iXML specification 3.01 (iXML); the layout of acid as ExifTool documents it.
"""

import math
import struct
from collections.abc import Mapping

import msgspec

_BEXT = struct.Struct("<256s32s32s10s8sQH64shhhhh180x")
_ACID = struct.Struct("<IHHfIHHf")
_UNUSED = 0x7FFF  # bext: this loudness field says nothing
_ROOT_SET, _ONE_SHOT, _STRETCHED = 2, 1, 4


class Bext(msgspec.Struct, frozen=True):
    """Broadcast extension, EBU Tech 3285 version 2. Text that is too long is cut.

    Attributes:
        description: ≤ 256 bytes of free text.
        originator: ≤ 32 bytes, who or which program made it.
        originator_reference: ≤ 32 bytes, the maker's own name for it.
        origination_date: "yyyy-mm-dd".
        origination_time: "hh:mm:ss".
        time_reference_frames: where on the timeline the first frame lies, in frames since midnight.
        umid: ≤ 64 bytes (SMPTE 330M).
        loudness_lufs: integrated loudness; like the following, None when not known, kept to 0.01.
        loudness_range_lu: EBU Tech 3342.
        true_peak_dbtp: the largest.
        momentary_max_lufs: the loudest 400 ms.
        short_term_max_lufs: the loudest 3 s.
        coding_history: free text, one line per step (EBU R 98).
    """

    description: str = ""
    originator: str = ""
    originator_reference: str = ""
    origination_date: str = ""
    origination_time: str = ""
    time_reference_frames: int = 0
    umid: bytes = b""
    loudness_lufs: float | None = None
    loudness_range_lu: float | None = None
    true_peak_dbtp: float | None = None
    momentary_max_lufs: float | None = None
    short_term_max_lufs: float | None = None
    coding_history: str = ""

    def to_bytes(self) -> bytes:
        """The chunk's body: 602 bytes and the coding history, of even length (see `WavTags.chunks`)."""
        levels = (
            self.loudness_lufs,
            self.loudness_range_lu,
            self.true_peak_dbtp,
            self.momentary_max_lufs,
            self.short_term_max_lufs,
        )
        head = _BEXT.pack(
            _text(self.description, 256),
            _text(self.originator, 32),
            _text(self.originator_reference, 32),
            _text(self.origination_date, 10),
            _text(self.origination_time, 8),
            self.time_reference_frames,
            2,
            self.umid,
            *(_hundredths(level) for level in levels),
        )
        history = self.coding_history.encode()
        return head + history + b"\0" * (len(history) & 1)

    @classmethod
    def from_bytes(cls, body: bytes) -> "Bext":
        """Read a chunk's body of any version; what is missing is empty."""
        (description, originator, reference, date, time, frames, version, umid, *levels) = _BEXT.unpack(
            body[: _BEXT.size].ljust(_BEXT.size, b"\0")
        )
        known = [level / 100.0 if version >= 2 and level != _UNUSED else None for level in levels]
        return cls(
            description=_string(description),
            originator=_string(originator),
            originator_reference=_string(reference),
            origination_date=_string(date),
            origination_time=_string(time),
            time_reference_frames=frames,
            umid=umid.rstrip(b"\0") if version >= 1 else b"",
            loudness_lufs=known[0],
            loudness_range_lu=known[1],
            true_peak_dbtp=known[2],
            momentary_max_lufs=known[3],
            short_term_max_lufs=known[4],
            coding_history=_string(body[_BEXT.size :]),
        )


class Acid(msgspec.Struct, frozen=True):
    """Tempo, metre and root note, as loop-based hosts read them (24 bytes).

    Attributes:
        tempo_bpm: quarter notes per minute.
        beats: length in beats of the metre.
        meter_numerator: of the metre.
        meter_denominator: of the metre.
        root_note: MIDI note 0 … 127 it may be transposed from; None when it has none (drums).
        one_shot: it is not to follow the host's tempo.
    """

    tempo_bpm: float
    beats: int
    meter_numerator: int = 4
    meter_denominator: int = 4
    root_note: int | None = None
    one_shot: bool = False

    def to_bytes(self) -> bytes:
        """The chunk's body."""
        flags = _ONE_SHOT if self.one_shot else _STRETCHED
        if self.root_note is not None:
            flags |= _ROOT_SET
        return _ACID.pack(
            flags,
            60 if self.root_note is None else self.root_note,
            0x8000,  # always found so
            0.0,
            self.beats,
            self.meter_denominator,
            self.meter_numerator,
            self.tempo_bpm,
        )

    @classmethod
    def from_bytes(cls, body: bytes) -> "Acid":
        """Read a chunk's body.

        Raises:
            ValueError: when it is too short or its tempo no number.
        """
        if len(body) < _ACID.size:
            raise ValueError("The acid chunk is too short.")
        flags, root, _, _, beats, denominator, numerator, tempo = _ACID.unpack_from(body)
        if not math.isfinite(tempo):
            raise ValueError("The acid chunk's tempo is not a number.")
        return cls(
            tempo_bpm=tempo,
            beats=beats,
            meter_numerator=numerator,
            meter_denominator=denominator,
            root_note=root if flags & _ROOT_SET else None,
            one_shot=bool(flags & _ONE_SHOT),
        )


class Cue(msgspec.Struct, frozen=True):
    """A marker, or a region when it has a length.

    Attributes:
        frame: where, counted from the start of the file.
        label: its name.
        length_frames: 0 for a marker.
    """

    frame: int
    label: str = ""
    length_frames: int = 0


class Loop(msgspec.Struct, frozen=True):
    """A span that a sampler repeats.

    Attributes:
        start_frame: the first frame of it.
        end_frame: the first frame after it (the file itself stores the last one inside).
        times: how often it is played; 0 is for ever.
    """

    start_frame: int
    end_frame: int
    times: int = 0


class WavTags(msgspec.Struct, frozen=True):
    """All that we write beside the samples.

    Attributes:
        bext: broadcast extension.
        acid: tempo and root note.
        ixml: an iXML document.
        info: LIST/INFO: four-letter name → text, such as {"INAM": "Bass", "ISFT": "MusicGen Desktop"}.
        cues: markers and regions, in the order of time.
        loops: for samplers; their unity note is acid's root note, or middle C.
        key: such as “Am”; no chunk has a place for it, but FLAC files do.
    """

    bext: Bext | None = None
    acid: Acid | None = None
    ixml: str | None = None
    info: dict[str, str] = msgspec.field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    loops: tuple[Loop, ...] = ()
    key: str = ""

    def chunks(self, rate: int) -> list[tuple[bytes, bytes]]:
        """The chunks in the order in which they are written, as (name, body).

        Every body has an even length: some readers forget the byte of padding behind an odd one.
        """
        found: list[tuple[bytes, bytes]] = []
        if self.bext is not None:
            found.append((b"bext", self.bext.to_bytes()))
        if self.ixml is not None:
            document = self.ixml.encode()
            found.append((b"iXML", document + b"\n" * (len(document) & 1)))
        if self.acid is not None:
            found.append((b"acid", self.acid.to_bytes()))
        if self.loops:
            found.append((b"smpl", self._smpl(rate)))
        if self.cues:
            found.append((b"cue ", _cue(self.cues)))
            found.append((b"LIST", b"adtl" + _adtl(self.cues)))
        if self.info:
            found.append((b"LIST", b"INFO" + _info(self.info)))
        return found

    def _smpl(self, rate: int) -> bytes:
        root = self.acid.root_note if self.acid is not None else None
        head = struct.pack(
            "<9I", 0, 0, round(1e9 / rate), 60 if root is None else root, 0, 0, 0, len(self.loops), 0
        )
        return head + b"".join(
            struct.pack("<6I", i, 0, loop.start_frame, loop.end_frame - 1, 0, loop.times)
            for i, loop in enumerate(self.loops)
        )


def parse_tags(chunks: Mapping[str, bytes]) -> WavTags:
    """What `read_chunks` found, understood; a broken chunk is passed over."""
    try:
        acid = Acid.from_bytes(chunks["acid"]) if "acid" in chunks else None
    except ValueError:
        acid = None
    return WavTags(
        bext=Bext.from_bytes(chunks["bext"]) if "bext" in chunks else None,
        acid=acid,
        ixml=_string(chunks["iXML"]).rstrip("\n") if "iXML" in chunks else None,
        info={
            name.decode("latin-1"): _string(body) for name, body in subchunks(chunks.get("LIST/INFO", b""))
        },
        cues=_parse_cues(chunks.get("cue ", b""), chunks.get("LIST/adtl", b"")),
        loops=_parse_loops(chunks.get("smpl", b"")),
    )


def chunk(name: bytes, body: bytes) -> bytes:
    """A RIFF chunk: name, length, body, and a byte of padding when the body is odd."""
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)


def serialised(tags: WavTags, rate: int) -> bytes:
    """The chunks of tags one behind the other, as they stand in a file."""
    return b"".join(chunk(name, body) for name, body in tags.chunks(rate))


def subchunks(body: bytes) -> list[tuple[bytes, bytes]]:
    """The chunks inside a list's body, up to where it is cut off."""
    found = []
    at = 0
    while at + 8 <= len(body):
        size = int.from_bytes(body[at + 4 : at + 8], "little")
        found.append((body[at : at + 4], body[at + 8 : at + 8 + size]))
        at += 8 + size + (size & 1)
    return found


def _cue(cues: tuple[Cue, ...]) -> bytes:
    points = (
        struct.pack("<II4sIII", i + 1, cue.frame, b"data", 0, 0, cue.frame) for i, cue in enumerate(cues)
    )
    return struct.pack("<I", len(cues)) + b"".join(points)


def _adtl(cues: tuple[Cue, ...]) -> bytes:
    """All names, then all lengths: libsndfile reads no names behind the first length."""
    names = [struct.pack("<I", i + 1) for i in range(len(cues))]
    labels = (
        chunk(b"labl", name + cue.label.encode() + b"\0") for name, cue in zip(names, cues, strict=True)
    )
    lengths = (
        chunk(b"ltxt", name + struct.pack("<I4s4H", cue.length_frames, b"rgn ", 0, 0, 0, 0))
        for name, cue in zip(names, cues, strict=True)
        if cue.length_frames
    )
    return b"".join((*labels, *lengths))


def _info(info: Mapping[str, str]) -> bytes:
    parts = []
    for name, text in info.items():
        if len(name) != 4 or not name.isascii():
            raise ValueError(f"An INFO name has four ASCII letters, not {name!r}.")
        parts.append(chunk(name.encode(), text.encode() + b"\0"))
    return b"".join(parts)


def _parse_cues(points: bytes, names: bytes) -> tuple[Cue, ...]:
    labels: dict[bytes, str] = {}
    lengths: dict[bytes, int] = {}
    for kind, body in subchunks(names):
        if kind == b"labl":
            labels[body[:4]] = _string(body[4:])
        elif kind == b"ltxt" and len(body) >= 8:
            lengths[body[:4]] = int.from_bytes(body[4:8], "little")
    found = []
    for at in range(4, len(points) - 23, 24):
        name = points[at : at + 4]
        frame = int.from_bytes(points[at + 20 : at + 24], "little")
        found.append(Cue(frame, labels.get(name, ""), lengths.get(name, 0)))
    return tuple(found)


def _parse_loops(body: bytes) -> tuple[Loop, ...]:
    found = []
    for at in range(36, len(body) - 23, 24):
        _, _, start, last, _, times = struct.unpack_from("<6I", body, at)
        found.append(Loop(start, last + 1, times))
    return tuple(found)


def _text(text: str, size: int) -> bytes:
    """Text of at most `size` bytes, never cut inside a letter."""
    return text.encode()[:size].decode(errors="ignore").encode()


def _string(raw: bytes) -> str:
    text = raw.split(b"\0", 1)[0]
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")


def _hundredths(level: float | None) -> int:
    if level is None or not math.isfinite(level):
        return _UNUSED
    return max(-0x8000, min(_UNUSED - 1, round(level * 100.0)))
