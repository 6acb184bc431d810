"""The conductor track: tempo, meter, key, sections and chords on one line."""

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import mido

from musicgen_desktop.document import Project, Track, told_rights
from musicgen_desktop.music import Key
from musicgen_desktop.timing import PPQ, TempoMap, TempoPoint

from ._form import MidiForm
from ._timeline import Timed, midi_text

RAMP_STEP_TICKS = PPQ // 16
"""MIDI files know no tempo ramps: a ramp is written as steps at most this far apart."""

_STEEP = 2.0

_MAX_TEMPO_US = 0xFFFFFF  # three bytes of microseconds per quarter note


def conductor_events(
    project: Project, tracks: Iterable[Track], form: MidiForm, *, end_tick: int
) -> list[Timed]:
    """What track 0 holds besides its name, in the file's ticks.

    Args:
        project: the song.
        tracks: whose notes are in the file: their rights are told.
        form: of the file.
        end_tick: of ours, where the file ends: no ramp is written beyond.
    """
    events: list[Timed] = []
    rights = told_rights(project, tracks)
    if rights:
        events.append(Timed(0, -1, _text("copyright", rights)))
    events += _tempos(project.tempo_map, form, end_tick)
    events += _meters(project, form)
    texts = [
        *((change.tick, 2, _key(change.key)) for change in project.keys),
        *((section.start_ticks, 3, _text("marker", section.name)) for section in project.sections),
        *((marker.tick, 3, _text("marker", marker.name)) for marker in project.markers),
        *((change.tick, 4, _text("text", change.symbol)) for change in project.chords),
    ]
    return [*events, *(Timed(form.tick(tick), order, message) for tick, order, message in texts)]


def _tempos(tempo_map: TempoMap, form: MidiForm, end_tick: int) -> Iterator[Timed]:
    """A tempo for each piece of the song, such that every piece lasts as long as it does here."""
    # A change between two ticks of the file is told by a tick that has something of both tempos.
    starts = sorted(
        {
            each
            for tick in _tempo_ticks(tempo_map, end_tick)
            for each in (form.tick_before(tick), form.tick(tick))
        }
    )
    for start, stop in pairwise(starts):
        first, after = form.ours(start), form.ours(stop)
        # So bars stay where the stems have them, in ramps and where a change lies between two ticks.
        yield _tempo_at(start, 60.0 / PPQ * (after - first) / tempo_map.seconds_between(first, after))
    last = form.ours(starts[-1])
    yield _tempo_at(starts[-1], tempo_map.bpm_at(max(last, tempo_map.points[-1].tick)))


def _tempo_ticks(tempo_map: TempoMap, end_tick: int) -> Iterator[int]:
    for point, after in pairwise(tempo_map.points):
        yield point.tick
        if point.ramp:
            yield from range(point.tick, min(after.tick, end_tick), _step_ticks(point, after))
    yield tempo_map.points[-1].tick


def _step_ticks(point: TempoPoint, after: TempoPoint) -> int:
    """The longest step within which nothing comes a quarter of a tick too early or late.

    A step's middle is off by an eighth of what its last tick's length differs from its first one's, a tick.
    """
    steepness = abs(after.bpm - point.bpm) / (after.tick - point.tick) / min(point.bpm, after.bpm)
    if steepness * RAMP_STEP_TICKS**2 <= _STEEP:
        return RAMP_STEP_TICKS
    return max(1, math.isqrt(int(_STEEP / steepness)))


def _tempo_at(tick: int, bpm: float) -> Timed:
    microseconds = min(_MAX_TEMPO_US, round(60_000_000 / bpm))
    return Timed(tick, 0, mido.MetaMessage("set_tempo", tempo=microseconds))


def _meters(project: Project, form: MidiForm) -> Iterator[Timed]:
    for change in project.meter_map.changes:
        meter = change.meter
        # 24 MIDI clocks are a quarter note; a felt beat of 6/8 clicks 36.
        clocks = min(255, max(1, meter.pulse_ticks * 24 // PPQ))
        yield Timed(
            form.tick(project.meter_map.tick_of_bar(change.bar)),
            1,
            mido.MetaMessage(
                "time_signature",
                numerator=meter.numerator,
                denominator=meter.denominator,
                clocks_per_click=clocks,
                notated_32nd_notes_per_beat=8,
            ),
        )


def _key(key: str) -> mido.MetaMessage:
    return mido.MetaMessage("key_signature", key=key_signature(Key.parse(key)))


def _text(kind: str, text: str) -> mido.MetaMessage:
    return mido.MetaMessage(kind, text=midi_text(text))


_MAJOR_SIGNATURES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_SIGNATURES = ("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")


def key_signature(key: Key) -> str:
    """The nearest signature a MIDI file can hold; modes are written as the major or minor they lean to."""
    names = _MINOR_SIGNATURES if key.is_minor else _MAJOR_SIGNATURES
    return names[key.tonic]
