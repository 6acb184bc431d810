"""A few songs of the sixty, so that a change that moves sound off the grid is seen at once."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from measure_grid import holds_nearly, measured, misses, prompts, table

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def test_sound_stands_on_the_grid():
    styles = ("house", "rock", "lofi", "drum_and_bass", "chiptune", "pop")

    songs = [measured(prompt, seed) for prompt, seed in prompts(6, 12, styles)]

    assert holds_nearly(songs), "\n".join([table(songs, markdown=False), *misses(songs)])
