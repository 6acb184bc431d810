"""Figures, places and pitches as the plots write them."""

import math

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.document import Project
from musicgen_desktop.music import pitch_name
from musicgen_desktop.ui.widgets import decibels, plain, signed

from ._analysis import Figures
from ._target import Target


def spectrum_words(figures: Figures) -> tuple[str, ...]:
    """Levels of the samples."""
    say = QCoreApplication.translate
    return (
        say("Plots", "Peak {level}").format(level=decibels(figures.peak_dbfs, "dBFS")),
        say("Plots", "RMS {level}").format(level=decibels(figures.rms_dbfs, "dBFS")),
        say("Plots", "Crest {level}").format(level=f"{plain(figures.crest_db)} dB"),
    )


def loudness_words(figures: Figures) -> tuple[str, ...]:
    """Levels as an ear hears them."""
    say = QCoreApplication.translate
    spread = figures.range_lu
    return (
        say("Plots", "Integrated {level}").format(level=decibels(figures.integrated_lufs, "LUFS")),
        say("Plots", "Range {range}").format(
            range=f"{plain(spread)} LU" if math.isfinite(spread) and spread > 0.0 else "–"
        ),
        say("Plots", "True peak {level}").format(level=decibels(figures.true_peak_dbtp, "dBTP")),
        say("Plots", "Crest {level}").format(level=f"{plain(figures.crest_db)} dB"),
    )


def stereo_words(figures: Figures) -> tuple[str, ...]:
    """How the sides belong together, and what that means in mono."""
    say, alike = QCoreApplication.translate, figures.correlation
    if alike < -0.05:
        meaning = say("Plots", "loses level in mono")
    elif alike > 0.95:
        meaning = say("Plots", "almost mono")
    elif alike > 0.3:
        meaning = say("Plots", "safe in mono")
    else:
        meaning = say("Plots", "very wide")
    return (say("Plots", "Correlation {value}: {meaning}").format(value=signed(alike, 2), meaning=meaning),)


def target_words(target: Target, project: Project) -> str:
    """What is looked at: “Bass, bars 5–8”."""
    say, meters = QCoreApplication.translate, project.meter_map
    first = meters.bar_of(target.start_ticks)
    last = max(first, meters.bar_of(max(0, target.end_ticks - 1)))
    bars = (
        say("Plots", "bar {first}").format(first=first)
        if first == last
        else say("Plots", "bars {first}–{last}").format(first=first, last=last)
    )
    names = [track.name for track in project.tracks if track.id in (target.track_ids or ())]
    if target.clip_ids:
        clips = [clip.name for track in project.tracks for clip in track.clips if clip.id in target.clip_ids]
        names = (
            clips if len(clips) == 1 else [say("Plots", "Clips of {names}").format(names=", ".join(names))]
        )
    if len(names) > 3:
        names = [*names[:3], "…"]
    return f"{', '.join(names) or say('Plots', 'Mix')}, {bars}"


def hertz_words(hertz: float) -> str:
    """A frequency and the note that is nearest: “440 Hz, A4 +0 ct”."""
    written = f"{plain(hertz, 0)} Hz" if hertz < 1000.0 else f"{plain(hertz / 1000.0, 2)} kHz"
    place = 69.0 + 12.0 * math.log2(max(hertz, 1.0) / 440.0)
    pitch = round(place)
    if not 0 <= pitch <= 127:
        return written
    cents = round((place - pitch) * 100.0)
    return f"{written}   {pitch_name(pitch)} {signed(cents, 0)} ct"
