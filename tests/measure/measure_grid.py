# ruff: noqa: T201 - it prints its table
"""Does the finished sound stand where the project says? Sixty songs, measured by librosa and by their stems.

    python tests/measure/measure_grid.py                       all of it, a table on stdout (5 to 10 minutes)
    python tests/measure/measure_grid.py --prompts 6 --bars 8  a taste
    python tests/measure/measure_grid.py --markdown            as README has it

What is measured, on the WAV files as they were written where nothing else is said:

* Tempo: librosa's beat tracker hears the mix without being told a tempo. Half and double count as right, and
  in 6/8 the dotted quarter.
* Onsets: per stem and bar, the first note that begins in the bar's first beat. The stem's level in steps of
  1 ms must rise by at least 15 dB over what was there 60 to 150 ms before, or nothing can be said; the sound
  begins where it first comes within 30 dB of the peak it reaches in 80 ms. That is looked for in the sound
  and in its slope (a bass that rings on does not hide a pick there); the first of both counts. A bar whose
  note has another up to 60 ms before it is left out: two attacks would be confused. Pads are left out: they
  swell, so that no instant is the beginning. This is done twice: on the stems as they were written, and on
  the same stems without their reverb and delay, because the echo of one note hides the soft attack of the
  next.
* Key: librosa's chroma of the chord and melody stems against the Krumhansl profiles.
"""

import argparse
import random
import sys
import tempfile
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.composer import load_styles
from musicgen_desktop.instruments import available_soundfont
from musicgen_desktop.media import read_audio
from musicgen_desktop.music import Key
from musicgen_desktop.playback.offline import render_sources, render_stems
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers import ComposeSong
from musicgen_desktop.storage import open_project

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import librosa

TEMPO_PERCENT, ONSET_MS = 1.0, 10.0
TEMPO_SHARE, KEY_SHARE = 0.90, 0.80
ONSET_SHARE, DRY_ONSET_SHARE = 0.97, 0.99

RISE_DB, BELOW_PEAK_DB = 15.0, 30.0

_RATE, _HOP = 22_050, 128
_MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
_MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
_TONICS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class Onset(NamedTuple):
    """A note at a bar line, and where its sound began."""

    role: str
    patch: str
    bar: int
    error_ms: float


class Measured(NamedTuple):
    """What was found in one song."""

    style: str
    prompt: str
    seed: int
    tempo_bpm: float
    heard_bpm: float
    tempo_error_percent: float
    onsets: tuple[Onset, ...]
    dry_onsets: tuple[Onset, ...]
    bars_with_notes: int
    key: str
    heard_key: str
    key_relation: str

    @property
    def tempo_holds(self) -> bool:
        return abs(self.tempo_error_percent) <= TEMPO_PERCENT

    @property
    def key_holds(self) -> bool:
        return self.key_relation in ("same", "relative", "dominant")


def main() -> int:
    """Compose, measure, print; the exit status tells whether every share was reached."""
    parser = argparse.ArgumentParser(description="Hold composed songs against their grid.")
    parser.add_argument("--prompts", type=int, default=60)
    parser.add_argument("--bars", type=int, default=12)
    parser.add_argument("--style", action="append", help="only this style (may be given again)")
    parser.add_argument(
        "--seed", type=int, default=0, help="of the first song; others give other prompts too"
    )
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--details", action="store_true", help="also one line for everything that missed")
    options = parser.parse_args()
    started = time.perf_counter()
    songs: list[Measured] = []
    for prompt, seed in prompts(options.prompts, options.bars, options.style, options.seed):
        songs.append(measured(prompt, seed))
        if sys.stderr.isatty():
            print(f"\r{len(songs)}/{options.prompts}", end="", file=sys.stderr)
    print(table(songs, markdown=options.markdown))
    print(f"\n{len(songs)} songs of {options.bars} bars in {time.perf_counter() - started:.0f} s.")
    if options.details:
        print("\n".join(misses(songs)))
    return 0 if holds(songs) else 1


def prompts(
    count: int, bars: int, styles: Sequence[str] | None = None, first_seed: int = 0
) -> Iterator[tuple[str, int]]:
    """Prompts through all styles that have drums in every song, each with a tempo and key of its own."""
    known = load_styles()
    chosen = [known[name] for name in styles] if styles else [s for s in known.values() if _drums(s)]
    dice = random.Random(f"prompts from {first_seed}")
    for index in range(count):
        style = chosen[index % len(chosen)]
        tempo = dice.randint(round(style.tempo.low), round(style.tempo.high))
        key = f"{dice.choice(_TONICS)} {dice.choice(('major', 'minor'))}"
        yield f"{style.name}, {tempo} bpm, {key}, {bars} bars", first_seed + index


def _drums(style) -> bool:
    return "drums" in style.stems and style.stems["drums"].chance >= 1.0


def measured(prompt: str, seed: int) -> Measured:
    """One song composed into a temporary folder, written, read again and measured."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        report = ComposeSong(Request(prompt=prompt, seed=seed), folder).run()
        project = open_project(folder / report.project).project
        stems = {
            track.id: folder / stem.wav
            for track, stem in zip(
                (t for t in project.tracks if t.kind == "notes"), report.stems, strict=True
            )
        }
        heard_bpm = heard_tempo(_mono(folder / "mix.wav", _RATE))
        tracks = [track for track in project.tracks if track.id in stems]
        found = [bar_onsets(project, track, *read_audio(stems[track.id])) for track in tracks]
        dry = stems_without_returns(project)
        found_dry = [bar_onsets(project, track, dry[track.id], project.rate) for track in tracks]
        harmony = [t for t in tracks if t.role in ("chords", "melody")] or [
            t for t in tracks if t.role != "drums"
        ]
        heard = heard_key(sum(_mono(stems[t.id], _RATE) for t in harmony))
    meter = project.meter_map.changes[0].meter
    felt = report.tempo_bpm * 960 / meter.pulse_ticks
    wanted = Key.parse(report.key)
    return Measured(
        style=report.style,
        prompt=prompt,
        seed=seed,
        tempo_bpm=report.tempo_bpm,
        heard_bpm=heard_bpm,
        tempo_error_percent=min((_octave_error(heard_bpm, bpm) for bpm in {report.tempo_bpm, felt}), key=abs),
        onsets=tuple(onset for onsets, _ in found for onset in onsets),
        dry_onsets=tuple(onset for onsets, _ in found_dry for onset in onsets),
        bars_with_notes=sum(bars for _, bars in found),
        key=report.key,
        heard_key=str(heard),
        key_relation=relation(heard, wanted),
    )


def stems_without_returns(project: Project) -> dict[str, np.ndarray]:
    """The project's stems with their inserts and faders, and none of their reverb and delay."""
    for track in project.tracks:
        project = project.with_track(msgspec.structs.replace(track, sends=()))
    plan = compile_plan(project, soundfont=available_soundfont(None))
    frames = project.tempo_map.frame_at(project.length_ticks, project.rate)
    return render_stems(plan, sources=render_sources(plan, frames=frames), frames=frames)


def _mono(path: Path, rate: int) -> np.ndarray:
    return read_audio(path, rate=rate)[0].mean(axis=1)


def heard_tempo(mix: np.ndarray) -> float:
    """Beats a minute as librosa's beat tracker hears them, told nothing; set up as its manual does.

    The hop is 128 frames, not 512: the tempo it finds is a whole number of hops a beat, and steps of five
    percent could not show whether one percent holds.
    """
    strength = librosa.onset.onset_strength(y=mix, sr=_RATE, hop_length=_HOP, aggregate=np.median)
    tempo, _ = librosa.beat.beat_track(onset_envelope=strength, sr=_RATE, hop_length=_HOP)
    return float(np.squeeze(tempo))


def _octave_error(heard: float, wanted: float) -> float:
    return min(((heard * factor / wanted - 1.0) * 100.0 for factor in (0.5, 1.0, 2.0)), key=abs)


def bar_onsets(project: Project, track: Track, audio: np.ndarray, rate: int) -> tuple[list[Onset], int]:
    """The measurable first onsets of a stem's bars, and how many bars have a note in their first beat."""
    if track.role == "pad":
        return [], 0
    notes = sorted(
        {n.start_ticks for clip in track.clips if isinstance(clip, NotesClip) for n in clip.sounding_notes()}
    )
    times = np.array([project.tempo_map.seconds_at(tick) for tick in notes])
    levels = _levels_db(audio, rate)
    meters = project.meter_map
    onsets: list[Onset] = []
    bars = meters.bar_of(project.length_ticks - 1)
    with_notes = 0
    for bar in range(1, bars + 1):
        line = project.tempo_map.seconds_at(meters.tick_of_bar(bar))
        beat = project.tempo_map.seconds_at(
            meters.tick_of_bar(bar) + meters.meter_at(meters.tick_of_bar(bar)).beat_ticks
        )
        inside = times[(times >= line - 0.04) & (times < beat - 0.04)]
        if not len(inside):
            continue
        with_notes += 1
        at = float(inside[0])
        if np.any((times < at) & (times > at - 0.06)):
            continue
        errors = [error for level in levels if (error := _rise_ms(level, at)) is not None]
        if errors:
            patch = track.patch
            name = (patch.preset or f"gm {patch.program}") if patch else ""
            onsets.append(Onset(track.role, name, bar, min(errors)))
    return onsets, with_notes


def _levels_db(audio: np.ndarray, rate: int) -> tuple[np.ndarray, np.ndarray]:
    """Level in steps of one millisecond, dB: of the sound as it is, and of its pre-emphasised slope."""
    hop = rate // 1000
    count = len(audio) // hop

    def level(sound: np.ndarray) -> np.ndarray:
        power = np.square(sound[: count * hop]).mean(axis=1, dtype=np.float64)
        return 10.0 * np.log10(power.reshape(count, hop).mean(axis=1) + 1e-16)

    return level(audio), level(np.diff(audio, axis=0, prepend=audio[:1] * 0.0))


def _rise_ms(level: np.ndarray, at_s: float) -> float | None:
    """Milliseconds from the note to where its sound begins, or None when nothing can be said."""
    note = at_s * 1000.0
    first = max(0, round(note) - 60)
    around = level[first : round(note) + 80]
    before = level[max(0, round(note) - 150) : first]
    floor = before.max() if len(before) else -160.0
    if not len(around) or around.max() < -100.0 or around.max() - floor < RISE_DB:
        return None
    begin = int(np.argmax(around >= max(around.max() - BELOW_PEAK_DB, floor + 6.0)))
    return first + begin - note


def heard_key(harmony: np.ndarray) -> Key:
    """The key whose profile fits the mean chroma best."""
    chroma = librosa.feature.chroma_cqt(y=harmony, sr=_RATE, hop_length=1024).mean(axis=1)
    fits = {
        (tonic, mode): np.corrcoef(chroma, np.roll(profile, tonic))[0, 1]
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
    return Key.of(*max(fits, key=fits.__getitem__))


def relation(heard: Key, wanted: Key) -> str:
    """How the heard key stands to the wanted one: same, relative, dominant, subdominant, parallel, other."""
    step = (heard.tonic - wanted.tonic) % 12
    if heard.is_minor == wanted.is_minor:
        return {0: "same", 7: "dominant", 5: "subdominant"}.get(step, "other")
    if step == (3 if wanted.is_minor else 9):
        return "relative"
    if wanted.is_minor and step == 7:
        return "dominant"  # the major dominant of a minor key
    return "parallel" if step == 0 else "other"


def holds(songs: Sequence[Measured]) -> bool:
    """Whether every share is reached."""
    onsets = [onset for song in songs for onset in song.onsets]
    dry = [onset for song in songs for onset in song.dry_onsets]
    return (
        _share(songs, lambda song: song.tempo_holds) >= TEMPO_SHARE
        and _share(onsets, _on_time) >= ONSET_SHARE
        and _share(dry, _on_time) >= DRY_ONSET_SHARE
        and _share(songs, lambda song: song.key_holds) >= KEY_SHARE
    )


def _on_time(onset: Onset) -> bool:
    return abs(onset.error_ms) <= ONSET_MS


def _share(things: Sequence, holding: Callable) -> float:
    return sum(map(holding, things)) / len(things) if things else 1.0


def table(songs: Sequence[Measured], *, markdown: bool) -> str:
    """A row per style, a row for all, and the limits."""
    by_style: dict[str, list[Measured]] = defaultdict(list)
    for song in songs:
        by_style[song.style].append(song)
    head = (
        "style",
        "songs",
        f"tempo within {TEMPO_PERCENT:g} %",
        f"onsets within {ONSET_MS:g} ms",
        "without returns",
        "median / worst of these",
        "key agrees",
        "same / relative / dominant",
    )
    rows = [_row(name, by_style[name]) for name in sorted(by_style)]
    rows.append(_row("**all**" if markdown else "all", songs))
    rows.append(
        (
            "limit",
            "",
            f"≥ {TEMPO_SHARE:.0%}",
            f"≥ {ONSET_SHARE:.0%}",
            f"{DRY_ONSET_SHARE:.0%}",
            "",
            f"≥ {KEY_SHARE:.0%}",
            "",
        )
    )
    if markdown:
        lines = [head, tuple("---" for _ in head), *rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in lines)
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (head, *rows)
    )


def _row(name: str, songs: Sequence[Measured]) -> tuple[str, ...]:
    onsets = [onset for song in songs for onset in song.onsets]
    dry = [onset for song in songs for onset in song.dry_onsets]
    errors = [abs(onset.error_ms) for onset in dry]
    relations = Counter(song.key_relation for song in songs)
    bars = sum(song.bars_with_notes for song in songs)
    return (
        name,
        str(len(songs)),
        f"{sum(song.tempo_holds for song in songs)}",
        f"{sum(map(_on_time, onsets))} of {len(onsets)} ({bars} bars)",
        f"{sum(map(_on_time, dry))} of {len(dry)}",
        f"{np.median(errors):.1f} / {max(errors):.1f} ms" if errors else "–",
        f"{sum(song.key_holds for song in songs)}",
        f"{relations['same']} / {relations['relative']} / {relations['dominant']}",
    )


def misses(songs: Sequence[Measured]) -> Iterator[str]:
    """One line for everything that was not as it should be."""
    late: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for song in songs:
        if not song.tempo_holds:
            off = f"{song.tempo_error_percent:+.1f} %"
            yield f"tempo: {song.prompt} (seed {song.seed}): heard {song.heard_bpm:.1f}, {off}"
        if not song.key_holds:
            yield f"key: {song.prompt} (seed {song.seed}): heard {song.heard_key} ({song.key_relation})"
        for kind, onsets in (("onset", song.onsets), ("onset without returns", song.dry_onsets)):
            for onset in onsets:
                late[kind, onset.role, onset.patch].append(onset.error_ms)
    for (kind, role, patch), errors in sorted(late.items()):
        over = [error for error in errors if abs(error) > ONSET_MS]
        if over:
            yield (
                f"{kind}: {role} {patch}: {len(over)} of {len(errors)} over {ONSET_MS:g} ms,"
                f" median {np.median(errors):+.1f}, worst {max(errors, key=abs):+.1f} ms"
            )


if __name__ == "__main__":
    sys.exit(main())
