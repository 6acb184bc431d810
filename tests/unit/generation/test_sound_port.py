import msgspec
import numpy as np
import pytest

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.sound import Sound, SoundRequest, check_sound_request, within

STEREO = np.array([[0.0, 1.0], [-0.5, 0.25], [0.125, -1.0]], np.float32)


def test_sound_travels_as_bytes_and_comes_back_as_it_was():
    sound = msgspec.msgpack.decode(msgspec.msgpack.encode(Sound.of(STEREO, 32_000)), type=Sound)

    assert (sound.rate, sound.channels, sound.frames) == (32_000, 2, 3)
    assert np.array_equal(sound.array(), STEREO)


def test_sound_of_another_type_and_order_in_memory_is_the_same_sound():
    assert Sound.of(np.asfortranarray(STEREO.astype(np.float64)), 8_000).data == STEREO.tobytes()


def test_an_array_of_a_sound_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        Sound.of(STEREO, 8_000).array()[0] = 0.0


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"seconds": 1.0, "variations": 1, "temperature": 0.0, "top_k": 0, "top_p": 0.0, "guidance": 1.0},
        {
            "seconds": 600.0,
            "variations": 8,
            "temperature": 2.0,
            "top_k": 2048,
            "top_p": 1.0,
            "guidance": 10.0,
        },
        {"prompt": "x" * 2000, "melody": Sound.of(STEREO, 8_000), "before": Sound.of(STEREO, 192_000)},
    ],
)
def test_what_an_engine_can_do_passes(values):
    check_sound_request(SoundRequest(model="m", **values))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"seconds": 0.9}, r"^The length cannot be 0\.9 seconds; choose 1 to 600\.$"),
        ({"seconds": 601.0}, "The length cannot be 601 seconds"),
        ({"seconds": float("nan")}, "The length cannot be nan seconds"),
        ({"variations": 0}, r"^The number of takes cannot be 0; choose 1 to 8\.$"),
        ({"variations": 9}, "The number of takes cannot be 9"),
        ({"guidance": 0.5}, r"^The guidance cannot be 0\.5; choose 1 to 10\.$"),
        ({"guidance": 0.0}, "The guidance cannot be 0"),
        ({"guidance": 11.0}, "The guidance cannot be 11"),
        ({"tempo_bpm": 5.0}, "The tempo cannot be 5 BPM"),
        ({"bars": 0}, "A song cannot be 0 bars long"),
        ({"temperature": -0.1}, "The temperature cannot be -0.1; choose 0 to 2"),
        ({"temperature": float("inf")}, "The temperature cannot be inf"),
        ({"top_k": -1}, "Top-k cannot be -1; choose 0 to 2048"),
        ({"top_p": 1.5}, r"Top-p cannot be 1\.5; choose 0 to 1"),
        ({"prompt": "x" * 2001}, r"^The prompt has 2001 characters; shorten it to at most 2000\.$"),
    ],
)
def test_what_no_engine_can_do_is_refused_with_its_limits(values, sentence):
    with pytest.raises(UserInputError, match=sentence):
        check_sound_request(SoundRequest(model="m", **values))


@pytest.mark.parametrize("where", ["melody", "before", "after"])
@pytest.mark.parametrize(
    "sound",
    [
        Sound(32_000, 1, b""),
        Sound(32_000, 2, bytes(4)),
        Sound(32_000, 3, bytes(12)),
        Sound(32_000, 0, bytes(8)),
        Sound(0, 1, bytes(8)),
    ],
)
def test_a_sound_that_is_none_is_refused(where, sound):
    with pytest.raises(UserInputError, match="damaged or empty; choose another file"):
        check_sound_request(SoundRequest(model="m", **{where: sound}))


def test_limits_belong_to_what_is_allowed():
    within(1.0, "It", 1.0, 2.0)
    within(2.0, "It", 1.0, 2.0)
    with pytest.raises(UserInputError, match=r"^It cannot be 3 bars; choose 1 to 2\.$"):
        within(3.0, "It", 1.0, 2.0, " bars")
