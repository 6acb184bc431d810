"""The conductor track: tempo, meter, key, sections and chords on one line."""

from collections.abc import Iterator

import mido

from musicgen_desktop.document import Project
from musicgen_desktop.music import Key
from musicgen_desktop.timing import PPQ, TempoMap

from ._timeline import Timed, midi_text, track_of

RAMP_STEP_TICKS = PPQ // 16
"""MIDI files know no tempo ramps: a ramp is written as steps this far apart."""

_MAX_TEMPO_US = 0xFFFFFF  # three bytes of microseconds per quarter note


def conductor_track(project: Project, *, end_tick: int) -> mido.MidiTrack:
    """Track 0 of the file; its end-of-track stands at `end_tick`."""
    events: list[Timed] = []
    if project.takes:
        rights = midi_text(project.takes[-1].licence)
        events.append(Timed(0, -1, mido.MetaMessage("copyright", text=rights)))
    events += _tempos(project.tempo_map, end_tick)
    events += _meters(project)
    events += _keys(project)
    events += [
        Timed(section.start_ticks, 3, mido.MetaMessage("marker", text=midi_text(section.name)))
        for section in project.sections
    ]
    events += [
        Timed(marker.tick, 3, mido.MetaMessage("marker", text=midi_text(marker.name)))
        for marker in project.markers
    ]
    events += [
        Timed(change.tick, 4, mido.MetaMessage("text", text=midi_text(change.symbol)))
        for change in project.chords
    ]
    return track_of(project.name, events, end_tick=end_tick)


def _tempos(tempo_map: TempoMap, end_tick: int) -> Iterator[Timed]:
    points = tempo_map.points
    for index, point in enumerate(points):
        if not point.ramp or index + 1 == len(points):
            yield _tempo_at(point.tick, point.bpm)
            continue
        stop = points[index + 1].tick
        for tick in range(point.tick, max(point.tick + 1, min(stop, end_tick)), RAMP_STEP_TICKS):
            # A step lasts as long as its piece of the ramp, so that bars stay where the stems have them.
            after = min(tick + RAMP_STEP_TICKS, stop)
            yield _tempo_at(tick, 60.0 / PPQ * (after - tick) / tempo_map.seconds_between(tick, after))


def _tempo_at(tick: int, bpm: float) -> Timed:
    microseconds = min(_MAX_TEMPO_US, round(60_000_000 / bpm))
    return Timed(tick, 0, mido.MetaMessage("set_tempo", tempo=microseconds))


def _meters(project: Project) -> Iterator[Timed]:
    for change in project.meter_map.changes:
        meter = change.meter
        # 24 MIDI clocks are a quarter note; a felt beat of 6/8 clicks 36.
        clocks = min(255, max(1, meter.pulse_ticks * 24 // PPQ))
        yield Timed(
            project.meter_map.tick_of_bar(change.bar),
            1,
            mido.MetaMessage(
                "time_signature",
                numerator=meter.numerator,
                denominator=meter.denominator,
                clocks_per_click=clocks,
                notated_32nd_notes_per_beat=8,
            ),
        )


def _keys(project: Project) -> Iterator[Timed]:
    for change in project.keys:
        yield Timed(
            change.tick, 2, mido.MetaMessage("key_signature", key=key_signature(Key.parse(change.key)))
        )


_MAJOR_SIGNATURES = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_MINOR_SIGNATURES = ("Cm", "C#m", "Dm", "Ebm", "Em", "Fm", "F#m", "Gm", "G#m", "Am", "Bbm", "Bm")


def key_signature(key: Key) -> str:
    """The nearest signature a MIDI file can hold; modes are written as the major or minor they lean to."""
    names = _MINOR_SIGNATURES if key.is_minor else _MAJOR_SIGNATURES
    return names[key.tonic]
