import numpy as np
import pytest

from musicgen_desktop.instruments import ScheduledControl, ScheduledNote, available_soundfont, make_instrument
from musicgen_desktop.music import Patch

RATE = 48000
PATCHES = {
    "sampler": Patch("general_midi", 48),
    "sampled drums": Patch("general_midi", is_drums=True),
    "synth": Patch("synth", preset="saw_lead"),
    "pad": Patch("synth", preset="warm_pad"),
    "drums": Patch("synth", preset="kit_909", is_drums=True),
}


def a_part(*pitches, velocity=100):
    return [
        ScheduledNote(number * 9000, number * 9000 + 8000, pitch, velocity + number)
        for number, pitch in enumerate(pitches)
    ]


def made(kind, notes, **settings):
    return make_instrument(PATCHES[kind], notes, RATE, soundfont=available_soundfont(), **settings)


@pytest.mark.parametrize("kind", PATCHES)
@pytest.mark.parametrize(
    "edited", [a_part(40, 43), a_part(47, 43, 40, velocity=101), a_part(40, 72, 30, velocity=20)]
)
def test_an_edited_part_sounds_the_same_whether_or_not_it_uses_what_there_was(kind, edited):
    before = made(kind, a_part(40, 43, 47, 43))
    before.render(0, 40000)

    again = made(kind, edited, like=before).render(3000, 60000)

    assert np.array_equal(again, made(kind, edited).render(3000, 60000))


@pytest.mark.parametrize("kind", ["sampler", "sampled drums"])
def test_what_is_loaded_is_not_loaded_again(kind):
    if available_soundfont() is None:
        pytest.skip("tinysoundfont is not installed")
    before = made(kind, a_part(40, 43, 47, 43))

    after = made(kind, a_part(47, 40), like=before)

    assert after.loaded is before.loaded


def test_bent_notes_are_like_no_others():
    bend = [ScheduledControl(0, "pitch_bend", 4000)]
    before = made("synth", a_part(40, 43), controls=bend)
    before.render(0, 20000)

    straight = made("synth", a_part(40, 43), like=before)
    bent = made("synth", a_part(40, 43), controls=bend, like=straight)

    assert np.array_equal(straight.render(0, 20000), made("synth", a_part(40, 43)).render(0, 20000))
    assert np.array_equal(bent.render(0, 20000), before.render(0, 20000))


def test_another_patch_shares_nothing():
    before = made("synth", a_part(40, 43))

    after = made("pad", a_part(40, 43), like=before)

    assert after.held is not before.held
