"""A wish becomes a candidate: the generation process's work."""

from pathlib import Path

import msgspec

from musicgen_desktop.document import Project, Take
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, new_id
from musicgen_desktop.generation import NotesTake
from musicgen_desktop.session.controllers._asked import SOUNDFONT, TAIL, chosen_soundfont
from musicgen_desktop.session.controllers._engines import engine_named
from musicgen_desktop.session.controllers._project_of_take import project_of_take, take_record
from musicgen_desktop.session.controllers._rights import with_sound_rights
from musicgen_desktop.session.controllers.compose import wanted_levels

from ._candidate import Candidate
from ._fragments import continued, layered, remade
from ._quick_balance import quickly_balanced
from ._wish import Continue, Layer, New, Wish


class Task(msgspec.Struct, frozen=True):
    """What is asked of the process: a wish for one take, and the open project unless the song is new."""

    wish: Wish
    project: Project | None = None
    rate: int = 48_000


def make_candidate(task: Task, report: Report, stop: StopFlag) -> Candidate:
    """Compose, and set the levels.

    Raises:
        UserInputError: when the wish cannot be met.
        Stopped: when `stop` was set.
    """
    wish = task.wish
    report(0.0, "Composing")
    if isinstance(wish.mode, New):
        soundfont = chosen_soundfont(None)
        request = wish.request()
        take = with_sound_rights(engine_named(request.engine).generate(request, stop=stop), soundfont)
        project = project_of_take(take, rate=task.rate)
        project, lufs = _levelled(project, take, soundfont, report, stop)
        return _candidate(wish, take, project, _measured(project.takes[0], lufs))
    if task.project is None:
        raise UserInputError("No project is open; compose a new song first.")
    soundfont = chosen_soundfont(None, task.project)
    if isinstance(wish.mode, Layer):
        take = with_sound_rights(layered(task.project, wish.mode.role, wish.seed, stop), soundfont)
        project = project_of_take(take, rate=task.project.rate)
        project, lufs = _levelled(project, take, soundfont, report, stop)
        record = _sounding_as(task.project, _measured(project.takes[0], lufs))
        return _candidate(wish, take, _only(project, wish.mode.role, task.project), record)
    fragment = (
        continued(task.project, wish.mode.bar, wish.bars, wish.seed, stop)
        if isinstance(wish.mode, Continue)
        else remade(task.project, wish.mode, wish.seed, stop)
    )
    take = with_sound_rights(fragment.take, soundfont)
    record = msgspec.structs.replace(
        take_record(take.provenance, fragment.name),
        id=fragment.take_id,
        seed=wish.seed,
        request={**take.provenance.request, **fragment.asked},
    )
    report(1.0, "Composed")
    record = _sounding_as(task.project, record)
    return _candidate(wish, take, fragment.project, record, start_ticks=fragment.start_ticks)


def _levelled(
    project: Project, take: NotesTake, soundfont: Path | None, report: Report, stop: StopFlag
) -> tuple[Project, float]:
    report(0.1, "Setting levels")
    levelled = quickly_balanced(project, wanted_levels(project, take), soundfont=soundfont, stop=stop)
    report(1.0, "Composed")
    return levelled


def _measured(record: Take, lufs: float) -> Take:
    return msgspec.structs.replace(record, measured={"lufs": round(max(lufs, -144.0), 1)})


def _sounding_as(project: Project, record: Take) -> Take:
    """The take that remembers how its song was asked to sound: the project heeds its last one."""
    asked = next((take.request for take in reversed(project.takes) if take.request), {})
    kept = {name: asked[name] for name in (TAIL, SOUNDFONT) if name in asked}
    return msgspec.structs.replace(record, request={**record.request, **kept})


def _only(project: Project, role: str, song: Project) -> Project:
    """One stem and the buses it sends to, in the song's own tempo, meter, chords and form."""
    stem = next(track for track in project.tracks if track.role == role)
    buses = {send.target for send in stem.sends}
    return msgspec.structs.replace(
        song,
        id=new_id("project"),
        tracks=(stem, *(track for track in project.tracks if track.id in buses)),
        sources=(),
        markers=(),
    )


def _candidate(
    wish: Wish, take: NotesTake, project: Project, record: Take, *, start_ticks: int = 0
) -> Candidate:
    return Candidate(
        id=record.id,
        take=record,
        wish=wish,
        project=msgspec.structs.replace(project, takes=()),
        start_ticks=start_ticks,
        length_ticks=project.length_ticks,
        understood=take.understood,
        not_understood=take.not_understood,
    )
