"""Takes that are sound, while they come and when they are there."""

import errno
from itertools import pairwise

import msgspec
import numpy as np
import pytest

from musicgen_desktop.dsp import resample
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationFailedError
from musicgen_desktop.generation.sound import Sound
from musicgen_desktop.media import CannotWriteError, read_audio, read_info, write_wav
from musicgen_desktop.session.controllers.generating import (
    Continue,
    GenerateSound,
    Layer,
    RemakeRange,
    SoundWish,
    Wish,
)
from tests.fakes.sound_maker import RATE, SoundMakerFake

WISH = Wish(prompt="slow piano", engine="musicgen", model="tiny", bars=1, tempo=97.0, seed=5)


def made(folder, wish=WISH, client=None, **more):
    return GenerateSound(client or SoundMakerFake(), wish, folder, **more).run()


def test_a_take_is_exactly_as_long_as_its_bars(tmp_path):
    (take,) = made(tmp_path)
    exact = take.project.tempo_map.frame_at(take.project.meter_map.tick_of_bar(2), 48_000)
    (source,) = take.project.sources
    assert source.frames == exact == read_info(tmp_path / source.path).frames
    assert take.length_ticks == take.project.meter_map.tick_of_bar(2)


def test_the_file_is_what_resampling_the_whole_sound_gives(tmp_path):
    client = SoundMakerFake()
    (take,) = made(tmp_path, client=client)
    audio, rate = read_audio(tmp_path / take.project.sources[0].path)
    whole = resample(client.sound(0, round(client.requests[0].seconds * RATE)), RATE, 48_000)
    assert rate == 48_000
    frames = min(len(audio), len(whole))
    assert abs(len(audio) - len(whole)) <= 1
    np.testing.assert_allclose(audio[:frames], whole[:frames], atol=1e-5)


def test_parts_follow_each_other_without_a_gap_or_an_overlap(tmp_path):
    seen = []

    def preview(_variation, project, _plan):
        heard = [read_audio(tmp_path / source.path)[0] for source in project.sources]
        seen.append((project, np.concatenate(heard)))

    (take,) = made(tmp_path, preview=preview)
    *coming, (_, final) = seen
    assert len(coming) > 2
    for project, heard in coming:
        (track,) = project.tracks
        at = 0
        for clip, source in zip(track.clips, project.sources, strict=True):
            assert project.tempo_map.frame_at(clip.start_ticks, 48_000) == at
            at += source.frames
        np.testing.assert_array_equal(heard, final[: len(heard)])
    assert take.project.sources[0].frames == len(final)


def test_parts_that_were_shown_do_not_change(tmp_path):
    shown = []
    made(tmp_path, preview=lambda _variation, project, _plan: shown.append(project))
    for earlier, later in pairwise(shown[:-1]):
        assert later.sources[: len(earlier.sources)] == earlier.sources
        assert later.tracks[0].clips[: len(earlier.sources)] == earlier.tracks[0].clips


def test_only_whole_takes_are_left_in_the_folder(tmp_path):
    (take,) = made(tmp_path)
    assert {path.name for path in (tmp_path / "takes").iterdir()} == {f"{take.id}.wav", f"{take.id}.tokens"}


def test_a_take_says_where_it_comes_from(tmp_path):
    (take,) = made(tmp_path)
    record = take.take
    assert (record.engine, record.model, record.licence) == ("musicgen", "tiny", "CC-BY-NC 4.0")
    assert not record.commercial_use
    assert record.measured["path"] == "torch fp32, 1 thread"
    assert record.measured["worst_seam_dbfs"] == -61.0
    assert record.measured["stopped"] is False
    assert msgspec.json.decode(msgspec.json.encode(record.request)) == record.request


def test_variations_are_made_together_each_with_its_own_seed_and_sound(tmp_path):
    client = SoundMakerFake(channels=2)
    first, second = made(tmp_path, msgspec.structs.replace(WISH, variations=2), client)
    assert len(client.requests) == 1
    assert (first.take.seed, second.take.seed) == (5, 6)
    one, other = (read_audio(tmp_path / take.project.sources[0].path)[0] for take in (first, second))
    assert not np.array_equal(one, other)


def test_a_stopped_take_is_kept_and_says_so(tmp_path):
    (take,) = made(tmp_path, client=SoundMakerFake(stop_after=2))
    assert take.take.measured["stopped"] is True
    assert 0.0 < take.take.measured["share_made"] < 1.0
    assert read_info(tmp_path / take.project.sources[0].path).frames == pytest.approx(1.4 * 48_000, abs=2)
    assert (tmp_path / "takes" / f"{take.id}.tokens").read_bytes() == b"\1\0"


def failing(after):
    return SoundMakerFake(fail_after=after, failure=GenerationFailedError("The process ended."))


def test_a_take_whose_process_died_keeps_what_was_made_and_says_why(tmp_path):
    (take,) = made(tmp_path, client=failing(2))
    assert take.take.measured["stopped"] is True
    assert take.take.measured["ended_because"] == "The process ended."
    assert (take.take.engine, take.take.model, take.take.licence) == ("musicgen", "tiny", "CC-BY-NC 4.0")
    assert not take.take.commercial_use
    assert read_info(tmp_path / take.project.sources[0].path).frames == pytest.approx(1.4 * 48_000, abs=2)
    assert {path.name for path in (tmp_path / "takes").iterdir()} == {f"{take.id}.wav", f"{take.id}.tokens"}
    assert (tmp_path / "takes" / f"{take.id}.tokens").read_bytes() == b"\2\0"


def test_a_process_that_dies_before_any_sound_is_a_failure_and_leaves_nothing(tmp_path):
    with pytest.raises(GenerationFailedError, match="The process ended"):
        made(tmp_path, client=failing(0))
    assert not list((tmp_path / "takes").iterdir())


def test_the_only_model_is_taken_when_none_is_named(tmp_path):
    (take,) = made(tmp_path, msgspec.structs.replace(WISH, model=None))
    assert take.take.model == take.wish.model == "tiny"


def test_a_take_that_is_stopped_before_any_sound_is_none(tmp_path):
    stop = StopFlag()
    stop.set()
    with pytest.raises(Stopped):
        GenerateSound(SoundMakerFake(), WISH, tmp_path).run(stop=stop)
    assert not list((tmp_path / "takes").iterdir())


@pytest.mark.parametrize(
    ("client", "said"),
    [(SoundMakerFake(out_of_order=True), "out of order"), (SoundMakerFake(spoiled=True), "no sound")],
)
def test_sound_that_is_not_in_order_is_refused_and_leaves_no_file(tmp_path, client, said):
    with pytest.raises(UserInputError, match=said):
        made(tmp_path, client=client)
    assert not list((tmp_path / "takes").iterdir())


def test_a_take_whose_tokens_cannot_be_written_is_kept_and_says_so(tmp_path, monkeypatch):
    def refusing(path, _data):
        raise CannotWriteError(path, OSError(errno.EIO, "Input/output error"))

    monkeypatch.setattr("musicgen_desktop.session.controllers.generating._sound_take.write_file", refusing)
    takes = made(tmp_path, msgspec.structs.replace(WISH, variations=2), SoundMakerFake(stop_after=2))
    assert len(takes) == 2
    assert all("Input/output error" in take.take.measured["ended_because"] for take in takes)
    assert {path.suffix for path in (tmp_path / "takes").iterdir()} == {".wav"}


def test_an_engine_that_makes_no_sound_is_told_so(tmp_path):
    with pytest.raises(UserInputError, match="made no sound"):
        made(tmp_path, client=SoundMakerFake(silent=True))


@pytest.mark.parametrize(
    ("variation", "sound"),
    [
        (1, Sound(8_000, 1, bytes(4))),
        (-1, Sound(8_000, 1, bytes(4))),
        (0, Sound(8_000, 0, bytes(4))),
        (0, Sound(0, 1, bytes(4))),
        (0, Sound(8_000, 1, bytes(3))),
    ],
)
def test_what_is_no_sound_of_a_clumsy_engine_is_refused_in_words(tmp_path, variation, sound):
    class Clumsy(SoundMakerFake):
        def generate(self, engine, request, sink, stop):
            sink.chunk(variation, 0, sound)
            return super().generate(engine, request, sink, stop)

    with pytest.raises(UserInputError, match="no sound; choose another engine"):
        made(tmp_path, client=Clumsy())
    assert not list((tmp_path / "takes").iterdir())


def test_progress_says_how_long_it_will_take(tmp_path):
    told = []
    GenerateSound(SoundMakerFake(), WISH, tmp_path).run(lambda done, stage: told.append((done, stage)))
    assert any("s left" in stage for _, stage in told)
    assert told[-1] == (1.0, "Made")


def test_what_follows_hears_the_song_up_to_its_bar(tmp_path, song):
    client = SoundMakerFake()
    wish = msgspec.structs.replace(WISH, mode=Continue(), bars=1, tempo=None)
    (take,) = made(tmp_path, wish, client, project=song)
    (request,) = client.requests
    start = song.meter_map.tick_of_bar(3)
    assert take.start_ticks == start
    assert request.before.frames == min(10 * song.rate, song.tempo_map.frame_at(start, song.rate))
    assert np.abs(request.before.array()).max() > 0.01
    assert request.tempo_bpm == song.tempo_map.bpm_at(start)


def test_sampling_and_melody_reach_the_engine(tmp_path):
    melody = made(tmp_path)[0].project.sources[0]
    client = SoundMakerFake(follows_melody=True)
    sound = SoundWish(guidance=4.5, temperature=0.8, top_k=50, top_p=0.9, melody=str(tmp_path / melody.path))
    made(tmp_path, msgspec.structs.replace(WISH, sound=sound), client)
    (request,) = client.requests
    assert (request.guidance, request.temperature, request.top_k, request.top_p) == (4.5, 0.8, 50, 0.9)
    assert request.melody.frames == melody.frames


def test_no_more_of_a_long_file_is_read_than_is_needed_to_refuse_it(tmp_path, monkeypatch):
    write_wav(tmp_path / "set.wav", np.zeros((12 * 60 * 8_000, 1), np.float32), 8_000, 16)
    read = []

    def watched(*args, **more):
        audio, rate = read_audio(*args, **more)
        read.append(len(audio) / rate)
        return audio, rate

    monkeypatch.setattr("musicgen_desktop.session.controllers.generating._sound_heard.read_audio", watched)
    wish = msgspec.structs.replace(WISH, sound=SoundWish(melody=str(tmp_path / "set.wav")))
    with pytest.raises(UserInputError, match="is longer than 10 minutes; cut it first"):
        made(tmp_path, wish, SoundMakerFake(follows_melody=True))
    assert max(read) < 601


def test_a_take_goes_on_from_the_end_of_a_file_however_long_it_is(tmp_path):
    end = 0.5 * np.sin(np.arange(10 * 8_000) / 10.0)[:, np.newaxis]
    write_wav(tmp_path / "set.wav", np.concatenate([np.zeros((11 * 60 * 8_000, 1)), end]), 8_000, 32)
    client = SoundMakerFake()

    made(tmp_path, msgspec.structs.replace(WISH, sound=SoundWish(before=str(tmp_path / "set.wav"))), client)

    (request,) = client.requests
    np.testing.assert_array_equal(request.before.array(), end.astype(np.float32))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"model": "gone"}, "no model “gone” of musicgen here; choose from tiny"),
        ({"mode": Layer("bass")}, "project is empty"),
        ({"mode": RemakeRange((), 1, 1, "t1")}, "project is empty"),
        ({"sound": SoundWish(melody="tune.wav")}, "Tiny follows no melody"),
        ({"mode": Continue()}, "project is empty"),
        ({"sound": SoundWish(guidance=40.0)}, "guidance"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_in_words(tmp_path, changed, said):
    with pytest.raises(UserInputError, match=said):
        made(tmp_path, msgspec.structs.replace(WISH, **changed))
