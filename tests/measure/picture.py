"""Draws a composed song for the README: chords, stems as waveforms and notes on one bar grid.

python tests/measure/picture.py SONG_FOLDER OUT.png
"""

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
import matplotlib.pyplot as plt

from musicgen_desktop.document import NotesClip
from musicgen_desktop.media import read_audio
from musicgen_desktop.storage import open_project

GROUND, RAISED, LINE, STRONG = "#16181d", "#1f2229", "#2b2f38", "#3b414d"
TEXT, SOFT = "#e8eaf0", "#a9afbd"


def draw(folder, out):
    project = open_project(next(folder.glob("*.mgproj"))).project
    tracks = [track for track in project.tracks if track.kind == "notes"]
    bars = project.meter_map.bar_of(project.length_ticks - 1)
    lines = [project.meter_map.tick_of_bar(bar) for bar in range(1, bars + 2)]
    figure, axes = plt.subplots(
        len(tracks) + 1,
        1,
        figsize=(14, 1.15 * len(tracks) + 1.0),
        sharex=True,
        gridspec_kw={"height_ratios": [0.55] + [1] * len(tracks), "hspace": 0.06},
    )
    figure.patch.set_facecolor(GROUND)
    take = project.takes[-1]
    figure.suptitle(
        f"{project.name}   ·   {project.tempo_map.points[0].bpm:g} BPM   ·   {project.keys[0].key}"
        f"   ·   seed {take.seed}   ·   “{take.prompt}”",
        color=TEXT,
        fontsize=11,
        x=0.125,
        y=0.915,
        ha="left",
    )
    head = axes[0]
    for chord in project.chords:
        head.text(chord.tick + 80, 0.5, chord.symbol, color=TEXT, fontsize=8, va="center")
        head.axvline(chord.tick, color=STRONG, lw=0.6)
    head.set_yticks([])
    for axis, track in zip(axes[1:], tracks, strict=True):
        audio, rate = read_audio(next((folder / "stems").glob(f"*_{track.name.lower()}_*.wav")))
        columns = 1600
        mono = np.abs(audio).max(axis=1)
        peaks = np.array([part.max() for part in np.array_split(mono, columns)])
        peaks *= 0.95 / max(1e-9, peaks.max())  # the shape matters here, levels stand in the report
        ticks = project.tempo_map.tick_at(len(mono) / rate) * np.linspace(0, 1, columns)
        axis.fill_between(ticks, -peaks, peaks, color=track.color, alpha=0.28, lw=0)
        notes = [
            note for clip in track.clips if isinstance(clip, NotesClip) for note in clip.sounding_notes()
        ]
        low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
        reach = max(1, high - low)
        for note in notes:
            y = ((note.pitch - low) / reach * 2 - 1) * 0.82
            axis.plot(
                [note.start_ticks, note.start_ticks + max(90, note.length_ticks)],
                [y, y],
                color=track.color,
                lw=2.2,
                alpha=0.35 + 0.65 * note.velocity / 127,
                solid_capstyle="butt",
            )
        axis.set_ylim(-1.05, 1.05)
        axis.set_yticks([])
        axis.set_ylabel(track.name, color=TEXT, rotation=0, ha="right", va="center", fontsize=9)
    for axis in axes:
        axis.set_facecolor(RAISED)
        axis.set_xlim(0, lines[-1])
        for number, line in enumerate(lines):
            axis.axvline(line, color=STRONG if number % 4 == 0 else LINE, lw=0.8, zorder=0)
        for spine in axis.spines.values():
            spine.set_color(LINE)
    axes[-1].set_xticks(lines[:-1], [str(bar) for bar in range(1, bars + 1)], color=SOFT, fontsize=8)
    axes[-1].tick_params(length=0)
    figure.savefig(out, dpi=110, facecolor=GROUND, bbox_inches="tight")


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
