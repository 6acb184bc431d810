import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    NotesClip,
    Track,
)
from musicgen_desktop.instruments import ScheduledNote
from musicgen_desktop.music import Control, Note
from musicgen_desktop.playback.mixer import Curve
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.timing import TempoMap, TempoPoint


def notes_of(plan, track_id):
    return plan.strip_of(track_id).source.notes


def audio_track(source_id="voice", **clip):
    return Track(
        id="audio",
        name="Audio",
        kind="audio",
        clips=(AudioClip("clip-1", "take one", 0, 3840, source_id, **clip),),
    )


def test_notes_lie_where_the_tempo_map_puts_them_across_a_tempo_change_inside_the_clip(make):
    song = make.song(make.track("lead"))
    slower_at_beat_two = TempoMap((TempoPoint(0, 120.0), TempoPoint(1920, 60.0)))
    song = msgspec.structs.replace(song, tempo_map=slower_at_beat_two)

    plan = compile_plan(song)

    assert [note.start_frame for note in notes_of(plan, "lead")] == [0, 24000, 48000, 96000]
    assert plan.song_frames == 144000


def test_a_looped_clip_is_written_out_with_its_offset(make):
    clip = NotesClip(
        "c", "c", 960, 2880, (Note(0, 240, 60, 100),), content_offset_ticks=480, loop_length_ticks=960
    )
    track = make.track("lead").without_clip("clip-lead").with_clip(clip)

    plan = compile_plan(make.song(track, tempo_bpm=60.0))

    starts = [note.start_frame for note in notes_of(plan, "lead")]
    assert starts == [72000, 120000, 168000]


def test_overlapping_clips_become_one_sorted_part_and_muted_clips_are_silent(make):
    track = make.track("lead", (Note(960, 100, 60, 100),))
    track = track.with_clip(NotesClip("b", "b", 0, 3840, (Note(0, 100, 72, 90),)))
    track = track.with_clip(NotesClip("m", "m", 0, 3840, (Note(0, 100, 10, 90),), muted=True))

    plan = compile_plan(make.song(track, tempo_bpm=60.0))

    assert notes_of(plan, "lead") == (ScheduledNote(0, 5000, 72, 90), ScheduledNote(48000, 53000, 60, 100))


def test_controls_travel_with_their_notes(make):
    clip = NotesClip("c", "c", 0, 3840, (Note(0, 960, 60, 100),), (Control(960, "cc", 1, 64),))
    track = make.track("lead").without_clip("clip-lead").with_clip(clip)

    plan = compile_plan(make.song(track, tempo_bpm=60.0))

    assert [(c.frame, c.kind, c.number, c.value) for c in plan.strip_of("lead").source.controls] == [
        (48000, "cc", 1, 64)
    ]


def test_another_rate_moves_every_frame(make):
    song = make.song(make.track("lead"), tempo_bpm=60.0)

    plan = compile_plan(song, rate=96000)

    assert [note.start_frame for note in notes_of(plan, "lead")] == [0, 96000, 192000, 288000]


def test_missing_audio_is_planned_as_silence_and_said(make, tmp_path):
    source = AudioSource("voice", "voice", "audio/gone.wav", "blake2b-0", 48000, 1, 48000)
    song = make.song(audio_track()).with_source(source)

    plan = compile_plan(song, media_folder=tmp_path)

    assert len(plan.notes) == 1
    assert "take one" in plan.notes[0]
    assert "audio/gone.wav" in plan.notes[0]
    assert plan.strip_of("audio").source.clips[0].path is None


def test_an_effect_that_is_not_here_is_left_out_and_said(make):
    plan = compile_plan(make.song(make.track("lead", inserts=(make.insert("vst3:Wonder"),))))

    assert plan.strip_of("lead").settings.inserts == ()
    assert "vst3:Wonder" in plan.notes[0]


def test_the_offset_into_a_file_is_counted_at_the_plans_rate(make, tmp_path):
    source = AudioSource("voice", "voice", "v.wav", "", 44100, 2, 441000)
    song = make.song(audio_track(source_offset_frames=44100)).with_source(source)

    plan = compile_plan(song, media_folder=tmp_path)

    assert plan.strip_of("audio").source.clips[0].offset_frames == 48000


def test_what_did_not_change_is_the_same_object_in_the_next_plan(make):
    song = make.song(make.track("lead"), make.track("bass"))
    plan = compile_plan(song)

    louder = song.with_track(msgspec.structs.replace(song.track("bass"), gain_db=-3.0))
    again = compile_plan(louder, previous=plan)

    assert again.strip_of("lead") is plan.strip_of("lead")
    assert again.strip_of("bass") is not plan.strip_of("bass")
    assert again.strip_of("bass").source is plan.strip_of("bass").source
    assert again == compile_plan(louder)


def test_another_tempo_leaves_nothing_of_the_previous_plan(make):
    song = make.song(make.track("lead"), tempo_bpm=60.0)
    plan = compile_plan(song)

    faster = msgspec.structs.replace(song, tempo_map=TempoMap.constant(120.0))

    assert notes_of(compile_plan(faster, previous=plan), "lead")[1].start_frame == 24000


def test_the_tail_is_bounded(make):
    endless = make.insert("delay", time_ms=4000.0, feedback=0.95)

    plan = compile_plan(make.song(make.track("lead", inserts=(endless,))))

    assert plan.tail_frames == 480000


@pytest.mark.parametrize(("effect", "sums"), [("reverb", True), ("compressor", False)])
def test_a_plan_knows_whether_its_stems_sum(make, effect, sums):
    plan = compile_plan(make.song(make.track("lead", output="group"), make.bus("group", make.insert(effect))))

    assert plan.stems_sum is sums


def test_automation_follows_the_document_through_a_tempo_ramp(make):
    points = (AutomationPoint(0, -20.0), AutomationPoint(3840, 0.0), AutomationPoint(3840, -6.0, "hold"))
    automation = Automation("a", "gain_db", points)
    song = make.song(make.track("lead", automation=(automation,)))
    ramp = TempoMap((TempoPoint(0, 60.0, ramp=True), TempoPoint(3840, 180.0)))
    song = msgspec.structs.replace(song, tempo_map=ramp)

    curve = compile_plan(song).strip_of("lead").settings.gain_curve

    ticks = np.array([0, 100, 960, 1500, 2880, 3800, 3841, 5000])
    wanted = [automation.value_at(tick) for tick in ticks]
    np.testing.assert_allclose(curve.at(ramp.frames_at(ticks, 48000)), wanted, atol=0.03)


def test_a_curve_holds_before_between_and_after_its_points():
    curve = Curve((100, 200, 300), (1.0, 5.0, 3.0), (True, False, True))

    found = curve.at(np.array([0, 100, 199, 200, 250, 300, 999]))

    np.testing.assert_allclose(found, [1.0, 1.0, 1.0, 5.0, 4.0, 3.0, 3.0])
