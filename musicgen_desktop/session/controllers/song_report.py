"""What `report.json` says: how the song was made and what was measured of it."""

import math
from typing import Any

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.listening import GridMeasure
from musicgen_desktop.music import Key

_FIFTHS = (5, 7)  # down and up, in semitones


class StemReport(msgspec.Struct, frozen=True):
    """One stem's files (relative to the song's folder) and levels; silence has no loudness."""

    name: str
    wav: str
    midi: str
    lufs: float | None
    true_peak_dbtp: float | None


class MixReport(msgspec.Struct, frozen=True):
    """The mixed song's file and levels."""

    wav: str
    lufs: float | None
    true_peak_dbtp: float | None


class ChordReport(msgspec.Struct, frozen=True):
    """A chord and the bar and beat at which it begins."""

    position: str
    symbol: str


class SectionReport(msgspec.Struct, frozen=True):
    """A part of the form, bars counted from 1, the last one included."""

    name: str
    first_bar: int
    last_bar: int


class UnderstoodReport(msgspec.Struct, frozen=True):
    """Words of the prompt and what they were taken to mean."""

    words: str
    meaning: str


class RemakeReport(msgspec.Struct, frozen=True):
    """What of the song was made again; both bars included."""

    stems: tuple[str, ...]
    first_bar: int
    last_bar: int
    seed: int


class SongReport(msgspec.Struct, frozen=True):
    """Everything a program may want to know of a composed song; written as `report.json`.

    Attributes:
        licence: of all that is heard in the mix.
        commercial_use: whether it may be sold; None when nobody here knows, for something was imported.
    """

    title: str
    prompt: str
    engine: str
    model: str
    licence: str
    commercial_use: bool | None
    seed: int
    style: str
    tempo_bpm: float
    key: str
    meter: str
    bars: int
    length_s: float
    chords: tuple[ChordReport, ...]
    sections: tuple[SectionReport, ...]
    stems: tuple[StemReport, ...]
    mix: MixReport
    grid: GridMeasure
    understood: tuple[UnderstoodReport, ...]
    not_understood: tuple[str, ...]
    request: dict[str, Any]
    versions: dict[str, str]
    project: str
    files: tuple[str, ...]
    folder: str
    elapsed_s: float
    remake: RemakeReport | None = None


def heard_key(report: SongReport) -> str:
    """What the ear says of the key, in words; empty when it says nothing.

    A mode is heard as the major or minor key of its notes, so one that agrees may have another name.
    """
    grid = report.grid
    if not grid.key:
        return ""
    if not grid.key_agrees:
        return f"key not clear: heard as {grid.key}"
    heard, wanted = Key.parse(grid.key), Key.parse(report.key)
    if heard.tonic == wanted.tonic:
        how = ""
    elif set(heard.pitch_classes) == set(wanted.pitch_classes):
        how = ", which has the same notes"
    elif (heard.tonic - wanted.tonic) % 12 in _FIFTHS:
        how = ", a fifth apart"
    else:
        how = ", a near relative"
    return f"key agrees: heard as {grid.key}{how}"


def finite(level: float) -> float | None:
    """A level in hundredths of a decibel; None for silence, whose level JSON has no number for."""
    return round(level, 2) if math.isfinite(level) else None


def chord_reports(project: Project) -> tuple[ChordReport, ...]:
    """The project's chord track as bars and beats."""
    return tuple(ChordReport(_bar_and_beat(project, change.tick), change.symbol) for change in project.chords)


def section_reports(project: Project) -> tuple[SectionReport, ...]:
    """The project's sections as ranges of bars."""
    bar_of = project.meter_map.bar_of
    return tuple(
        SectionReport(
            section.name,
            bar_of(section.start_ticks),
            bar_of(section.start_ticks + section.length_ticks - 1),
        )
        for section in project.sections
    )


def _bar_and_beat(project: Project, tick: int) -> str:
    position = project.meter_map.position_of(tick)
    return f"{position.bar}.{position.beat}"
