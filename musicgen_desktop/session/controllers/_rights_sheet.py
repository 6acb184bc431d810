"""Who made what is handed over, under which licence, and whether it may be sold."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Origin, Project, Take, Track, origins_of
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import write_file

from ._bounced_take import sounds_heard
from ._rights import SoundRights

SHEET, SHEET_JSON = "RIGHTS.md", "rights.json"
_SHORT = 100


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


class ImportedRights(msgspec.Struct, frozen=True):
    """A file of others of which something is handed over, what it says of its rights, and on which tracks."""

    file: str
    rights: str
    tracks: tuple[str, ...]


class RightsSheet(msgspec.Struct, frozen=True):
    """The rights of a song.

    Attributes:
        project: its name.
        commercial_use: False when a take or an instrument forbids it; None when nobody here knows, for
            something is `imported`.
        takes: that are handed over.
        sounds: a sentence on the instruments; empty when none plays.
        imported: files of others that notes or sound came from. What was drawn or recorded is the user's own.
        not_judged: a sentence that names these files, without which nobody may read that all may be sold;
            empty when there are none.
    """

    project: str
    commercial_use: bool | None
    takes: tuple[TakeRights, ...]
    sounds: str
    imported: tuple[ImportedRights, ...]
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
    project: Project,
    *,
    folder: Path | None,
    soundfont: Path | None,
    handed: HandedOver | None = None,
    only: Iterable[Track] | None = None,
) -> RightsSheet:
    """Collect the rights of all that is handed over of a song.

    Args:
        project: the song.
        folder: the project's.
        soundfont: the General MIDI font that plays it; None also where no instrument is handed over.
        handed: what leaves; None for what is heard.
        only: tracks of which it leaves; None for all.
    """
    handed = handed or HandedOver()
    tracks = [track for track in (project.tracks if only is None else only) if track.kind != "bus"]
    heard = [track for track in tracks if handed.muted or not track.muted]
    users: dict[str, list[str]] = {}
    importers: dict[Origin, list[str]] = {}
    for track in tracks:
        sounds = track in heard and (handed.audio if track.kind == "audio" else handed.instruments)
        if not sounds and not (handed.notes and track.kind == "notes"):
            continue
        clips = [clip for clip in track.clips if handed.muted or not clip.muted]
        for clip in clips:
            if clip.take_id is not None:
                users.setdefault(clip.take_id, []).append(track.name)
        for origin in origins_of(project, clips):
            importers.setdefault(origin, []).append(track.name)
    takes = tuple(_rights_of(take, users[take.id]) for take in project.takes if take.id in users)
    playing = heard if handed.instruments else []
    instruments, _ = sounds_heard(project, playing, folder or Path(), soundfont)
    imported = tuple(
        ImportedRights(origin.file, origin.rights, tuple(dict.fromkeys(names)))
        for origin, names in importers.items()
    )
    return RightsSheet(
        project=project.name,
        commercial_use=_may_be_sold(takes, instruments, imported),
        takes=takes,
        sounds=instruments.sentence,
        imported=imported,
        not_judged=_not_judged(imported),
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
    for each in sheet.imported:
        raise UserInputError(
            f"“{each.file}” on {', '.join(each.tracks)} is a file of others{_short_words_of(each)}:"
            " nobody here knows whether it may be used commercially; take it out of the song,"
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
    lines = [f"# Rights: {_line(sheet.project)}", "", _line(_verdict(sheet)), ""]
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
    if sheet.imported:
        lines += ["## Files of others", ""]
        lines += [
            f"- {_line(each.file)} on {_line(', '.join(each.tracks))}: {_line(_words_of(each))}"
            for each in sheet.imported
        ]
        lines.append("")
    return "\n".join(lines)


def _verdict(sheet: RightsSheet) -> str:
    match sheet.commercial_use:
        case True:
            return "What was made here may be used commercially."
        case False:
            return f"What was made here may NOT be used commercially. {sheet.not_judged}"
        case None:
            made_here = bool(sheet.takes or sheet.sounds)
            return f"{sheet.not_judged}{' All else may be used commercially.' if made_here else ''}"


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


def _may_be_sold(
    takes: Iterable[TakeRights], sounds: SoundRights, imported: tuple[ImportedRights, ...]
) -> bool | None:
    if not (sounds.commercial_use and all(take.commercial_use for take in takes)):
        return False
    return None if imported else True


def _not_judged(imported: tuple[ImportedRights, ...]) -> str:
    if not imported:
        return ""
    names = ", ".join(f"“{each.file}” ({_words_of(each)})" for each in imported)
    return f"Whether files of others may be used commercially is yours to know: {names}."


def _words_of(imported: ImportedRights) -> str:
    return f"it says: “{imported.rights}”" if imported.rights else "it says nothing of its rights"


def _short_words_of(imported: ImportedRights) -> str:
    """For a sentence that has to stay one."""
    words = imported.rights
    short = words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()}…"
    return f", which says of its rights: “{short}”" if words else ""


def _line(text: str) -> str:
    """Text on one line, with nothing that Markdown would take for its own."""
    return " ".join("".join(f"\\{letter}" if letter in "\\`*_#<>[]|" else letter for letter in text).split())
