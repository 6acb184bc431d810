"""Sound that is made for a song that is there: bars of a track again, a layer, a melody that is followed."""

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import AudioClip, AudioSource, Origin, Project, Take, Track, check_project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.media import content_hash, write_wav
from musicgen_desktop.playback.offline import render_mix
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers.generating import (
    GenerateSound,
    Layer,
    RemakeRange,
    SoundWish,
    TakesShelf,
    Wish,
    audition_project,
    keep,
    resumed,
)
from tests.fakes.sound_maker import SoundMakerFake

AGAIN = Wish(prompt="rain", engine="musicgen", model="tiny", mode=RemakeRange((), 3, 3, "t1"))
STEP = 960  # frames of 20 ms at 48 kHz


def made(folder, song, wish=AGAIN, client=None):
    return GenerateSound(client or SoundMakerFake(channels=2), wish, folder, song).run()


def heard(song, folder):
    return render_mix(compile_plan(song, media_folder=folder, soundfont=None), frames=10 * 48_000)


def a_song(folder, *, rate=48_000, channels=2, tempo=97.0, **changed):
    """Noise for eight seconds, from the second beat on."""
    noise = np.random.default_rng(1).uniform(-0.25, 0.25, (8 * rate, channels)).astype(np.float32)
    (folder / "audio").mkdir(exist_ok=True)
    path = folder / "audio" / "noise.wav"
    write_wav(path, noise, rate, 32)
    song = Project.new("Song", tempo, rate=48_000)
    source = AudioSource("s1", "noise", "audio/noise.wav", content_hash(path), rate, channels, len(noise))
    length = round(song.tempo_map.tick_at(8.0))
    clip = msgspec.structs.replace(AudioClip("c1", "noise", 960, length, "s1"), **changed)
    return song.with_source(source).with_track(Track(id="t1", name="Noise", kind="audio", clips=(clip,)))


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"rate": 44_100},
        {"rate": 96_000},
        {"reversed": True},
        {"gain_db": -6.0, "source_offset_frames": 1_001},
        {"fade_in_ms": 4_000.0, "fade_out_ms": 1_500.0},
        {"tempo": 133.7},
    ],
)
def test_every_sample_outside_the_region_and_its_fades_stays(tmp_path, channels, changed):
    song = a_song(tmp_path, channels=channels, **changed)
    (take,) = made(tmp_path, song)
    after = keep(song, take, folder=tmp_path).project
    check_project(after)
    start, end = (song.tempo_map.frame_at(song.meter_map.tick_of_bar(bar), 48_000) for bar in (3, 4))
    old, new = heard(song, tmp_path), heard(after, tmp_path)

    np.testing.assert_allclose(new[:start], old[:start], atol=2e-6)
    np.testing.assert_allclose(new[end + STEP + 1 :], old[end + STEP + 1 :], atol=2e-6)
    assert np.abs(new - old)[start + STEP : end].max() > 0.1


def test_inside_the_region_is_the_new_sound_and_nothing_jumps(tmp_path):
    song = a_song(tmp_path)
    client = SoundMakerFake(channels=2)
    (take,) = made(tmp_path, song, client=client)
    new = heard(keep(song, take, folder=tmp_path).project, tmp_path)
    start = song.tempo_map.frame_at(song.meter_map.tick_of_bar(3), 48_000)
    sine = 0.3 * np.sin(2 * np.pi * 220 * np.arange(48_000) / 48_000)
    np.testing.assert_allclose(new[start + STEP : start + 48_000, 0], sine[STEP:], atol=1e-3)
    assert take.take.measured["worst_seam_dbfs"] <= -40.0


def test_the_engine_hears_the_track_before_and_after(tmp_path):
    song = a_song(tmp_path)
    client = SoundMakerFake(channels=2)
    made(tmp_path, song, client=client)
    (request,) = client.requests
    start, end = (song.tempo_map.frame_at(song.meter_map.tick_of_bar(bar), 48_000) for bar in (3, 4))
    old = heard(song, tmp_path)
    np.testing.assert_allclose(request.before.array(), old[:start], atol=1e-6)
    np.testing.assert_allclose(request.after.array()[: len(old) - end], old[end:], atol=1e-6)
    assert (request.tempo_bpm, request.meter, request.bars) == (97.0, "4/4", 1)
    assert request.seconds == pytest.approx((end - start) / 48_000, abs=1e-4)


def test_the_new_piece_is_a_clip_of_its_own_between_the_cut_old_ones(tmp_path):
    song = a_song(tmp_path)
    (take,) = made(tmp_path, song)
    (track,) = keep(song, take, folder=tmp_path).project.tracks
    left, piece, right = track.clips
    assert (left.source_id, right.source_id) == ("s1", "s1")
    assert piece.take_id == take.id
    assert left.end_ticks == piece.start_ticks == song.meter_map.tick_of_bar(3)
    assert piece.end_ticks == right.start_ticks
    assert left.id != right.id


def test_a_remake_that_ended_early_leaves_the_rest_as_it_was(tmp_path):
    song = a_song(tmp_path)
    (take,) = made(tmp_path, song, client=SoundMakerFake(channels=2, chunk_s=0.5, stop_after=2))
    new = heard(keep(song, take, folder=tmp_path).project, tmp_path)
    old = heard(song, tmp_path)
    start = song.tempo_map.frame_at(song.meter_map.tick_of_bar(3), 48_000)
    np.testing.assert_allclose(new[start + 48_000 + 2 :], old[start + 48_000 + 2 :], atol=2e-6)
    assert np.abs(new - old)[start + STEP : start + 48_000 - STEP].max() > 0.1


def test_a_remake_that_goes_on_takes_the_place_of_its_beginning(tmp_path):
    song = a_song(tmp_path)
    (short,) = made(tmp_path, song, client=SoundMakerFake(channels=2, chunk_s=0.5, stop_after=2))
    once = keep(song, short, folder=tmp_path).project
    (longer,) = made(tmp_path, once, resumed(short))
    again = keep(once, longer, folder=tmp_path).project
    check_project(again)
    (whole,) = made(tmp_path, song)
    directly = keep(song, whole, folder=tmp_path).project
    start = song.tempo_map.frame_at(song.meter_map.tick_of_bar(3), 48_000) + STEP  # faded in twice
    np.testing.assert_allclose(heard(again, tmp_path)[start:], heard(directly, tmp_path)[start:], atol=1e-4)


def test_a_remake_is_auditioned_in_its_place(tmp_path):
    song = a_song(tmp_path)
    (take,) = made(tmp_path, song)
    kept = keep(song, take, folder=tmp_path).project
    value = audition_project(song, take, with_project=True)
    np.testing.assert_allclose(heard(value, tmp_path), heard(kept, tmp_path), atol=1e-6)


def test_a_remake_is_on_the_shelf_after_a_crash(tmp_path):
    (take,) = made(tmp_path, a_song(tmp_path))
    TakesShelf(tmp_path).add(take)
    assert TakesShelf(tmp_path).candidates == (take,)


def test_what_is_still_heard_of_another_take_keeps_its_rights(tmp_path):
    song = a_song(tmp_path, take_id="take-old")
    song = song.with_take(
        Take("take-old", "Old", "other", licence="Not for sale.", commercial_use=False, prompt="noise")
    )
    client = SoundMakerFake(channels=2, commercial_use=True)
    (take,) = made(tmp_path, song, client=client)
    assert take.take.licence == "CC-BY-NC 4.0 Not for sale."
    assert not take.take.commercial_use
    assert take.take.made_from == ("take-old",)
    check_project(keep(song, take, folder=tmp_path).project)


def test_what_is_still_heard_of_a_file_of_others_is_remembered(tmp_path):
    song = a_song(tmp_path)
    theirs = Origin("rain.wav", "CC-BY-NC 4.0")
    sources = tuple(msgspec.structs.replace(source, origins=(theirs,)) for source in song.sources)

    (take,) = made(tmp_path, msgspec.structs.replace(song, sources=sources))

    assert take.project.sources[0].origins == (theirs,)


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        (RemakeRange((), 3, 3, "t9"), "not in the project any more"),
        (RemakeRange((), 3, 99, "t1"), "within 1 to"),
        (RemakeRange((), 7, 7, "t1"), "plays nothing in bars 7 to 7"),
    ],
)
def test_a_remake_of_nothing_is_refused_in_words(tmp_path, mode, said):
    song = msgspec.structs.replace(a_song(tmp_path), end_ticks=8 * 3_840)
    with pytest.raises(UserInputError, match=said):
        made(tmp_path, song, msgspec.structs.replace(AGAIN, mode=mode))


def test_composed_stems_are_left_to_composer(tmp_path, song):
    mode = RemakeRange((), 1, 1, song.tracks[0].id)
    with pytest.raises(UserInputError, match="choose composer"):
        made(tmp_path, song, msgspec.structs.replace(AGAIN, mode=mode))


def layer(**more):
    return Wish(prompt="warm", engine="musicgen", model="tiny", mode=Layer("strings", **more))


def test_a_layer_hears_the_mix_before_its_bars_and_lies_on_a_track_of_its_own(tmp_path, song):
    client = SoundMakerFake()
    (take,) = made(tmp_path, song, layer(first_bar=2, last_bar=2), client)
    (request,) = client.requests
    mix = render_mix(compile_plan(song, media_folder=tmp_path, soundfont=None))
    start = song.tempo_map.frame_at(song.meter_map.tick_of_bar(2), song.rate)
    assert request.prompt == "strings, warm"
    assert (request.key, request.bars) == ("A minor", 1)
    assert request.melody is None
    assert request.before.frames == start
    assert np.abs(request.before.array()).max() == pytest.approx(np.abs(mix[:start]).max(), rel=0.2)
    kept = keep(song, take, folder=tmp_path).project
    check_project(kept)
    new = [track for track in kept.tracks if track.id not in {each.id for each in song.tracks}]
    assert [track.kind for track in new] == ["audio"]
    assert new[0].clips[0].start_ticks == song.meter_map.tick_of_bar(2)
    assert new[0].clips[0].end_ticks == song.meter_map.tick_of_bar(3)


def test_a_layer_from_the_first_bar_hears_what_the_others_are_about_to_play(tmp_path, song):
    client = SoundMakerFake()
    made(tmp_path, song, layer(), client)
    (request,) = client.requests
    assert np.abs(request.before.array()).max() > 0.01
    assert request.seconds == pytest.approx(song.tempo_map.seconds_at(song.length_ticks))


def test_a_layer_of_a_model_that_can_follows_the_mix(tmp_path, song):
    client = SoundMakerFake(follows_melody=True)
    made(tmp_path, song, layer(first_bar=2, last_bar=2), client)
    (request,) = client.requests
    assert request.before is None
    assert request.melody.frames / song.rate == pytest.approx(request.seconds, abs=0.001)


@pytest.mark.parametrize("follows_melody", [True, False])
def test_a_layer_that_goes_on_hears_what_it_heard_at_first_and_nothing_of_itself(
    tmp_path, song, follows_melody
):
    first, again = (SoundMakerFake(follows_melody=follows_melody, stop_after=n) for n in (2, None))
    (short,) = made(tmp_path, song, layer(), first)
    once = keep(song, short, folder=tmp_path).project
    made(tmp_path, once, resumed(short), again)
    (began,), (went_on,) = first.requests, again.requests
    assert (went_on.melody, went_on.before) == (began.melody, began.before)
    assert went_on.tokens == (b"\1\0",)


def test_a_take_follows_a_track_of_the_project_on_its_bars_and_tempo(tmp_path, song):
    client = SoundMakerFake(follows_melody=True)
    track = next(track for track in song.tracks if track.role == "bass")
    wish = Wish(
        prompt="choir", engine="musicgen", model="tiny", tempo=60.0, sound=SoundWish(melody_track=track.id)
    )
    (take,) = made(tmp_path, song, wish, client)
    (request,) = client.requests
    assert request.tempo_bpm == song.tempo_map.bpm_at(0)
    assert request.seconds == pytest.approx(song.tempo_map.seconds_at(song.length_ticks))
    assert request.melody.frames == song.tempo_map.frame_at(song.length_ticks, song.rate)
    assert np.abs(request.melody.array()).max() > 0.01
    kept = keep(song, take, folder=tmp_path).project
    assert kept.tempo_map == song.tempo_map
    assert next(each for each in kept.tracks if each.kind == "audio").clips[0].end_ticks == song.length_ticks


def test_a_track_that_is_silent_is_no_melody(tmp_path, song):
    empty = song.with_track(Track(id="t9", name="Empty", kind="notes"))
    wish = Wish(engine="musicgen", model="tiny", sound=SoundWish(melody_track="t9"))
    with pytest.raises(UserInputError, match="“Empty” plays nothing"):
        made(tmp_path, empty, wish, SoundMakerFake(follows_melody=True))
