"""MusicGen in the sound process, as the program runs it."""

import sys
import threading

import pytest
from msgspec.structs import replace

from musicgen_desktop.foundation import StopFlag, UserInputError
from musicgen_desktop.generation.host import SoundClient, add_model, check_model
from musicgen_desktop.generation.musicgen.library import model_folder, read_model, write_model
from musicgen_desktop.generation.sound import SoundRequest
from tests.fakes.sound_engines import KeptSound
from tests.fakes.tiny_musicgen import install_tiny, write_transformers

SMALL_CAP = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (12 * 2**30, 12 * 2**30))
from musicgen_desktop.__main__ import main
sys.argv = ["musicgen-desktop", "sound-process"]
sys.exit(main())
"""


@pytest.fixture
def model(tmp_path):
    return install_tiny(tmp_path / "tiny")


@pytest.fixture
def client():
    made = SoundClient()
    yield made
    made.close()


def test_a_model_is_added_checked_and_makes_sound(tmp_path, client):
    sink = KeptSound()
    model = add_model("musicgen", write_transformers(tmp_path / "tiny", "small"), "Tiny")

    assert "makes sound" in check_model("musicgen", model)
    take = client.generate("musicgen", SoundRequest(model=model, prompt="piano"), sink, StopFlag())

    assert take.frames == (320_000,)
    assert sum(sound.frames for _, _, sound in sink.chunks) == 320_000
    assert client.loaded()["musicgen"].keys() == {model}


def test_a_take_that_is_stopped_is_kept_and_the_process_goes_on(model, client):
    stop = StopFlag()

    class Stopping(KeptSound):
        def chunk(self, variation, start_frame, sound):
            super().chunk(variation, start_frame, sound)
            stop.set()

    long = SoundRequest(model=model, seconds=600.0)
    take = client.generate("musicgen", long, Stopping(), stop)
    again = client.generate("musicgen", replace(long, seconds=1.0), KeptSound(), StopFlag())

    assert take.stopped
    assert 0 < take.frames[0] < 600 * 32_000
    assert len(take.tokens[0]) > 0
    assert again.frames == (32_000,)


def test_two_wishes_are_one_batch(model, client):
    takes = {}

    def make(seed):
        wish = SoundRequest(model=model, seed=seed, seconds=3.0)
        takes[seed] = client.generate("musicgen", wish, KeptSound(), StopFlag())

    threads = [threading.Thread(target=make, args=(seed,)) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)

    assert {take.frames for take in takes.values()} == {(96_000,)}
    assert takes[1].tokens != takes[2].tokens


@pytest.mark.skipif(
    sys.platform == "win32", reason="a process's memory is limited by its shell elsewhere only"
)
def test_a_model_larger_than_the_memory_is_refused_with_a_smaller_one_and_the_process_lives(model):
    client = SoundClient((sys.executable, "-c", SMALL_CAP))
    tiny = read_model(model)
    folder = model_folder("giant")
    folder.mkdir()
    decoder = replace(tiny.shape.decoder, layers=96, width=8192, heads=64, feed_forward=32_768)
    write_model(
        folder, replace(tiny, id="giant", name="Giant", hashes={}, shape=replace(tiny.shape, decoder=decoder))
    )

    with pytest.raises(
        UserInputError, match=r"“Giant” needs about .* GB of memory .* choose “Tiny”, which fits"
    ):
        client.load("musicgen", "giant")
    pid = client.pid
    take = client.generate("musicgen", SoundRequest(model=model, seconds=1.0), KeptSound(), StopFlag())
    same = client.pid == pid
    client.close()

    assert take.frames == (32_000,)
    assert same
