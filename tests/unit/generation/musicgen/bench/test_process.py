"""The process that measures, and what is read when it cannot."""

import sys

import pytest

from musicgen_desktop.generation.host import GenerationFailedError
from musicgen_desktop.generation.musicgen.bench import (
    DECODE_BENCH,
    DecodeTask,
    TakesTask,
    ask_decode_bench,
    ask_takes_bench,
)
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape, ModelShape, TextShape

TINY = ModelShape(
    DecoderShape(layers=1, width=32, heads=4, feed_forward=64, codebooks=4, vocabulary=64, text_width=16),
    CodecShape(filters=4, dimension=8, entries=64),
    TextShape(vocabulary=64, width=16, key_width=4, feed_forward=32, layers=1, heads=4),
)


def test_processes_of_our_own_program_measure_and_make_takes(tmp_path):
    found = ask_decode_bench(DecodeTask(TINY, seconds=0.1, passes=1, precision="fp32", home=str(tmp_path)))
    takes = ask_takes_bench(TakesTask(str(tmp_path), seconds=(1.0,)))

    assert {path.precision for path in found.paths} == {"fp32"}
    assert len(found.rivals) == 2
    assert found.is_installed
    assert [take.seconds for take in takes.takes] == [1.0]
    assert takes.takes[0].elapsed_s >= takes.takes[0].first_sound_s > 0
    assert takes.takes[0].peak_bytes > 50e6


def test_without_torch_a_sentence_says_how_to_get_it():
    program = (
        "import sys; sys.modules['torch'] = None;"
        f"sys.argv = ['musicgen-desktop', '{DECODE_BENCH}'];"
        "from musicgen_desktop.app import run; sys.exit(run())"
    )

    with pytest.raises(GenerationFailedError, match="torch is missing"):
        ask_decode_bench(DecodeTask(TINY), command=(sys.executable, "-c", program))
