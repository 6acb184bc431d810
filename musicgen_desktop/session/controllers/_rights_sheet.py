"""Who made what is handed over, under which licence, and whether it may be sold."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioClip, Project, Take, Track

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


def rights_sheet(
    project: Project, *, folder: Path | None, soundfont: Path | None, with_midi: bool = False
) -> RightsSheet:
    """Collect the rights of all that is handed over of a song.

    Args:
        project: the song. Muted tracks and clips do not count.
        folder: the project's.
        soundfont: the General MIDI font that plays it.
        with_midi: its notes are handed over too, and with them those of muted tracks.
    """
    heard = [track for track in project.tracks if not track.muted and track.kind != "bus"]
    users: dict[str, list[str]] = {}
    for track in project.tracks:
        if track not in heard and not (with_midi and track.kind == "notes"):
            continue
        for clip in track.clips:
            if not clip.muted and clip.take_id is not None:
                users.setdefault(clip.take_id, []).append(track.name)
    takes = tuple(_rights_of(take, users[take.id]) for take in project.takes if take.id in users)
    sounds, _ = sounds_heard(project, heard, folder or Path(), soundfont)
    recordings = tuple(dict.fromkeys(_recordings(project, heard)))
    return RightsSheet(
        project=project.name,
        commercial_use=_may_be_sold(takes, sounds),
        takes=takes,
        sounds=sounds.sentence,
        recordings=recordings,
        not_judged=_not_judged(recordings),
    )


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


def _recordings(project: Project, tracks: Iterable[Track]) -> Iterator[str]:
    names = {source.id: source.name for source in project.sources}
    for track in tracks:
        for clip in track.clips:
            if isinstance(clip, AudioClip) and not clip.muted and clip.take_id is None:
                yield names[clip.source_id]


def _line(text: str) -> str:
    """Text on one line, with nothing that Markdown would take for its own."""
    return " ".join("".join(f"\\{letter}" if letter in "\\`*_#<>[]|" else letter for letter in text).split())
