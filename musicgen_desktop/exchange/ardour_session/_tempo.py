"""Tempo and meter: Ardour's ramps are straight in quarter notes, as ours are."""

import xml.etree.ElementTree as ET
from itertools import pairwise

from musicgen_desktop.document import Project
from musicgen_desktop.timing import PPQ, MeterMap, Tick

from ._xml import SUPERCLOCK, TICKS, Value, add, beats


def write_tempo(root: ET.Element, project: Project) -> None:
    """Add the song's tempo map."""
    tempo, meters = project.tempo_map, project.meter_map
    into = add(root, "TempoMap", superclocks_per_second=SUPERCLOCK)
    tempos = add(into, "Tempos")
    for point, after in pairwise([*tempo.points, None]):
        assert point is not None  # noqa: S101 - only the last is
        end, omega = point.bpm, 0.0
        if after is not None and point.ramp and after.bpm != point.bpm:
            end = after.bpm
            # How much the tempo grows, in quarter notes per superclock, with each quarter note.
            omega = (end - point.bpm) / 60.0 / SUPERCLOCK * PPQ / (after.tick - point.tick)
        add(
            tempos,
            "Tempo",
            npm=point.bpm,
            enpm=end,
            note_type=4,
            type="Tempo::Ramped" if omega else "Tempo::Constant",
            active=1,
            locked_to_meter=0,
            continuing=0,
            **_place(project, point.tick),
            omega=omega,
        )
    changes = add(into, "Meters")
    for change in meters.changes:
        add(
            changes,
            "Meter",
            note_value=change.meter.denominator,
            divisions_per_bar=change.meter.numerator,
            **_place(project, meters.tick_of_bar(change.bar)),
        )
    add(into, "MusicTimes")


def _place(project: Project, tick: Tick) -> dict[str, Value]:
    return {
        "sclock": round(project.tempo_map.seconds_at(tick) * SUPERCLOCK),
        "quarters": beats(tick),
        "bbt": _bar_and_beat(project.meter_map, tick),
    }


def _bar_and_beat(meters: MeterMap, tick: Tick) -> str:
    bar = meters.bar_of(tick)
    beat, rest = divmod(tick - meters.tick_of_bar(bar), meters.meter_at(tick).beat_ticks)
    return f"{bar}|{beat + 1}|{rest * TICKS}"
