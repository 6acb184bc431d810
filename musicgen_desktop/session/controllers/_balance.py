"""Levels set by measuring: each stem at its place, the master at streaming loudness."""

import math
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np

from musicgen_desktop.document import Insert, Project
from musicgen_desktop.dsp import Audio, db_to_gain, integrated_lufs, peak_dbfs

SOURCE_DBFS = -18.0
"""The level at which inserts are fed: a compressor's threshold then means the same for every instrument."""

ANCHOR_LUFS = -20.0
"""Where a stem with level 0 LU plays: fourteen such stems stay far from the top of a 24-bit file."""

MASTER_LUFS = -14.0
CEILING_DBTP = -1.0

LOW_CUT_ID = "insert-master-low-cut"
LIMITER_ID = "insert-master-limiter"
"""Every project's master has these two by the same names; whatever else lies there is somebody's own."""

_STEM_CEILING_DBFS = -1.0
_LARGEST_MOVE_DB = 24.0
_CLOSE_ENOUGH_LU = 0.3
_BELOW_HEARING = {"low_cut_hz": 20.0}
_MOST_TRIES = 4
_BLOCK_S = 0.4


def loudness_of(sounds: Mapping[str, Audio], rate: int) -> dict[str, float]:
    """Integrated loudness of each sound, in LUFS; −inf for silence. Both cores measure."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        measured = pool.map(lambda audio: integrated_lufs(audio, rate), sounds.values())
        return dict(zip(sounds, measured, strict=True))


def staged(project: Project, sources: Mapping[str, Audio]) -> Project:
    """The project with each track's trim set so that its raw sound meets its inserts at `SOURCE_DBFS`."""
    for track in project.tracks:
        if track.id in sources:
            trim_db = _move_db(SOURCE_DBFS - _playing_dbfs(sources[track.id], project.rate))
            project = project.with_track(msgspec.structs.replace(track, trim_db=trim_db))
    return project


def _playing_dbfs(audio: Audio, rate: int) -> float:
    """RMS level of both channels together while something plays; a compressor hears no K-weighting either."""
    block = max(1, round(_BLOCK_S * rate))
    count = len(audio) // block
    if not count:
        return -math.inf
    rows = audio[: count * block].reshape(count, -1)
    power = np.einsum("ij,ij->i", rows, rows) / block
    playing = power[power > 0.01 * power.max()]
    return 10.0 * math.log10(float(playing.mean())) if len(playing) else -math.inf


def balanced(
    project: Project, levels_lu: Mapping[str, float], stems: Mapping[str, Audio]
) -> tuple[Project, dict[str, float]]:
    """Set each fader where the stem meets its wanted loudness, and scale `stems` alike.

    Args:
        project: the song, all these faders at 0 dB and their sends after the fader.
        levels_lu: track id → wanted loudness relative to the anchor.
        stems: track id → the stem at that fader, [frames, 2]; multiplied in place by the new fader gain.

    Returns:
        The project, and track id → the loudness that the stem has now, in LUFS.
    """
    loudness = loudness_of(stems, project.rate)
    gains = {
        each: _move_db(ANCHOR_LUFS + levels_lu.get(each, 0.0) - measured)
        for each, measured in loudness.items()
    }
    # One very peaky stem pulls all of them down together: the balance between them is the music.
    over = max((peak_dbfs(stems[each]) + gain for each, gain in gains.items()), default=-99.0)
    pull = max(0.0, over - _STEM_CEILING_DBFS)
    for track in project.tracks:
        if track.id in gains:
            gain_db = round(gains[track.id] - pull, 2)
            project = project.with_track(msgspec.structs.replace(track, gain_db=gain_db))
            audio = stems[track.id]
            audio *= db_to_gain(gain_db)
            loudness[track.id] += gain_db
    return project, loudness


def _move_db(wanted: float) -> float:
    """A gain in hundredths of a decibel; silence (an infinite wish) is left where it is."""
    return round(min(_LARGEST_MOVE_DB, max(-_LARGEST_MOVE_DB, wanted)), 2) if math.isfinite(wanted) else 0.0


def mastered(
    project: Project, pre_master: Audio, apply_master: Callable[[Project], Audio]
) -> tuple[Project, Audio, float]:
    """Set the limiter so that the mix stands at −14 LUFS under −1 dBTP.

    Args:
        project: the song; our limiter at the end of its master is added when it has none.
        pre_master: its mix before the master, [frames, 2].
        apply_master: renders the given project's master over its pre-master mix, [frames, 2].

    Returns:
        The project, its mix and the mix's loudness in LUFS.
    """
    # The first guess: as if the master's other effects left the level alone.
    gain_db = _move_db(MASTER_LUFS - integrated_lufs(pre_master, project.rate))
    for _ in range(_MOST_TRIES):
        project = _with_limiter(project, gain_db)
        mix = apply_master(project)
        loudness = integrated_lufs(mix, project.rate)
        error_lu = MASTER_LUFS - loudness
        if not math.isfinite(loudness) or abs(error_lu) < _CLOSE_ENOUGH_LU:
            break
        # The limiter eats a part of what is added once it works, so ask for a little more than is missing.
        gain_db = _move_db(gain_db + error_lu * (1.2 if gain_db > 0.0 else 1.03))
    return project, mix, loudness


def _with_limiter(project: Project, gain_db: float) -> Project:
    """The master's inserts with a cut below hearing and our limiter as the last two; all others stay."""
    ours = (
        # Saturation and compression of lopsided waves (kicks are) leave an offset that costs headroom.
        Insert(id=LOW_CUT_ID, effect="equalizer", name="", parameters=dict(_BELOW_HEARING)),
        Insert(
            id=LIMITER_ID,
            effect="limiter",
            name="",
            parameters={"gain_db": round(gain_db, 2), "ceiling_db": CEILING_DBTP},
        ),
    )
    others = (insert for insert in project.master.inserts if insert.id not in (LOW_CUT_ID, LIMITER_ID))
    master = msgspec.structs.replace(project.master, inserts=(*others, *ours))
    return msgspec.structs.replace(project, master=master)
