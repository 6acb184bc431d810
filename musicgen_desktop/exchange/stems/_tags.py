"""What a stem says about itself: tempo, key, place on the timeline, and where it comes from."""

import unicodedata
from html import escape  # XML's own brings urllib and ssl with it

from musicgen_desktop.document import Project, Take, Track
from musicgen_desktop.media import Acid, Bext, Bits, Cue, WavTags
from musicgen_desktop.music import Key
from musicgen_desktop.timing import PPQ

PROGRAM = "MusicGen Desktop"


def stem_tags(
    project: Project, track: Track, *, frames: int, start_frame: int = 0, bits: Bits = 24
) -> WavTags:
    """Tags of one track's stem.

    Args:
        project: the song it belongs to.
        track: whose stem it is.
        frames: length of the file at the project's rate.
        start_frame: where on the timeline it begins; 0 is bar 1.
        bits: of the file's samples.
    """
    drums = track.patch is not None and track.patch.is_drums
    span = range(start_frame, start_frame + frames)
    return _tags(project, track.name, _take_of(project, track), span, bits, pitched=not drums)


def mix_tags(project: Project, *, frames: int, start_frame: int = 0, bits: Bits = 24) -> WavTags:
    """Tags of the mixed song, or of a piece of it. Arguments as those of `stem_tags`."""
    take = project.takes[-1] if project.takes else None
    span = range(start_frame, start_frame + frames)
    return _tags(project, project.name, take, span, bits, pitched=True)


def _tags(
    project: Project, name: str, take: Take | None, span: range, bits: Bits, *, pitched: bool
) -> WavTags:
    """`span` is the file's frames on the timeline."""
    key = Key.parse(project.keys[0].key) if project.keys else None
    made = _provenance(take)
    date, _, time = (take.created if take else "").partition("T")
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
        acid=_acid(project, key if pitched else None, span),
        ixml=_ixml(project, name, take, span.start),
        info={
            "INAM": _printable(name),
            "IPRD": _printable(project.name),
            "ISFT": PROGRAM,
            **({"ICMT": made} if made else {}),
            **({"ICOP": take.licence} if take and take.licence else {}),
            **({"ICRD": date} if date else {}),
        },
        cues=tuple(
            Cue(frame - span.start, section.name)
            for section in project.sections
            if (frame := project.tempo_map.frame_at(section.start_ticks, project.rate)) in span
        ),
    )


def _acid(project: Project, key: Key | None, span: range) -> Acid | None:
    """Hosts take tempo from this chunk only when it is one tempo throughout."""
    if len(project.tempo_map.points) > 1:
        return None
    meter = project.meter_map.changes[0].meter
    # Beats are quarter notes here, as the tempo counts them: hosts divide one by the other for the length.
    tick_at = project.tempo_map.tick_at_frame
    beats = (tick_at(span.stop, project.rate) - tick_at(span.start, project.rate)) / PPQ
    return Acid(
        tempo_bpm=project.tempo_map.points[0].bpm,
        beats=round(beats),
        meter_numerator=meter.numerator,
        meter_denominator=meter.denominator,
        root_note=None if key is None else 60 + key.tonic,
    )


def _ixml(project: Project, name: str, take: Take | None, start_frame: int) -> str:
    start_high, start_low = divmod(start_frame, 1 << 32)
    tempo = project.tempo_map.points[0].bpm
    key = project.keys[0].key if project.keys else ""
    meter = project.meter_map.changes[0].meter
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<BWFXML>",
        "  <IXML_VERSION>3.01</IXML_VERSION>",
        f"  <PROJECT>{_escaped(project.name)}</PROJECT>",
        f"  <NOTE>{escape(_provenance(take), quote=False)}</NOTE>",
        "  <SPEED>",
        f"    <FILE_SAMPLE_RATE>{project.rate}</FILE_SAMPLE_RATE>",
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
        f"    <TEMPO>{tempo:g}</TEMPO>",
        f"    <KEY>{_escaped(key)}</KEY>",
        f"    <METER>{meter}</METER>",
        *(_take_lines(take) if take else ()),
        "  </USER>",
        "</BWFXML>",
    ]
    return "\n".join(lines) + "\n"


def _take_lines(take: Take) -> list[str]:
    values = {
        "ENGINE": take.engine,
        "MODEL": take.model,
        "LICENCE": take.licence,
        "COMMERCIAL_USE": "yes" if take.commercial_use else "no",
        "SEED": str(take.seed),
        "PROMPT": take.prompt,
    }
    return [f"    <{tag}>{_escaped(text)}</{tag}>" for tag, text in values.items()]


def _printable(text: str) -> str:
    """XML 1.0 has no way to write control characters."""
    return "".join(character if character.isprintable() else " " for character in text)


def _escaped(text: str) -> str:
    return escape(_printable(text), quote=False)


def _provenance(take: Take | None) -> str:
    if take is None:
        return ""
    return _printable(f'Made with {take.engine}, seed {take.seed}, from "{take.prompt}". {take.licence}')


def _ascii(text: str) -> str:
    """EBU Tech 3285 has ASCII in bext, and readers stumble over anything else: letters lose their accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "replace").decode()


def _take_of(project: Project, track: Track) -> Take | None:
    """The take that the track's first clip came from: its notes, its date."""
    wanted = next((clip.take_id for clip in track.clips if clip.take_id), None)
    return next((take for take in project.takes if take.id == wanted), None)
