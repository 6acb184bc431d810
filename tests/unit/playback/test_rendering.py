import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, Send
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.music import Note
from musicgen_desktop.playback.offline import (
    apply_master,
    render_mix,
    render_pre_master,
    render_sources,
    render_stems,
    stream_mix,
)
from musicgen_desktop.playback.plan import compile_plan


@pytest.fixture
def song(make):
    """A second of two synths and drums, with effects, returns, a group and automation."""
    to = {name: Send(f"to-{name}", name, -9.0) for name in ("room", "echo")}
    fade = Automation("a1", "gain_db", (AutomationPoint(0, -30.0), AutomationPoint(2500, 0.0)))
    sweep = Automation(
        "a2", "insert:insert-filter:cutoff_hz", (AutomationPoint(300, 400.0), AutomationPoint(3000, 6000.0))
    )
    sending = Automation(
        "a3", "send:to-room:gain_db", (AutomationPoint(0, -60.0), AutomationPoint(3840, 0.0))
    )
    kick = tuple(Note(beat * 960, 200, 36, 110) for beat in range(4))
    return make.song(
        make.track("lead", sends=(to["room"], to["echo"]), automation=(fade, sending), pan=-0.4),
        make.track("bass", output="group", inserts=(make.insert("filter"),), automation=(sweep,)),
        make.track(
            "drums",
            kick,
            patch=make.drums(),
            output="group",
            inserts=(make.insert("compressor", threshold_db=-25.0), make.insert("limiter", gain_db=3.0)),
            sends=(to["room"],),
        ),
        make.bus("group", make.insert("equalizer", peak1_db=3.0)),
        make.bus("room", make.insert("reverb", wet=1.0, room_size=0.2)),
        make.bus("echo", make.insert("delay", wet=1.0, time_beats=0.5)),
        master=(make.insert("equalizer", high_shelf_db=2.0), make.insert("limiter", insert_id="end")),
    )


@pytest.fixture
def plan(song):
    return compile_plan(song)


@pytest.fixture
def whole(plan):
    return render_mix(plan, frames=36000)


@pytest.mark.parametrize("block", [64, 511, 4096, 36000])
def test_the_mix_is_the_same_at_any_block_size(plan, whole, block):
    assert np.array_equal(render_mix(plan, frames=36000, block_frames=block), whole)


def test_single_frames_make_the_same_mix(plan, whole):
    assert np.array_equal(render_mix(plan, frames=700, block_frames=1), whole[:700])


def test_a_part_of_the_song_is_that_part_of_the_whole(plan, whole):
    part = render_mix(plan, start_frame=12345, frames=7000)

    assert np.array_equal(part, whole[12345:19345])


def test_there_is_sound_on_every_beat(whole):
    for beat in range(3):
        assert np.abs(whole[beat * 12000 : beat * 12000 + 3000]).max() > 0.02


def test_stems_sum_to_the_mix_before_the_master(plan, make):
    stems = render_stems(plan, frames=60000)

    mix = render_pre_master(plan, frames=60000)

    assert list(stems) == ["lead", "bass", "drums"]
    assert make.peak_db(sum(stems.values()) - mix) < -95.0
    assert make.peak_db(mix) > -30.0


def test_the_sum_of_stems_is_taken_for_the_mix_only_where_it_is(song, make):
    glued = song.with_track(song.track("group").with_insert(make.insert("compressor", threshold_db=-40.0)))
    plan = compile_plan(glued)
    sources = render_sources(plan)
    stems = render_stems(plan, sources=sources, frames=48000)

    mix = render_pre_master(plan, stems=stems, sources=sources, frames=48000)

    assert not plan.stems_sum
    assert np.array_equal(mix, render_pre_master(plan, sources=sources, frames=48000))
    assert make.peak_db(sum(stems.values()) - mix) > -60.0


def test_the_master_over_the_premaster_is_the_mix(plan, make):
    mix = render_pre_master(plan, frames=36000)

    mastered = apply_master(plan, mix)

    assert make.peak_db(mastered[:34000] - render_mix(plan, frames=34000)) < -95.0


def test_rendering_in_place_changes_nothing_but_what_was_given(plan):
    wanted = render_stems(plan, frames=50000)
    sources = render_sources(plan, frames=50000)

    stems = render_stems(plan, sources=sources, frames=50000, in_place=True)

    for each, stem in stems.items():
        assert np.array_equal(stem, wanted[each])
        assert np.shares_memory(stem, sources[each])


def test_the_number_of_workers_cannot_be_heard(plan):
    alone = render_stems(plan, frames=48000, workers=1)

    for each, stem in render_stems(plan, frames=48000, workers=3).items():
        assert np.array_equal(stem, alone[each])


def test_sources_are_dry_and_as_the_instrument_plays_them(song, plan):
    bare = msgspec.structs.replace(song.track("lead"), sends=(), automation=(), pan=0.0)
    alone = compile_plan(msgspec.structs.replace(song, tracks=(bare,)))

    sources = render_sources(plan, tracks=["lead"], frames=48000)

    assert list(sources) == ["lead"]
    assert np.array_equal(sources["lead"], render_stems(alone, frames=48000)["lead"])


def test_stems_of_one_song_are_equally_long_and_ring_out(plan, make):
    stems = render_stems(plan)

    lengths = {len(stem) for stem in stems.values()}

    assert len(lengths) == 1
    assert plan.song_frames < lengths.pop() < plan.song_frames + 480000
    assert make.peak_db(sum(stems.values())[-200:]) < -85.0


def test_a_mix_without_a_set_length_ends_with_its_tail_at_any_block_size(plan, make):
    whole = render_mix(plan)

    assert len(whole) > plan.song_frames + 4800
    assert -97.0 < make.peak_db(whole[-1]) < -85.0
    # Not to the bit: at block ends JUCE's filters forget what lies under 1e-8, and the tail comes down there.
    assert make.peak_db(render_mix(plan, block_frames=5000) - whole) < -125.0


def test_a_muted_track_is_a_silent_stem(song):
    plan = compile_plan(song.with_track(msgspec.structs.replace(song.track("bass"), muted=True)))

    stems = render_stems(plan, frames=24000)

    assert np.abs(stems["bass"]).max() == 0.0
    assert np.abs(stems["drums"]).max() > 0.0


def test_a_soloed_track_sounds_as_it_does_in_the_mix(song):
    soloed = song.with_track(msgspec.structs.replace(song.track("bass"), soloed=True))

    mix = render_pre_master(compile_plan(soloed), frames=24000)

    assert np.array_equal(mix, render_stems(compile_plan(song), frames=24000)["bass"])


def test_muting_does_not_move_the_rest(song):
    """The drums have a limiter that makes everything wait; muted, they still do."""
    plan = compile_plan(song)
    muted = compile_plan(song.with_track(msgspec.structs.replace(song.track("drums"), muted=True)))

    assert muted.master.settings.arrival_frames == plan.master.settings.arrival_frames > 0
    lead = render_stems(plan, frames=24000)["lead"]
    assert np.array_equal(render_stems(muted, frames=24000)["lead"], lead)


def test_streamed_blocks_are_the_mix(plan, whole):
    blocks = list(stream_mix(plan, frames=36000, block_frames=4096))

    assert max(len(block) for block in blocks) <= 4096
    assert np.array_equal(np.concatenate(blocks), whole)


def test_progress_rises_to_one(plan):
    told = []

    render_stems(plan, frames=24000, report=lambda share, stage: told.append((share, stage)))

    shares = [share for share, _stage in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all("Mixing" in stage for _share, stage in told)


@pytest.mark.parametrize("render", [render_mix, render_sources, render_stems, render_pre_master])
def test_work_that_is_stopped_stops(plan, render):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        render(plan, stop=stop)


def test_a_song_of_nothing_is_silence(make):
    plan = compile_plan(make.song())

    assert len(render_mix(plan)) == plan.song_frames
    assert np.abs(render_mix(plan)).max() == 0.0
    assert render_stems(plan) == {}
