"""What a stem says about itself: tempo, key, place on the timeline, and where it comes from."""

import unicodedata
from collections.abc import Iterable, Iterator
from html import escape  # XML's own brings urllib and ssl with it
from typing import NamedTuple

from musicgen_desktop.document import Clip, Project, Take, Track
from musicgen_desktop.media import Acid, Bext, Bits, Cue, Loop, WavTags
from musicgen_desktop.music import Key
from musicgen_desktop.timing import PPQ

from ._names import key_at

PROGRAM = "MusicGen Desktop"

_USE = {True: "yes", False: "no", None: "unknown"}

_SLACK_BEATS = 0.01  # what rounding to whole frames leaves


class FileRights(NamedTuple):
    """What a file says of its rights: those of all that is heard in it.

    Attributes:
        licence: in words.
        commercial_use: whether it may be sold; None when nobody here knows.
    """

    licence: str
    commercial_use: bool | None


def stem_tags(
    project: Project,
    track: Track,
    *,
    rights: FileRights,
    frames: int,
    start_frame: int = 0,
    bits: Bits = 24,
    clip: Clip | None = None,
    loop_frames: int | None = None,
) -> WavTags:
    """Tags of one track's stem, or of one of its clips.

    Args:
        project: the song.
        track: whose stem it is.
        rights: of all that is heard in the file.
        frames: length of the file at the project's rate.
        start_frame: where on the timeline it begins; 0 is bar 1.
        bits: of the file's samples.
        clip: the only one that is in the file; None for the whole track.
        loop_frames: how many of the first frames a sampler repeats; None for none.
    """
    drums = track.patch is not None and track.patch.is_drums
    span = range(start_frame, start_frame + frames)
    take = _take_of(project, track.clips if clip is None else (clip,))
    name = track.name if clip is None or not clip.name else f"{track.name}: {clip.name}"
    return _tags(project, name, take, rights, span, bits, pitched=not drums, loop_frames=loop_frames)


def mix_tags(
    project: Project,
    *,
    rights: FileRights,
    frames: int,
    start_frame: int = 0,
    bits: Bits = 24,
    loop_frames: int | None = None,
) -> WavTags:
    """Tags of the mixed song, or of a piece of it. Arguments as those of `stem_tags`."""
    take = project.takes[-1] if project.takes else None
    span = range(start_frame, start_frame + frames)
    return _tags(project, project.name, take, rights, span, bits, pitched=True, loop_frames=loop_frames)


def _tags(
    project: Project,
    name: str,
    take: Take | None,
    rights: FileRights,
    span: range,
    bits: Bits,
    *,
    pitched: bool,
    loop_frames: int | None,
) -> WavTags:
    """`span` is the file's frames on the timeline."""
    key = key_at(project, _tick(project, span.start))
    made = _provenance(take, rights)
    date, _, time = (take.created if take else "").partition("T")
    acid = _acid(project, key if pitched else None, span)
    is_loop = loop_frames is not None and acid is not None and not acid.one_shot
    return WavTags(
        bext=Bext(
            description=_ascii(f"{project.name}: {name}. {made}".strip()),
            originator=PROGRAM,
            originator_reference=_ascii(take.id) if take else "",
            origination_date=date,
            origination_time=time[:8],
            time_reference_frames=span.start,
            coding_history=f"A=PCM,F={project.rate},W={bits},M=stereo,T={PROGRAM}\r\n",
        ),
        acid=acid,
        ixml=_ixml(project, name, take, rights, span.start, bits),
        info={
            "INAM": _printable(name),
            "IPRD": _printable(project.name),
            "ISFT": PROGRAM,
            **({"ICMT": made} if made else {}),
            **({"ICOP": _printable(rights.licence)} if rights.licence else {}),
            **({"ICRD": date} if date else {}),
        },
        cues=tuple(sorted(_cues(project, span), key=lambda cue: cue.frame)),
        loops=(Loop(0, loop_frames),) if loop_frames is not None and is_loop else (),
        key="" if key is None else key.short,
    )


def _cues(project: Project, span: range) -> Iterator[Cue]:
    """Sections as regions, those that began before the file with what is left of them; markers as points."""

    def frame_of(tick: int) -> int:
        return project.tempo_map.frame_at(tick, project.rate)

    for section in project.sections:
        first = max(frame_of(section.start_ticks), span.start)
        last = min(frame_of(section.end_ticks), span.stop)
        if first < last:
            yield Cue(first - span.start, section.name, last - first)
    for marker in project.markers:
        if frame_of(marker.tick) in span:
            yield Cue(frame_of(marker.tick) - span.start, marker.name)


def _acid(project: Project, key: Key | None, span: range) -> Acid | None:
    """Hosts take tempo from this chunk only when it is one tempo throughout."""
    tempo, start = project.tempo_map, _tick(project, span.start)
    end = max(start + 1, _tick(project, span.stop))
    inside = (point.bpm for point in tempo.points if start < point.tick < end)
    if {tempo.bpm_at(start), tempo.bpm_at(end - 1), *inside} != {tempo.bpm_at(start)}:
        return None
    meter = project.meter_map.meter_at(start)
    # Beats are quarter notes here, as the tempo counts them: hosts divide one by the other for the length.
    beats = (end - start) / PPQ
    return Acid(
        tempo_bpm=tempo.bpm_at(start),
        beats=round(beats),
        meter_numerator=meter.numerator,
        meter_denominator=meter.denominator,
        root_note=None if key is None else 60 + key.tonic,
        # What does not end on a beat cannot be repeated, and would be stretched to the wrong length.
        one_shot=round(beats) == 0 or abs(beats - round(beats)) > _SLACK_BEATS,
    )


def _tick(project: Project, frame: int) -> int:
    return project.tempo_map.tick_at_frame(frame, project.rate)


def _ixml(
    project: Project, name: str, take: Take | None, rights: FileRights, start_frame: int, bits: Bits
) -> str:
    start_high, start_low = divmod(start_frame, 1 << 32)
    start = _tick(project, start_frame)
    key = key_at(project, start)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<BWFXML>",
        "  <IXML_VERSION>3.01</IXML_VERSION>",
        f"  <PROJECT>{_escaped(project.name)}</PROJECT>",
        f"  <NOTE>{_escaped(_provenance(take, rights))}</NOTE>",
        "  <SPEED>",
        f"    <FILE_SAMPLE_RATE>{project.rate}</FILE_SAMPLE_RATE>",
        f"    <AUDIO_BIT_DEPTH>{bits}</AUDIO_BIT_DEPTH>",
        f"    <TIMESTAMP_SAMPLE_RATE>{project.rate}</TIMESTAMP_SAMPLE_RATE>",
        f"    <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>{start_low}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>",
        f"    <TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>{start_high}</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>",
        "  </SPEED>",
        "  <TRACK_LIST>",
        "    <TRACK_COUNT>2</TRACK_COUNT>",
        *(
            f"    <TRACK><CHANNEL_INDEX>{index}</CHANNEL_INDEX><INTERLEAVE_INDEX>{index}</INTERLEAVE_INDEX>"
            f"<NAME>{_escaped(name)} {side}</NAME></TRACK>"
            for index, side in ((1, "L"), (2, "R"))
        ),
        "  </TRACK_LIST>",
        "  <USER>",
        f"    <TEMPO>{project.tempo_map.bpm_at(start):g}</TEMPO>",
        f"    <KEY>{'' if key is None else _escaped(str(key))}</KEY>",
        f"    <METER>{project.meter_map.meter_at(start)}</METER>",
        *_rights_lines(take, rights),
        "  </USER>",
        "</BWFXML>",
    ]
    return "\n".join(lines) + "\n"


def _rights_lines(take: Take | None, rights: FileRights) -> list[str]:
    values = {"LICENCE": rights.licence, "COMMERCIAL_USE": _USE[rights.commercial_use]}
    if take is not None:
        made = {"ENGINE": take.engine, "MODEL": take.model}
        values = {**made, **values, "SEED": str(take.seed), "PROMPT": take.prompt}
    return [f"    <{tag}>{_escaped(text)}</{tag}>" for tag, text in values.items()]


def _printable(text: str) -> str:
    """XML 1.0 has no way to write control characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def _escaped(text: str) -> str:
    return escape(_printable(text), quote=False)


def _provenance(take: Take | None, rights: FileRights) -> str:
    made = "" if take is None else f'Made with {take.engine}, seed {take.seed}, from "{take.prompt}". '
    return _printable(made + rights.licence)


def _ascii(text: str) -> str:
    """EBU Tech 3285 has ASCII in bext, and readers stumble over anything else: letters lose their accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "replace").decode()


def _take_of(project: Project, clips: Iterable[Clip]) -> Take | None:
    """The take that the first of the clips that has one came from: its notes, its date."""
    wanted = next((clip.take_id for clip in clips if clip.take_id), None)
    return next((take for take in project.takes if take.id == wanted), None)
