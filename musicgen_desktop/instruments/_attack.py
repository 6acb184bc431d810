"""When a sampled sound speaks: recordings begin with breath, a bow or a pick, and some with silence.

The player starts a sample at its note; what the ear takes for the note comes later, by up to some fifty
milliseconds. Here it is measured how much, so that the player can start the sample that much earlier.
"""

import numpy as np
from numpy.typing import NDArray

from ._schedule import Audio

LISTEN_S = 0.14
"""How much of each sound must be given."""

LONGEST_LEAD_S = 0.06
"""No sound is started earlier than this before its note."""

_BEGINS_DB, _SPEAKS_DB = 30.0, 15.0
# In milliseconds: within which the sound reaches its first peak, and how much of its breath may be heard
# before the note.
_PEAK_WITHIN, _MOST_BREATH = 80, 5
_SILENT = 1e-10


def leads(sounds: Audio, rate: int) -> NDArray[np.int64]:
    """[sounds] by how many frames each should be started before its note.

    A sound begins where its level, in steps of a millisecond, first comes within 30 dB of its peak in the
    80 milliseconds after the note, and speaks within 15 dB of it: in the wave or in its slope, where a pick
    or hammer shows that a low tone hides. It should speak on the note, but not begin much before it; so what
    swells slowly is moved little.

    Args:
        sounds: [sounds, frames, 2], each from its note-on over `LISTEN_S`.
        rate: frames per second, at least 1000.
    """
    step = rate // 1000
    count = sounds.shape[1] // step
    mono = sounds[:, : count * step].sum(axis=2)
    levels = [
        np.square(wave).reshape(len(sounds), count, step).mean(axis=2)
        for wave in (mono, np.diff(mono, axis=1, prepend=np.float32(0)))
    ]
    peaks = [np.maximum.accumulate(level, axis=1) for level in levels]
    lead = np.zeros(len(sounds), np.int64)
    # What the peak is depends on where the note will be: from no lead on, each round brings them nearer.
    for _ in range(4):
        last = np.minimum(lead + _PEAK_WITHIN, count - 1)[:, np.newaxis]
        begins = _first_within(levels, peaks, last, _BEGINS_DB)
        speaks = _first_within(levels, peaks, last, _SPEAKS_DB)
        lead = np.minimum(speaks, begins + _MOST_BREATH)
        lead = np.minimum(lead, int(LONGEST_LEAD_S * 1000))
    return lead * step


def _first_within(
    levels: list[NDArray[np.float32]],
    peaks: list[NDArray[np.float32]],
    last: NDArray[np.int64],
    below_db: float,
) -> NDArray[np.int64]:
    """[sounds] the first step so near its peak up to `last`, in whichever of the levels comes first."""
    places = []
    for level, peak in zip(levels, peaks, strict=True):
        wanted = np.maximum(np.take_along_axis(peak, last, axis=1) * 10 ** (-below_db / 10), _SILENT)
        places.append(np.argmax(level >= wanted, axis=1))
    first: NDArray[np.int64] = np.minimum(*places)
    return first
