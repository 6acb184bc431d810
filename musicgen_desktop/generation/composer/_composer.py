"""The engine: a request becomes notes; some bars of a stem become other notes."""

import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import Report, StopFlag, no_report
from musicgen_desktop.generation.licence import COMPOSER_LICENCE
from musicgen_desktop.generation.request import (
    STEMS,
    Remake,
    Request,
    check_remake,
    request_from_values,
    request_values,
)
from musicgen_desktop.generation.result import NotesTake, Provenance, Stem
from musicgen_desktop.music import Control, Note, note_order

from ._make_plan import make_plan
from ._plan import Plan
from ._style_files import Styles
from ._telling import Told
from .parts import ORDER, PartNotes, write_part

_FORMAT = "2"  # counts up when the same request and seed give other notes than before
_TRIES = 16


class Composer:
    """Writes music by rule, style and chance; needs no weights. Implements `generation.Engine`."""

    name = "composer"

    def __init__(self, styles_folders: Sequence[Path] | None = None) -> None:
        """Nothing is read yet.

        Args:
            styles_folders: where style files lie, later ones replace earlier ones of the same id;
                None means ours and the user's.
        """
        self._folders = styles_folders
        self._styles: Styles | None = None

    @property
    def styles(self) -> Styles:
        """All styles there are, read on first use."""
        if self._styles is None:
            self._styles = Styles(self._folders)
        return self._styles

    def generate(
        self, request: Request, report: Report = no_report, stop: StopFlag | None = None
    ) -> NotesTake:
        """A new song. Same request and seed, same notes, on every platform.

        Raises:
            UserInputError: when the request cannot be met.
            Stopped: when `stop` was set.
        """
        _raise_if_set(stop)
        report(0.0, "Reading the prompt")
        plan, told = make_plan(request, self.styles)
        parts: dict[str, PartNotes] = {}
        roles = [role for role in ORDER if plan.stem_of(role)]
        for i, role in enumerate(roles):
            _raise_if_set(stop)
            report(0.1 + 0.9 * i / len(roles), f"Writing {role}")
            parts[role] = write_part(plan, role, parts, plan.seed)
        report(1.0, "Composed")
        return _take_of(plan, told, request, parts)

    def remake(
        self, take: NotesTake, remake: Remake, report: Report = no_report, stop: StopFlag | None = None
    ) -> NotesTake:
        """The same song with some stems new between two bars; every other note stays bit-identical.

        A note belongs to the bar in which it starts. New notes end with the last bar of the range, so that
        they never touch what is kept.

        Raises:
            UserInputError: when the stems or bars are not in the song, or the take says not how it was made.
            Stopped: when `stop` was set.
        """
        check_remake(remake, tuple(stem.role for stem in take.stems), take.bars)
        plan = self._plan_again(take)
        stems = {stem.role: stem for stem in take.stems}
        others = {role: PartNotes(stem.notes, stem.controls) for role, stem in stems.items()}
        wanted = [role for role in ORDER if role in remake.stems]
        for i, role in enumerate(wanted):
            _raise_if_set(stop)
            report(i / len(wanted), f"Writing {role} again")
            stems[role] = _remade(plan, stems[role], others, remake)
            others[role] = PartNotes(stems[role].notes, stems[role].controls)
        report(1.0, "Composed")
        return msgspec.structs.replace(take, stems=tuple(stems[stem.role] for stem in take.stems))

    def _plan_again(self, take: NotesTake) -> Plan:
        """The plan of a take, in its own style, key, length and chords."""
        request = msgspec.structs.replace(
            request_from_values(take.provenance.request),
            style=take.style,
            bars=take.bars,
            seconds=None,
            key=take.key,
            meter=take.meter_map.changes[0].meter,
            stems=tuple(stem.role for stem in take.stems),
        )
        plan, _ = make_plan(request, self.styles)
        return msgspec.structs.replace(plan, chords=take.chords, tempo_map=take.tempo_map)


def _raise_if_set(stop: StopFlag | None) -> None:
    if stop is not None:
        stop.raise_if_set()


def _take_of(plan: Plan, told: Told, request: Request, parts: dict[str, PartNotes]) -> NotesTake:
    stems = tuple(
        Stem(
            name=planned.role.capitalize(),
            role=planned.role,
            patch=planned.patch,
            notes=parts[planned.role].notes,
            controls=parts[planned.role].controls,
            mix=planned.mix,
        )
        for planned in sorted(plan.stems, key=lambda planned: STEMS.index(planned.role))
    )
    return NotesTake(
        title=plan.title,
        tempo_map=plan.tempo_map,
        meter_map=plan.meter_map,
        key=plan.key,
        bars=plan.bars,
        style=plan.style.id,
        chords=plan.chords,
        sections=plan.placed_sections(),
        stems=stems,
        returns=plan.returns,
        master=plan.master,
        provenance=Provenance(
            engine="composer",
            model="composer",
            licence=COMPOSER_LICENCE,
            commercial_use=True,
            seed=request.seed,
            prompt=request.prompt,
            request=request_values(request),
            versions=_versions(),
        ),
        understood=told.understood,
        not_understood=told.not_understood,
    )


def _remade(plan: Plan, stem: Stem, others: dict[str, PartNotes], remake: Remake) -> Stem:
    """The stem with other notes between the bars; several seeds are tried until something differs."""
    start, end = plan.tick_of_bar(remake.first_bar), plan.tick_of_bar(remake.last_bar + 1)
    is_open = remake.last_bar == plan.bars
    new = stem
    for attempt in range(_TRIES):
        seed = remake.seed if attempt == 0 else _other_seed(remake.seed, attempt)
        part = write_part(plan, stem.role, others, seed)
        new = msgspec.structs.replace(
            stem,
            notes=_spliced_notes(stem.notes, part.notes, start, end, is_open=is_open),
            controls=_spliced_controls(stem.controls, part.controls, start, end),
        )
        if new.notes != stem.notes:
            return new
    return new


def _other_seed(seed: int, attempt: int) -> int:
    return seed + attempt * 1_000_003


def _spliced_notes(
    old: Sequence[Note], new: Sequence[Note], start: int, end: int, *, is_open: bool
) -> tuple[Note, ...]:
    kept = [note for note in old if not start <= note.start_ticks < end]
    fresh: list[Note] = []
    for note in new:
        if start <= note.start_ticks < end:
            most = note.length_ticks if is_open else end - note.start_ticks
            fresh.append(msgspec.structs.replace(note, length_ticks=min(note.length_ticks, most)))
    return tuple(sorted(kept + fresh, key=note_order))


def _spliced_controls(
    old: Sequence[Control], new: Sequence[Control], start: int, end: int
) -> tuple[Control, ...]:
    kept = [control for control in old if not start <= control.tick < end]
    fresh = [control for control in new if start <= control.tick < end]
    return tuple(sorted(kept + fresh, key=lambda control: (control.tick, control.kind, control.number)))


def _versions() -> dict[str, str]:
    try:
        own = metadata.version("musicgen-desktop")
    except metadata.PackageNotFoundError:
        own = "source"
    python = ".".join(map(str, sys.version_info[:3]))
    return {"musicgen-desktop": own, "composer": _FORMAT, "python": python}
