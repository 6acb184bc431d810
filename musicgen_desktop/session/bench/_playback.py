"""Playing: what a mix costs, and how often the sound card finds nothing to play."""

import time

import msgspec
import numpy as np

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, machine_text, no_report
from musicgen_desktop.playback.host import OpenSpeaker, SpeakerOpened, StateChanged
from musicgen_desktop.playback.mixer import LiveMixer, Planar, StripSettings
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.playback.speaker import SpeakerSettings
from musicgen_desktop.playback.transport import Playhead
from musicgen_desktop.session.controllers.playing import Inbox, Player
from musicgen_desktop.timing import TempoMap

from ._load import Load
from ._rival import rival_dropouts
from ._song import wide_song
from ._table import Row, Table

_RATE = 48_000
_MIX_FRAMES = 512
_MIX_BLOCKS = 200
_TRACKS = (8, 16, 32, 64)
_MIX_LIMITS = {16: 15.0, 64: 60.0}
_SWAP_LIMIT_MS = 5.0
_BUFFERS = (256, 512)
_LOOK_AHEADS_MS = (60.0, 100.0)
_PLAYED_TRACKS = 16
_STARTS_S = 60.0


def bench_playback(
    report: Report = no_report, stop: StopFlag | None = None, *, seconds: float = 10.0
) -> Table:
    """What a mix costs by tracks; then dropouts: buffer × load × look-ahead, beside a Python callback.

    Args:
        report: told the share done.
        stop: asked between two measures.
        seconds: to play for each.

    Raises:
        Stopped: when `stop` was set.
        MusicgenDesktopError: when nothing plays here.
    """
    stop = stop or StopFlag()
    rows: list[Row] = []
    for number, tracks in enumerate(_TRACKS):
        stop.raise_if_set()
        report(0.1 * number / len(_TRACKS), f"Mixing {tracks} tracks")
        rows += _mix_cost(tracks)
    song = wide_song(_PLAYED_TRACKS)
    cases = [
        (buffer, is_busy, look_ahead)
        for buffer in _BUFFERS
        for is_busy in (False, True)
        for look_ahead in (*_LOOK_AHEADS_MS, None)
    ]
    device = ""
    for number, (buffer, is_busy, look_ahead) in enumerate(cases):
        stop.raise_if_set()
        load = "busy machine" if is_busy else "idle machine"
        what = f"buffer {buffer}, {load}"
        report(0.1 + 0.9 * number / len(cases), f"Playing, {what}")
        if look_ahead is None:
            with Load(is_on=is_busy, window=False):
                late = rival_dropouts(song, buffer, seconds, is_busy=is_busy)
            if late is not None:
                rows.append(Row(f"{what}, Python callback", late, "dropouts"))
            continue
        starved, device = _starvations(song, buffer, look_ahead, seconds, is_busy=is_busy, stop=stop)
        rows.append(
            Row(f"{what}, look-ahead {look_ahead:g} ms", starved, "dropouts", 0.0, higher_is_better=False)
        )
    report(1.0, "Done")
    return Table(
        f"Playing {_PLAYED_TRACKS} tracks for {seconds:g} s through {device}", machine_text(), tuple(rows)
    )


def _mix_cost(tracks: int) -> list[Row]:
    """The render thread's share of real time for so many tracks, and what one of them costs."""
    plan = compile_plan(wide_song(tracks), rate=_RATE)
    strips = [strip.settings for strip in plan.strips]
    mixer = LiveMixer(strips, _RATE, plan.tempo_map)
    noise = np.random.default_rng(1).standard_normal((2, _MIX_FRAMES)).astype(np.float32) * np.float32(0.1)
    sounding = {strip.id for strip in plan.sources}

    def read(strip: str, _clock: int, _frames: int) -> Planar | None:
        return noise.copy() if strip in sounding else None

    times = []
    for block in range(_MIX_BLOCKS):
        begun = time.perf_counter()
        mixer.process(block * _MIX_FRAMES, _MIX_FRAMES, Playhead(), read, None)
        times.append(time.perf_counter() - begun)
    seconds = float(np.median(times[10:]))
    share = 100.0 * seconds * _RATE / _MIX_FRAMES
    return [
        Row(
            f"{tracks} tracks, equalizer + compressor, {_MIX_FRAMES} frames",
            round(share, 1),
            "% of real time",
            _MIX_LIMITS.get(tracks),
            higher_is_better=False,
        ),
        Row(f"{tracks} tracks: one of them", round(1e6 * seconds / tracks, 1), "µs a block"),
        Row(
            f"{tracks} tracks: another plan, all faders moved",
            round(_swap_ms(mixer, strips, plan.tempo_map), 2),
            "ms",
            _SWAP_LIMIT_MS,
            higher_is_better=False,
        ),
    ]


def _swap_ms(mixer: LiveMixer, strips: list[StripSettings], tempo: TempoMap) -> float:
    """How long the render thread is held when everything changed."""
    moved = [msgspec.structs.replace(strip, gain_db=strip.gain_db - 1.0) for strip in strips]
    prepared = mixer.prepare(moved, tempo, _RATE)
    begun = time.perf_counter()
    mixer.swap(prepared)
    return 1000.0 * (time.perf_counter() - begun)


def _starvations(
    song: Project, buffer: int, look_ahead_ms: float, seconds: float, *, is_busy: bool, stop: StopFlag
) -> tuple[int, str]:
    """(dropouts while playing for so long, the device)."""
    inbox = Inbox()
    player = Player(song, None, on_event=inbox.put)
    try:
        player.open(OpenSpeaker(SpeakerSettings(rate=song.rate, device_frames=buffer), look_ahead_ms))
        opened = inbox.wait_for(SpeakerOpened, _STARTS_S)
        player.play(0.0)
        inbox.wait_for(StateChanged, _STARTS_S, lambda event: event.state == "playing")
        before = player.reading().starvations
        with Load(is_on=is_busy):
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                stop.raise_if_set()
                time.sleep(0.1)
            starved = player.reading().starvations - before
    finally:
        player.close()
    return starved, f"{opened.name} at {opened.rate} Hz"
