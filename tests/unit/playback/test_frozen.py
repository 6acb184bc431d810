"""A frozen track sounds as it did, and an edited one sounds itself again."""

import os

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    Frozen,
    Send,
    Track,
)
from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.playback.offline import render_mix, render_stems, stream_strip
from musicgen_desktop.playback.plan import ClipsSource, compile_plan, frozen_inputs
from musicgen_desktop.timing import TempoMap, TempoPoint

PRESET = """
[my_lead]
name = "Mine"
category = "lead"
level_db = {level}
layers = [{{ kind = "wave", wave = "saw" }}]
"""


@pytest.fixture
def own_presets():
    """The file of the user's own instruments; it is not there yet."""
    folder = user_data_folder() / "instruments"
    folder.mkdir(parents=True)
    return folder / "mine.toml"


def frozen_to(project, track_id, folder):
    """The project with a track frozen into the folder, as the session does it."""
    plan = compile_plan(project, media_folder=folder)
    blocks = list(stream_strip(plan, track_id, after_fader=False))
    path = folder / f"{track_id}.wav"
    write_wav(path, np.concatenate([block.audio for block in blocks]), project.rate, 32)
    frames = sum(len(block.audio) for block in blocks)
    source = AudioSource(f"s-{track_id}", "x", path.name, content_hash(path), project.rate, 2, frames)
    track = project.track(track_id)
    frozen = Frozen(source.id, frozen_inputs(track, project, None), blocks[0].first)
    return project.with_source(source).with_track(track.frozen_as(frozen))


@pytest.fixture
def song(make, tmp_path):
    """Strips with everything that is baked in, and everything that stays free."""
    sound = make.noise(9_000, level_db=-20.0)[:, :1]
    write_wav(tmp_path / "hit.wav", sound, 48_000, 32)
    hit = AudioSource("hit", "hit", "hit.wav", content_hash(tmp_path / "hit.wav"), 48_000, 1, 9_000)
    sweep = Automation(
        "a1", "insert:insert-filter:cutoff_hz", (AutomationPoint(0, 300.0), AutomationPoint(3000, 6000.0))
    )
    fade = Automation("a2", "gain_db", (AutomationPoint(0, -30.0), AutomationPoint(2500, 0.0)))
    to_room = Send("to-room", "room", -6.0)
    clip = AudioClip("k1", "hit", 1_200, 900, "hit", fade_in_ms=5.0, fade_out_ms=20.0)
    project = make.song(
        make.track(
            "lead",
            inserts=(make.insert("filter"), make.insert("delay", wet=0.5, time_beats=0.75, feedback=0.6)),
            automation=(sweep, fade),
            sends=(to_room,),
            trim_db=-3.0,
            polarity_inverted=True,
            pan=0.3,
        ),
        make.track(
            "drums",
            tuple(Note(beat * 960, 200, 36, 110) for beat in range(4)),
            patch=make.drums(),
            inserts=(make.insert("compressor", threshold_db=-25.0), make.insert("limiter", gain_db=3.0)),
            output="group",
        ),
        Track("vox", "Vox", "audio", clips=(clip,), pan=-0.5, inserts=(make.insert("reverb", wet=0.4),)),
        make.bus("group", make.insert("equalizer", peak1_db=3.0)),
        make.bus("room", make.insert("reverb", wet=1.0, room_size=0.2)),
        master=(make.insert("limiter", insert_id="end"),),
    )
    tempo = TempoMap((TempoPoint(0, 240.0, ramp=True), TempoPoint(3840, 180.0)))
    return msgspec.structs.replace(project, tempo_map=tempo).with_source(hit)


@pytest.mark.parametrize("track_id", ["lead", "drums", "vox"])
def test_a_frozen_track_cannot_be_told_from_the_live_one_tails_included(make, song, tmp_path, track_id):
    frozen = frozen_to(song, track_id, tmp_path)
    live, cold = (compile_plan(each, media_folder=tmp_path) for each in (song, frozen))
    frames = live.song_frames + 6 * song.rate

    difference = render_mix(cold, frames=frames) - render_mix(live, frames=frames)
    stems = (render_stems(each, tracks=[track_id], frames=frames)[track_id] for each in (cold, live))

    assert isinstance(cold.strip_of(track_id).source, ClipsSource)
    assert cold.strip_of(track_id).settings.inserts == ()
    assert cold.notes == ()
    assert make.peak_db(difference) < -120.0
    assert make.peak_db(next(stems) - next(stems)) < -120.0


def test_all_tracks_frozen_ring_out_as_long_as_live_ones(make, song, tmp_path):
    frozen = song
    for track_id in ("lead", "drums", "vox"):
        frozen = frozen_to(frozen, track_id, tmp_path)

    mixes = [render_mix(compile_plan(each, media_folder=tmp_path)) for each in (song, frozen)]

    assert abs(len(mixes[0]) - len(mixes[1])) <= 1
    end = min(map(len, mixes))
    assert make.peak_db(mixes[0][:end] - mixes[1][:end]) < -120.0


def _with_insert_moved(project):
    track = project.track("lead")
    return project.with_track(track.with_insert(track.inserts[0].with_parameter("cutoff_hz", 900.0)))


def _with_note_moved(project):
    track = project.track("lead")
    clip = track.clips[0]
    return project.with_track(track.with_clip(clip.with_notes((Note(0, 960, 72, 90), *clip.notes[1:]))))


def _with_curve_moved(project):
    track = project.track("lead")
    curve = track.automation[0].with_point(AutomationPoint(1_000, 500.0))
    return project.with_track(track.with_automation(curve))


EDITS = {
    "insert": _with_insert_moved,
    "note": _with_note_moved,
    "curve of an insert": _with_curve_moved,
    "tempo": lambda project: msgspec.structs.replace(project, tempo_map=TempoMap.constant(100.0)),
    "rate": lambda project: msgspec.structs.replace(project, rate=44_100),
    "trim": lambda project: project.with_track(msgspec.structs.replace(project.track("lead"), trim_db=-6.0)),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_track_that_was_edited_plays_itself_and_says_so(song, tmp_path, edit):
    changed = edit(frozen_to(song, "lead", tmp_path))

    plan = compile_plan(changed, media_folder=tmp_path)

    bare = compile_plan(edit(song), media_folder=tmp_path)
    assert any("changed since it was frozen" in note for note in plan.notes)
    assert plan.strip_of("lead").source == bare.strip_of("lead").source
    assert plan.strip_of("lead").settings == bare.strip_of("lead").settings


def test_another_recording_under_the_same_name_ends_the_freeze(song, tmp_path):
    frozen = frozen_to(song, "vox", tmp_path)
    other = msgspec.structs.replace(frozen.source("hit"), content_hash="blake2b-other")

    plan = compile_plan(frozen.with_source(other), media_folder=tmp_path)

    assert any("changed since it was frozen" in note for note in plan.notes)


def test_fader_pan_sends_names_and_colours_stay_free(song, tmp_path):
    frozen = frozen_to(song, "lead", tmp_path)
    track = msgspec.structs.replace(
        frozen.track("lead"), gain_db=-9.0, pan=-1.0, sends=(), muted=True, name="Other", color="#112233"
    )
    named = track.with_clip(track.clips[0].renamed("Riff"))

    plan = compile_plan(frozen.with_track(named), media_folder=tmp_path)

    assert isinstance(plan.strip_of("lead").source, ClipsSource)
    assert plan.notes == ()


def test_whole_numbers_in_place_of_fractions_mean_the_same(song):
    track = song.track("lead")

    as_typed = msgspec.structs.replace(track, trim_db=-3)

    assert frozen_inputs(as_typed, song, None) == frozen_inputs(track, song, None)


def test_a_frozen_sound_that_is_gone_gives_way_to_the_track(song, tmp_path):
    frozen = frozen_to(song, "lead", tmp_path)
    (tmp_path / "lead.wav").unlink()

    plan = compile_plan(frozen, media_folder=tmp_path)

    assert plan.strip_of("lead").settings == compile_plan(song).strip_of("lead").settings
    assert any("is missing, so the track is played anew" in note for note in plan.notes)


def test_thawing_while_a_plan_is_kept_brings_the_notes_back(song, tmp_path):
    frozen = frozen_to(song, "lead", tmp_path)
    cold = compile_plan(frozen, media_folder=tmp_path)

    again = compile_plan(
        frozen.with_track(frozen.track("lead").frozen_as(None)), media_folder=tmp_path, previous=cold
    )

    assert again.strip_of("lead").source == compile_plan(song).strip_of("lead").source


def test_a_frozen_strip_that_did_not_change_is_the_same_object(song, tmp_path):
    frozen = frozen_to(song, "lead", tmp_path)
    before = compile_plan(frozen, media_folder=tmp_path)

    after = compile_plan(frozen, media_folder=tmp_path, previous=before)

    assert after.strip_of("lead") is before.strip_of("lead")


def test_a_soundfont_counts_for_what_it_plays_only(make, song, tmp_path):
    (tmp_path / "a.sf2").write_bytes(b"a" * 100)
    (tmp_path / "b.sf2").write_bytes(b"b" * 100)
    piano = make.track("piano", patch=None)

    hashes = [
        frozen_inputs(track, song, tmp_path / name)
        for track in (piano, song.track("lead"))
        for name in ("a.sf2", "b.sf2")
    ]

    assert hashes[0] != hashes[1]
    assert hashes[2] == hashes[3]


def test_a_preset_of_ones_own_that_was_edited_ends_the_freeze(make, tmp_path, own_presets):
    own_presets.write_text(PRESET.format(level=-12.0))
    song = make.song(make.track("lead", patch=Patch("synth", preset="my_lead")))
    frozen = frozen_to(song, "lead", tmp_path)
    assert compile_plan(frozen, media_folder=tmp_path).notes == ()

    own_presets.write_text(PRESET.format(level=-24.0))
    os.utime(own_presets, (1, 1))

    assert "changed since it was frozen" in compile_plan(frozen, media_folder=tmp_path).notes[0]


def test_a_preset_that_is_not_on_this_machine_is_heard_from_the_frozen_file(make, tmp_path, own_presets):
    own_presets.write_text(PRESET.format(level=-12.0))
    song = make.song(make.track("lead", patch=Patch("synth", preset="my_lead")))
    frozen = frozen_to(song, "lead", tmp_path)

    own_presets.unlink()

    plan = compile_plan(frozen, media_folder=tmp_path)
    assert isinstance(plan.strip_of("lead").source, ClipsSource)
    assert plan.notes == ()


@pytest.fixture
def on_font(make, tmp_path):
    """A song whose piano was frozen with a SoundFont; what the font holds is of no matter here."""
    font = tmp_path / "mine.sf2"
    font.write_bytes(b"font" * 100)
    song = make.song(make.track("piano", patch=Patch("general_midi")))
    frozen = frozen_to(song, "piano", tmp_path)
    track = frozen.track("piano")
    inputs = frozen_inputs(track, frozen, font)
    return frozen.with_track(track.frozen_as(msgspec.structs.replace(track.frozen, inputs=inputs)))


def test_a_font_that_is_not_on_this_machine_is_heard_from_the_frozen_file(on_font, tmp_path):
    plans = [
        compile_plan(on_font, media_folder=tmp_path, soundfont=font)
        for font in (None, tmp_path / "elsewhere.sf2")
    ]

    assert all(isinstance(plan.strip_of("piano").source, ClipsSource) for plan in plans)
    assert [plan.notes for plan in plans] == [(), ()]


def test_another_font_ends_the_freeze(on_font, tmp_path):
    (tmp_path / "other.sf2").write_bytes(b"other" * 100)

    plan = compile_plan(on_font, media_folder=tmp_path, soundfont=tmp_path / "other.sf2")

    assert "changed since it was frozen" in plan.notes[0]


def test_a_track_whose_font_is_gone_is_played_anew_after_an_edit(on_font, tmp_path):
    track = msgspec.structs.replace(on_font.track("piano"), trim_db=-6.0)

    plan = compile_plan(on_font.with_track(track), media_folder=tmp_path)

    assert "changed since it was frozen" in plan.notes[0]


def test_what_was_frozen_without_a_font_is_played_anew_by_one(on_font, tmp_path):
    track = on_font.track("piano")
    by_synth = msgspec.structs.replace(track.frozen, inputs=frozen_inputs(track, on_font, None))

    plan = compile_plan(
        on_font.with_track(track.frozen_as(by_synth)), media_folder=tmp_path, soundfont=tmp_path / "mine.sf2"
    )

    assert "changed since it was frozen" in plan.notes[0]


def test_a_recording_without_a_hash_is_told_by_its_path_and_size(song, tmp_path):
    bare = song.with_source(msgspec.structs.replace(song.source("hit"), content_hash=""))
    vox = bare.track("vox")
    before = frozen_inputs(vox, bare, None, tmp_path)

    moved = bare.with_source(msgspec.structs.replace(bare.source("hit"), path="other.wav"))
    shorter = bare.with_source(msgspec.structs.replace(bare.source("hit"), frames=8_000))
    with (tmp_path / "hit.wav").open("ab") as file:
        file.write(b"more")

    after = frozen_inputs(vox, bare, None, tmp_path)
    others = [frozen_inputs(vox, each, None, tmp_path) for each in (moved, shorter)]
    assert len({before, after, *others}) == 4


def test_at_another_rate_of_the_plan_the_frozen_sound_is_played_resampled(make, song, tmp_path):
    frozen = frozen_to(song, "vox", tmp_path)

    cold = compile_plan(frozen, media_folder=tmp_path, rate=44_100)

    live = compile_plan(song, media_folder=tmp_path, rate=44_100)
    assert cold.notes == ()
    levels = [make.rms_db(render_mix(plan, frames=44_100)) for plan in (cold, live)]
    assert isinstance(cold.strip_of("vox").source, ClipsSource)
    assert cold.strip_of("vox").settings.inserts == ()
    assert levels[0] == pytest.approx(levels[1], abs=0.5)


def test_notes_of_frozen_tracks_are_hashed_once_however_often_the_song_is_edited(song, tmp_path, monkeypatch):
    frozen = song
    for track_id in ("lead", "drums", "vox"):
        frozen = frozen_to(frozen, track_id, tmp_path)
    compile_plan(frozen, media_folder=tmp_path)
    hashed = []
    monkeypatch.setattr(
        "musicgen_desktop.playback.plan._frozen._clips_digest", lambda track: hashed.append(track.id) or ""
    )

    for gain_db in (-1.0, -2.0):
        edited = frozen.with_track(msgspec.structs.replace(frozen.track("lead"), gain_db=gain_db))
        compile_plan(edited, media_folder=tmp_path)

    assert hashed == []
