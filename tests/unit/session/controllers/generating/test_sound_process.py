"""Takes of a real sound process and an engine of another package: what ends early is kept and goes on."""

import os
import signal
import sys

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import Project, check_project
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.generation.host import GenerationFailedError
from musicgen_desktop.generation.sound import Sound, SoundTake
from musicgen_desktop.media import read_audio
from musicgen_desktop.session.controllers.generating import (
    GenerateSound,
    SoundClient,
    TakesShelf,
    Wish,
    can_resume,
    keep,
    resumed,
)
from tests.fakes.sound_engines import install_engines

SLOW = Wish(prompt="slow sine", engine="sine", seconds=60.0, tempo=90.0, seed=7)
QUICK = msgspec.structs.replace(SLOW, prompt="sine", seconds=2.0)


@pytest.fixture
def client(monkeypatch):
    install_engines(monkeypatch)
    client = SoundClient()
    yield client
    client.close()


def stopped(client, folder, wish=SLOW):
    stop = StopFlag()
    return GenerateSound(client, wish, folder, preview=lambda *_: stop.set()).run(stop=stop)


def killed(client, folder, wish=SLOW):
    return GenerateSound(
        client, wish, folder, preview=lambda *_: client.pid and os.kill(client.pid, signal.SIGKILL)
    ).run()


def resumed_beyond(client, short, folder):
    """A take that goes on from another one and is stopped once more."""
    stop, end = StopFlag(), len(sound(short, folder))

    def look(_variation, project, _plan):
        if sum(source.frames for source in project.sources) > end:
            stop.set()

    (longer,) = GenerateSound(client, resumed(short), folder, preview=look).run(stop=stop)
    assert longer.take.measured["stopped"] is True
    return longer


def sound(take, folder):
    return read_audio(folder / take.project.sources[0].path)[0]


def test_a_stop_keeps_what_was_made_with_its_tokens(client, tmp_path):
    (take,) = stopped(client, tmp_path)
    assert take.take.measured["stopped"] is True
    assert "ended_because" not in take.take.measured
    assert 0 < len(sound(take, tmp_path)) < 20 * 48_000
    assert can_resume(take, tmp_path)
    assert sorted(path.suffix for path in (tmp_path / "takes").iterdir()) == [".tokens", ".wav"]


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_a_killed_process_is_one_sentence_the_candidate_is_kept_and_the_next_take_works(client, tmp_path):
    (take,) = killed(client, tmp_path)
    assert take.take.measured["ended_because"].startswith("The process that makes sound ended unexpectedly")
    assert (take.take.engine, take.take.model, take.take.licence) == ("sine", "a440", "CC0-1.0")
    assert 0 < len(sound(take, tmp_path)) < 20 * 48_000
    assert can_resume(take, tmp_path)
    (following,) = GenerateSound(client, QUICK, tmp_path).run()
    assert following.take.measured["stopped"] is False


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
@pytest.mark.parametrize("end", [stopped, killed])
def test_a_take_goes_on_from_its_tokens_and_is_what_it_would_have_been(client, tmp_path, end):
    (short,) = end(client, tmp_path)
    wish = resumed(short)
    asked = []

    class Asking:
        models = client.models

        def generate(self, engine, request, sink, stop):
            asked.append(request)
            return client.generate(
                engine, msgspec.structs.replace(request, prompt="sine", seconds=20.0), sink, stop
            )

    (longer,) = GenerateSound(Asking(), wish, tmp_path).run()
    (request,) = asked
    tokens = (tmp_path / "takes" / f"{short.id}.tokens").read_bytes()
    assert tokens
    assert request.tokens == (tokens,)
    assert request.seed == 7
    whole, beginning = sound(longer, tmp_path), sound(short, tmp_path)
    clear = len(beginning) - 1_000  # the end of a file rings a little in the converter
    np.testing.assert_allclose(whole[:clear], beginning[:clear], atol=1e-4)
    assert len(whole) > len(beginning)


def test_variations_go_on_each_from_its_own_tokens(client, tmp_path):
    first, second = stopped(client, tmp_path, msgspec.structs.replace(SLOW, variations=2))
    assert (resumed(first).seed, resumed(second).seed) == (7, 8)
    assert resumed(second).sound.resume == second.id
    assert resumed(second).variations == 1


def test_the_longer_take_plays_where_the_shorter_one_did(client, tmp_path):
    (short,) = stopped(client, tmp_path)
    once = keep(Project.new("Untitled"), short, folder=tmp_path).project
    wish = msgspec.structs.replace(resumed(short), prompt="sine", seconds=4.0)
    (longer,) = GenerateSound(client, wish, tmp_path).run()
    project = keep(once, longer, folder=tmp_path).project
    check_project(project)
    (track,) = project.tracks
    (clip,) = track.clips
    assert clip.take_id == longer.id
    assert track.id == once.tracks[0].id
    assert clip.end_ticks == longer.length_ticks == project.length_ticks
    assert [source.id for source in project.sources] == [longer.project.sources[0].id]


def test_a_take_that_went_on_twice_plays_where_the_first_one_did(client, tmp_path):
    (first,) = stopped(client, tmp_path)
    once = keep(Project.new("Untitled"), first, folder=tmp_path).project
    second = resumed_beyond(client, first, tmp_path)
    wish = msgspec.structs.replace(resumed(second), prompt="sine", seconds=8.0)
    (longest,) = GenerateSound(client, wish, tmp_path).run()
    project = keep(once, longest, folder=tmp_path).project
    check_project(project)
    (track,) = project.tracks
    (clip,) = track.clips
    assert clip.take_id == longest.id
    assert clip.end_ticks == longest.length_ticks


def test_a_clip_that_was_cut_stays_cut_when_its_take_goes_on(client, tmp_path):
    (short,) = stopped(client, tmp_path)
    once = keep(Project.new("Untitled"), short, folder=tmp_path).project
    (track,) = once.tracks
    (clip,) = track.clips
    cut = msgspec.structs.replace(clip, length_ticks=clip.length_ticks // 2)
    wish = msgspec.structs.replace(resumed(short), prompt="sine", seconds=4.0)
    (longer,) = GenerateSound(client, wish, tmp_path).run()
    project = keep(once.with_track(track.with_clip(cut)), longer, folder=tmp_path).project
    assert project.tracks[0].clips[0].length_ticks == cut.length_ticks


def test_a_whole_take_cannot_go_on(client, tmp_path):
    (take,) = GenerateSound(client, QUICK, tmp_path).run()
    assert not can_resume(take, tmp_path)


@pytest.mark.parametrize("damage", [None, b""])
def test_a_take_without_its_tokens_is_refused_in_words(client, tmp_path, damage):
    (take,) = stopped(client, tmp_path)
    tokens = tmp_path / "takes" / f"{take.id}.tokens"
    tokens.unlink()
    if damage is not None:
        tokens.write_bytes(damage)
    with pytest.raises(UserInputError, match=r"go on from is (missing|damaged)"):
        GenerateSound(client, resumed(take), tmp_path).run()


def test_tokens_are_looked_for_nowhere_else(client, tmp_path):
    (take,) = stopped(client, tmp_path)
    (tmp_path / "mine.tokens").write_bytes(b"\1\0")
    wish = resumed(take)
    wish = msgspec.structs.replace(wish, sound=msgspec.structs.replace(wish.sound, resume="../mine"))
    with pytest.raises(UserInputError, match="missing"):
        GenerateSound(client, wish, tmp_path).run()


def test_a_stopped_take_is_on_the_shelf_after_a_crash_and_can_go_on(client, tmp_path):
    (take,) = stopped(client, tmp_path)
    TakesShelf(tmp_path).add(take)
    (found,) = TakesShelf(tmp_path).candidates
    assert can_resume(found, tmp_path)
    assert resumed(found) == resumed(take)


class Halting:
    """A process that ends after the first chunk, as the user wants or by itself."""

    def __init__(self, client, failure=None):
        self.models, self._client, self._failure = client.models, client, failure

    def generate(self, _engine, request, sink, _stop):
        sink.chunk(0, 0, Sound.of(np.zeros((800, 1), np.float32), 8_000))
        if self._failure is not None:
            raise self._failure
        return SoundTake(
            engine="sine",
            model=request.model,
            licence="CC0-1.0",
            commercial_use=True,
            path="a formula",
            rate=8_000,
            channels=1,
            tokens=request.tokens,
            frames=(800,),
            stopped=True,
        )


@pytest.mark.parametrize("failure", [None, GenerationFailedError("The process ended.")])
def test_a_take_that_ends_before_the_one_that_it_goes_on_from_leaves_that_one_alone(
    client, tmp_path, failure
):
    (short,) = stopped(client, tmp_path)
    files = sorted((tmp_path / "takes").iterdir())
    halting = Halting(client, failure)
    with pytest.raises(GenerationFailedError if failure else Stopped):
        GenerateSound(halting, resumed(short), tmp_path).run()
    assert sorted((tmp_path / "takes").iterdir()) == files
