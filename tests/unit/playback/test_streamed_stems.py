"""Mix and stems in one pass, in threads: the same samples as one after the other."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Send
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.playback.mixer import Mixer
from musicgen_desktop.playback.offline import (
    render_mix,
    render_pre_master,
    render_sources,
    render_stems,
    stream_mix,
    stream_stems,
)
from musicgen_desktop.playback.offline._desk import Desk
from musicgen_desktop.playback.offline._readers import all_readers
from musicgen_desktop.playback.plan import compile_plan

FRAMES = 40_000


@pytest.fixture
def plan(make):
    """Tracks, a group, a group in a group, and returns that are fed before and after the fader."""
    to_room = Send("to-room", "room", -9.0)
    before = Send("before", "room", -12.0, pre_fader=True)
    song = make.song(
        make.track("lead", sends=(to_room,), gain_db=-3.0, inserts=(make.insert("chorus"),)),
        make.track("pad", sends=(before,), output="inner", inserts=(make.insert("limiter"),)),
        make.track("bass", output="inner", inserts=(make.insert("compressor", threshold_db=-25.0),)),
        make.track("muted", muted=True),
        make.bus("inner", make.insert("equalizer", peak1_db=3.0), output="outer", sends=(to_room,)),
        make.bus("outer", make.insert("limiter", insert_id="l2"), gain_db=-2.0),
        make.bus("room", make.insert("reverb", wet=1.0, room_size=0.2)),
        master=(make.insert("limiter", insert_id="end"),),
    )
    return compile_plan(song)


class Gathered:
    """Blocks of several sounds, by name."""

    def __init__(self, names):
        self.blocks = {name: [] for name in names}
        self.writers = {name: self.blocks[name].append for name in names}

    def __getitem__(self, name):
        return np.concatenate(self.blocks[name])


def test_threads_change_no_bit_of_the_sum(plan):
    late = plan.master.settings.arrival_frames
    settings = [strip.settings for strip in plan.strips[:-1]]
    alone = Mixer(settings, plan.master.id, all_readers(plan, None, None)[0], plan.rate, plan.tempo_map)
    wanted = [alone.process(at, 10_000) for at in range(0, 40_000, 10_000)]

    with Desk(plan, all_readers(plan, None, None)[0], workers=4) as desk:
        found = [desk.process(at, 10_000) for at in range(0, 40_000, 10_000)]

    assert late > 0
    for one, other in zip(found, wanted, strict=True):
        assert np.array_equal(one, other)


@pytest.mark.parametrize("workers", [1, 3])
def test_stems_that_are_made_with_the_mix_are_those_rendered_alone(plan, workers):
    tracks = [strip.id for strip in plan.sources]
    stems = Gathered(tracks)

    mix = np.concatenate(list(stream_mix(plan, frames=FRAMES, stems=stems.writers, workers=workers)))

    assert np.array_equal(mix, render_mix(plan, frames=FRAMES, block_frames=8192))
    for track_id, stem in render_stems(plan, frames=FRAMES).items():
        assert np.array_equal(stems[track_id], stem)


def test_stems_without_the_mix_are_the_same(plan):
    stems = Gathered(["lead", "pad"])

    stream_stems(plan, stems.writers, frames=FRAMES)

    for track_id, stem in render_stems(plan, tracks=["lead", "pad"], frames=FRAMES).items():
        assert np.array_equal(stems[track_id], stem)


def test_the_stem_of_a_muted_track_is_silence_of_full_length(plan):
    stems = Gathered(["muted"])

    stream_stems(plan, stems.writers, frames=FRAMES)

    assert stems["muted"].shape == (FRAMES, 2)
    assert not stems["muted"].any()


def test_the_stem_of_a_group_is_what_the_mix_loses_without_it(plan, make):
    stems = Gathered(["outer", "inner", "room"])

    stream_stems(plan, stems.writers, frames=FRAMES)

    whole = render_pre_master(plan, frames=FRAMES)
    lead_dry = msgspec.structs.replace(plan.strip_of("lead").settings, sends=())
    dry = msgspec.structs.replace(plan.strip_of("lead"), settings=lead_dry)
    dry_plan = msgspec.structs.replace(
        plan, strips=tuple(dry if strip.id == "lead" else strip for strip in plan.strips)
    )
    lead = render_stems(dry_plan, tracks=["lead"], frames=FRAMES)["lead"]
    assert make.peak_db(stems["outer"] + stems["room"] + lead - whole) < -110.0
    assert np.abs(stems["inner"]).max() > np.abs(stems["outer"]).max()  # it has its share of the room too


def test_a_piece_of_the_song_has_that_piece_of_each_stem(plan):
    stems, whole = Gathered(["lead"]), Gathered(["lead"])
    stream_stems(plan, whole.writers, frames=FRAMES)

    for _ in stream_mix(plan, start_frame=12_345, frames=9_000, stems=stems.writers):
        pass

    assert np.array_equal(stems["lead"], whole["lead"][12_345:21_345])


def test_sounds_that_were_rendered_before_are_not_rendered_again(plan):
    stems = Gathered(["bass"])
    sources = render_sources(plan, frames=FRAMES)
    sources["bass"] = np.zeros_like(sources["bass"])

    stream_stems(plan, stems.writers, frames=FRAMES, sources=sources)

    assert not stems["bass"].any()


def test_a_writer_that_fails_is_told(plan):
    def full(_block):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        stream_stems(plan, {"lead": full, "pad": full}, frames=FRAMES)


def test_stems_of_no_set_length_are_refused(plan):
    with pytest.raises(ValueError, match="length"):
        next(stream_mix(plan, stems={"lead": len}))


def test_stopping_ends_the_stems(plan):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        stream_stems(plan, {"lead": len}, frames=FRAMES, stop=stop)
