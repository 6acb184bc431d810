import numpy as np
import pytest

from musicgen_desktop.listening import estimate_key, keys_agree
from musicgen_desktop.music import Key

RATE = 22_050
DEGREES = {
    "major": ((0, 4, 7), (5, 9, 0), (7, 11, 2), (0, 4, 7)),
    "minor": ((0, 3, 7), (5, 8, 0), (7, 10, 2), (0, 3, 7)),
}
KEYS = [(tonic, scale) for scale in DEGREES for tonic in range(12)]


def cadence(tonic, scale, *, base=48):
    """Tonic, subdominant, dominant, tonic, each tone with six harmonics that fall by half."""
    seconds = np.arange(RATE) / RATE
    chords = []
    for chord in DEGREES[scale]:
        sound = np.zeros(RATE)
        for step in chord:
            hz = 440.0 * 2.0 ** ((base + (tonic + step) % 12 - 69) / 12)
            sound += sum(0.5**n * np.sin(2 * np.pi * hz * (n + 1) * seconds) for n in range(6))
        chords.append(0.05 * sound)
    return np.concatenate(chords).astype(np.float32)


@pytest.mark.parametrize(("tonic", "scale"), KEYS)
def test_a_cadence_is_heard_in_its_key_or_one_that_shares_its_notes(tonic, scale):
    heard = estimate_key(cadence(tonic, scale), RATE)

    assert keys_agree(heard.key, Key.of(tonic, scale))
    assert heard.fit > 0.5


def test_most_cadences_are_heard_in_the_very_key():
    heard = [estimate_key(cadence(tonic, scale), RATE).key for tonic, scale in KEYS]

    same = sum((key.tonic, key.scale) == wanted for key, wanted in zip(heard, KEYS, strict=True))
    assert same >= 20


def test_loudness_and_channels_do_not_change_the_key():
    sound = cadence(9, "minor")

    quiet = estimate_key(np.stack([0.01 * sound, 0.01 * sound], axis=1), RATE)

    assert str(quiet.key) == str(estimate_key(sound, RATE).key)


@pytest.mark.parametrize("frames", [0, 1, 100, RATE])
def test_silence_has_no_key_however_long(frames):
    assert estimate_key(np.zeros((frames, 2), np.float32), RATE) is None


@pytest.mark.parametrize("frames", [1, 7, 300, 5_000])
def test_a_moment_of_sound_is_no_trouble(frames):
    estimate_key(cadence(0, "major")[:frames], RATE)


@pytest.mark.parametrize(
    ("measured", "wanted", "agree"),
    [
        ("A minor", "A minor", True),
        ("C major", "A minor", True),
        ("E minor", "A minor", True),
        ("D minor", "A minor", True),
        ("G major", "A minor", True),
        ("A major", "A minor", False),
        ("Bb minor", "A minor", False),
        ("D major", "C major", False),
        ("F# major", "Gb major", True),
        ("D minor", "D dorian", True),
    ],
)
def test_keys_agree_when_they_share_all_or_all_but_one_of_their_notes(measured, wanted, agree):
    assert keys_agree(Key.parse(measured), Key.parse(wanted)) is agree


@pytest.mark.parametrize(
    ("measured", "wanted", "agrees"),
    [
        ("A major", "B dorian", True),  # the same notes
        ("E major", "B dorian", True),  # a fifth from them
        ("B minor", "B dorian", True),  # the same tonic and third
        ("C major", "B dorian", False),
        ("A minor", "A blues", True),
        ("F# major", "C major", False),
    ],
)
def test_modes_agree_by_their_notes_or_their_tonic(measured, wanted, agrees):
    assert keys_agree(Key.parse(measured), Key.parse(wanted)) is agrees
