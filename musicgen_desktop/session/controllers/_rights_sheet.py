"""Who made what is handed over, under which licence, and whether it may be sold."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import AudioClip, Project, Take, Track
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import write_file

from ._bounced_take import sounds_heard
from ._rights import SoundRights

SHEET, SHEET_JSON = "RIGHTS.md", "rights.json"


class TakeRights(msgspec.Struct, frozen=True):
    """One take that is handed over, and on which tracks."""

    name: str
    engine: str
    model: str
    licence: str
    commercial_use: bool
    seed: int
    prompt: str
    created: str
    tracks: tuple[str, ...]


class RightsSheet(msgspec.Struct, frozen=True):
    """The rights of a song.

    Attributes:
        project: its name.
        commercial_use: whether takes and instruments all allow it; says nothing of `recordings`.
        takes: that are handed over.
        sounds: a sentence on the instruments; empty when none plays.
        recordings: names of audio files that no take made: recorded or imported.
        not_judged: a sentence that names these files, without which nobody may read that all may be sold;
            empty when there are none.
    """

    project: str
    commercial_use: bool
    takes: tuple[TakeRights, ...]
    sounds: str
    recordings: tuple[str, ...]
    not_judged: str


class HandedOver(NamedTuple):
    """What of a song leaves, for each thing has its own rights.

    Attributes:
        audio: the sound of clips of audio.
        instruments: the sound of notes as they are played here.
        notes: the notes themselves, those of muted tracks too.
        muted: all that is muted as well: a project file holds it.
    """

    audio: bool = True
    instruments: bool = True
    notes: bool = False
    muted: bool = False


def rights_sheet(
    project: Project, *, folder: Path | None, soundfont: Path | None, handed: HandedOver | None = None
) -> RightsSheet:
    """Collect the rights of all that is handed over of a song.

    Args:
        project: the song.
        folder: the project's.
        soundfont: the General MIDI font that plays it; None also where no instrument is handed over.
        handed: what leaves; None for what is heard.
    """
    handed = handed or HandedOver()
    tracks = [track for track in project.tracks if track.kind != "bus"]
    heard = [track for track in tracks if handed.muted or not track.muted]
    users: dict[str, list[str]] = {}
    for track in tracks:
        sounds = track in heard and (handed.audio if track.kind == "audio" else handed.instruments)
        if not sounds and not (handed.notes and track.kind == "notes"):
            continue
        for clip in track.clips:
            if clip.take_id is not None and (handed.muted or not clip.muted):
                users.setdefault(clip.take_id, []).append(track.name)
    takes = tuple(_rights_of(take, users[take.id]) for take in project.takes if take.id in users)
    playing = heard if handed.instruments else []
    instruments, _ = sounds_heard(project, playing, folder or Path(), soundfont)
    recordings = tuple(dict.fromkeys(_recordings(project, heard, muted=handed.muted))) if handed.audio else ()
    return RightsSheet(
        project=project.name,
        commercial_use=_may_be_sold(takes, instruments),
        takes=takes,
        sounds=instruments.sentence,
        recordings=recordings,
        not_judged=_not_judged(recordings),
    )


def refuse_unsafe(sheet: RightsSheet) -> None:
    """See that all of it may be used commercially, as far as anyone here can tell.

    Raises:
        UserInputError: naming what may not.
    """
    if sheet.commercial_use:
        return
    for take in sheet.takes:
        if not take.commercial_use:
            name = take.name or take.engine
            raise UserInputError(
                f"“{name}” on {', '.join(take.tracks)} may not be used commercially"
                f" ({take.licence or 'its licence is not stated'}); take it out of the song,"
                " or allow what is not commercial-safe."
            )
    raise UserInputError(
        f"{sheet.sounds} So nobody here knows whether it may be sold; choose another SoundFont,"
        " or allow what is not commercial-safe."
    )


def write_sheet(sheet: RightsSheet, folder: Path) -> tuple[str, str]:
    """Write the sheet for people and for programs; the names of the two files.

    Raises:
        CannotWriteError: when a file cannot be written.
    """
    write_file(folder / SHEET, sheet_text(sheet).encode())
    write_file(folder / SHEET_JSON, msgspec.json.format(msgspec.json.encode(sheet), indent=2) + b"\n")
    return SHEET, SHEET_JSON


def sheet_text(sheet: RightsSheet) -> str:
    """The sheet as Markdown."""
    verdict = "may be used commercially" if sheet.commercial_use else "may NOT be used commercially"
    said = f"What was made here {verdict}. {_line(sheet.not_judged)}".rstrip()
    lines = [f"# Rights: {_line(sheet.project)}", "", said, ""]
    for take in sheet.takes:
        engine = f"{take.engine} ({take.model})" if take.model else take.engine
        lines += [
            f"## {_line(take.name) or engine}",
            "",
            f"- Tracks: {_line(', '.join(take.tracks))}",
            f"- Engine: {_line(engine)}",
            f"- Licence: {_line(take.licence) or 'not stated'}",
            f"- Commercial use: {'yes' if take.commercial_use else 'no'}",
            f"- Seed: {take.seed}",
            f"- Prompt: {_line(take.prompt)}",
            f"- Made: {_line(take.created)}",
            "",
        ]
    if sheet.sounds:
        lines += ["## Instruments", "", sheet.sounds, ""]
    if sheet.recordings:
        lines += ["## Audio files that no take made", ""]
        lines += [*(f"- {_line(name)}" for name in sheet.recordings), ""]
    return "\n".join(lines)


def _rights_of(take: Take, tracks: list[str]) -> TakeRights:
    return TakeRights(
        name=take.name,
        engine=take.engine,
        model=take.model,
        licence=take.licence,
        commercial_use=take.commercial_use,
        seed=take.seed,
        prompt=take.prompt,
        created=take.created,
        tracks=tuple(dict.fromkeys(tracks)),
    )


def _may_be_sold(takes: Iterable[TakeRights], sounds: SoundRights) -> bool:
    return sounds.commercial_use and all(take.commercial_use for take in takes)


def _not_judged(recordings: Iterable[str]) -> str:
    names = ", ".join(recordings)
    return f"The rights to audio files that no take made are yours to know: {names}." if names else ""


def _recordings(project: Project, tracks: Iterable[Track], *, muted: bool) -> Iterator[str]:
    names = {source.id: source.name for source in project.sources}
    for track in tracks:
        for clip in track.clips:
            if isinstance(clip, AudioClip) and clip.take_id is None and (muted or not clip.muted):
                yield names[clip.source_id]


def _line(text: str) -> str:
    """Text on one line, with nothing that Markdown would take for its own."""
    return " ".join("".join(f"\\{letter}" if letter in "\\`*_#<>[]|" else letter for letter in text).split())
