"""From a project to its sound: levels set, stems and mix rendered, each heard once."""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from musicgen_desktop.document import SILENT_DB, Project
from musicgen_desktop.dsp import Audio, db_to_gain, fade_out, integrated_lufs
from musicgen_desktop.foundation import Report, StopFlag, UserInputError, load_settings
from musicgen_desktop.instruments import available_soundfont
from musicgen_desktop.playback.offline import (
    apply_master,
    render_pre_master,
    render_sources,
    render_stems,
)
from musicgen_desktop.playback.plan import compile_plan

from ._balance import balanced, loudness_of, mastered, staged

TAIL_S = 3.0
_END_FADE_S = 0.005
_LONG_FRAMES = 15_000_000  # about five minutes at 48 kHz: 120 MB a stem


class SongAudio(NamedTuple):
    """A project with its levels set, and how it sounds: every array is [frames, 2] of one length.

    Loudness is in LUFS, −inf for silence; `stem_lufs` goes by track id like `stems`.
    """

    project: Project
    stems: dict[str, Audio]
    stem_lufs: dict[str, float]
    mix: Audio
    mix_lufs: float


def chosen_soundfont(wish: Path | None) -> Path | None:
    """The SoundFont to play: the one asked for, else the one of the settings, else the shipped one."""
    return available_soundfont(wish or load_settings().soundfont_path)


def song_frames(project: Project, *, tail: bool) -> int:
    """Frames from bar 1 to the end of the last bar; with a tail, to the bar line after it has rung out."""
    meters, tempo = project.meter_map, project.tempo_map
    end = project.length_ticks
    if tail:
        ringing = tempo.tick_at(tempo.seconds_at(end) + TAIL_S)
        end = meters.tick_of_bar(meters.bar_of(max(end, round(ringing) - 1)) + 1)
    return tempo.frame_at(end, project.rate)


def mixed_song(
    project: Project,
    *,
    levels_lu: Mapping[str, float] | None,
    frames: int,
    soundfont: Path | None,
    report: Report,
    stop: StopFlag,
    media_folder: Path | None = None,
) -> SongAudio:
    """Render every stem and the mix.

    Args:
        project: the song.
        levels_lu: track id → wanted loudness; sets trims, faders and the master's limiter by measuring.
            None leaves the project's own levels as they are.
        frames: length of every array, from bar 1.
        soundfont: the General MIDI font, None for the built-in synthesizer alone.
        report: told the share done of this work.
        stop: asked between the stages and inside them.
        media_folder: the project's, when it plays audio files.
    """
    lifted, gains = (project, {}) if levels_lu is not None else _faders_up(project)
    plan = compile_plan(lifted, media_folder=media_folder, soundfont=soundfont)
    stems: dict[str, Audio] = {}
    batches = _batches([strip.id for strip in plan.sources], frames)
    for number, batch in enumerate(batches):
        part = _part_of(report, 0.85 * number / len(batches), 0.85 / len(batches))
        sources = render_sources(
            plan, tracks=batch, frames=frames, report=_part_of(part, 0.0, 0.75), stop=stop
        )
        if levels_lu is not None:
            project = staged(project, sources)
            plan = compile_plan(project, media_folder=media_folder, soundfont=soundfont, previous=plan)
        rendered = render_stems(
            plan, sources=sources, tracks=batch, frames=frames, report=_part_of(part, 0.75, 0.25), stop=stop
        )
        _end_softly(rendered, project.rate)
        for track_id in rendered.keys() & gains.keys():
            rendered[track_id] *= gains[track_id]
        stems |= rendered if len(batches) == 1 else {each: _spilled(rendered[each]) for each in rendered}
    if levels_lu is None:
        stem_lufs = loudness_of(stems, project.rate)
    else:
        project, stem_lufs = balanced(project, levels_lu, stems)
    report(0.87, "Mastering")
    plan = compile_plan(project, media_folder=media_folder, soundfont=soundfont)
    pre_master = render_pre_master(plan, stems=stems, frames=frames)

    def with_master(changed: Project) -> Audio:
        stop.raise_if_set()
        changed_plan = compile_plan(changed, media_folder=media_folder, soundfont=soundfont, previous=plan)
        return apply_master(changed_plan, pre_master)

    if levels_lu is None:
        mix = with_master(project)
        mix_lufs = integrated_lufs(mix, project.rate)
    else:
        project, mix, mix_lufs = mastered(project, pre_master, with_master)
    report(1.0, "Mixed")
    return SongAudio(project, stems, stem_lufs, mix, mix_lufs)


def _faders_up(project: Project) -> tuple[Project, dict[str, float]]:
    """The project with its faders at 0 dB, and the gains to multiply the stems by afterwards, by track id.

    A new song's stems are rendered so, before its levels are known; only the same way gives the same samples
    again. Where the fader is more than a factor (automated, shut, with sends before it) it stays as it is.
    """
    gains: dict[str, float] = {}
    for track in project.tracks:
        if (
            track.kind != "bus"
            and track.output is None
            and track.gain_db > SILENT_DB
            and not any(send.pre_fader for send in track.sends)
            and not any(curve.target == "gain_db" for curve in track.automation)
        ):
            gains[track.id] = db_to_gain(track.gain_db)
            project = project.with_track(track.with_gain(0.0))
    return project, gains


def _batches(tracks: list[str], frames: int) -> list[list[str]]:
    """All tracks at once, or two at a time when the song is long, so that it fits into a laptop's memory."""
    if frames <= _LONG_FRAMES or not tracks:
        return [tracks]
    return [tracks[at : at + 2] for at in range(0, len(tracks), 2)]


def _spilled(audio: Audio) -> Audio:
    """The same sound, kept in a temporary file that goes away with the array."""
    with tempfile.TemporaryFile(prefix="musicgen-") as file:
        try:
            # Written first and mapped then: where the disk is full, writing into a map ends the process.
            file.write(np.ascontiguousarray(audio).data)
            file.flush()
        except OSError as error:
            with suppress(OSError):  # it tries once more to write what is left
                file.close()
            raise UserInputError(
                f"“{tempfile.gettempdir()}” has no room for the stems of so long a song"
                f" ({error.strerror or error}); free some space, or ask for fewer bars or stems."
            ) from error
        return np.memmap(file, np.float32, "r+", shape=audio.shape)  # it keeps the file open by itself


def _part_of(report: Report, start: float, share: float) -> Report:
    return lambda done, stage: report(start + share * done, stage)


def _end_softly(stems: Mapping[str, Audio], rate: int) -> None:
    """A file that ends inside a reverb would click; five milliseconds are enough to end it."""
    fade = fade_out(round(_END_FADE_S * rate), "linear")[:, np.newaxis]
    for stem in stems.values():
        if len(stem) >= len(fade):
            stem[-len(fade) :] *= fade
