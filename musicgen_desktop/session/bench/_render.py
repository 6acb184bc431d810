"""Sound: how many times faster than real time, for one part and for a whole song."""

import tempfile
from functools import partial
from pathlib import Path

from musicgen_desktop.foundation import Report, StopFlag, machine_text, no_report
from musicgen_desktop.generation import NotesTake, Request
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.instruments import ScheduledNote, available_soundfont, render_notes
from musicgen_desktop.music import Patch
from musicgen_desktop.session.controllers import ComposeSong

from ._table import Row, Table, median_s

_RATE = 48_000
_SOUNDFONT_LIMIT, _SYNTH_LIMIT = 40.0, 15.0
_SONG_LIMIT_S = 4.0
_PROMPT = "lofi hip hop, 82 bpm, F minor, dusty drums, 16 bars"
_STEMS = ("drums", "bass", "chords", "pad", "melody")

_PARTS = (
    ("chords", Patch(source="general_midi", program=0, name="Piano")),
    ("bass", Patch(source="general_midi", program=33, name="Finger bass")),
    ("pad", Patch(source="general_midi", program=48, name="Strings")),
    ("drums", Patch(source="general_midi", is_drums=True, name="Drum set")),
    ("bass", Patch(source="synth", preset="fat_bass", name="Fat bass")),
    ("chords", Patch(source="synth", preset="tine_piano", name="Electric piano")),
    ("pad", Patch(source="synth", preset="warm_pad", name="Warm pad")),
    ("drums", Patch(source="synth", preset="kit_808", is_drums=True, name="808 kit")),
)


def bench_render(report: Report = no_report, stop: StopFlag | None = None) -> Table:
    """× real time of one part on one core, per kind of instrument, and of a whole song.

    Raises:
        Stopped: when `stop` was set.
    """
    stop = stop or StopFlag()
    take = Composer().generate(Request(prompt=_PROMPT, stems=_STEMS, seed=1), stop=stop)
    rows: list[Row] = []
    length_s = take.tempo_map.seconds_at(take.meter_map.tick_of_bar(take.bars + 1))
    font = available_soundfont(None)
    for number, (role, patch) in enumerate(_PARTS):
        if patch.source == "general_midi" and font is None:
            continue
        report(0.5 * number / len(_PARTS), f"Playing {patch.name}")
        notes = _scheduled(take, role)
        seconds = median_s(
            partial(render_notes, patch, notes, _RATE, round(length_s * _RATE), soundfont=font), stop
        )
        kind, limit = (
            ("SoundFont", _SOUNDFONT_LIMIT)
            if patch.source == "general_midi"
            else ("synthesizer", _SYNTH_LIMIT)
        )
        rows.append(
            Row(
                f"{kind}: {patch.name}, {len(notes)} notes",
                round(length_s / seconds, 1),
                "× real time",
                limit,
            )
        )
    report(0.5, "A whole song")
    seconds = _whole_song_s(stop)
    rows.append(
        Row(
            "whole song, 16 bars, 5 stems, files written",
            round(seconds, 2),
            "s",
            _SONG_LIMIT_S,
            higher_is_better=False,
        )
    )
    rows.append(
        Row("whole song, 16 bars, 5 stems, files written", round(length_s / seconds, 1), "× real time")
    )
    report(1.0, "Done")
    return Table("Rendering (one core a part; the song on all cores)", machine_text(), tuple(rows))


def _scheduled(take: NotesTake, role: str) -> tuple[ScheduledNote, ...]:
    frame_at = take.tempo_map.frame_at
    return tuple(
        ScheduledNote(
            start_frame=frame_at(note.start_ticks, _RATE),
            end_frame=frame_at(note.start_ticks + note.length_ticks, _RATE),
            pitch=note.pitch,
            velocity=note.velocity,
        )
        for note in take.stem(role).notes
    )


def _whole_song_s(stop: StopFlag) -> float:
    def compose() -> None:
        with tempfile.TemporaryDirectory() as folder:
            ComposeSong(Request(prompt=_PROMPT, stems=_STEMS, seed=1), Path(folder)).run(stop=stop)

    return median_s(compose, stop)
