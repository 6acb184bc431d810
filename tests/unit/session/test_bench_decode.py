import pytest

from musicgen_desktop.generation.musicgen.bench import (
    DecodeFigures,
    PathFigures,
    RivalFigures,
    TakeFigures,
    TakesFigures,
)
from musicgen_desktop.session.bench import _decode, bench_decode


@pytest.fixture
def tasks(monkeypatch):
    """What the process that measures was asked; it answers at once."""
    asked = []

    def path(name, precision, rate):
        return PathFigures(
            name=name,
            precision=precision,
            detail="2 threads",
            steps_per_s=rate,
            limit_steps_per_s=100.0,
            logit_kl=0.002,
        )

    def ask(task, _report, _stop):
        asked.append(task)
        return DecodeFigures(
            paths=(path("native", "int8", 75.0), path("torch", "int8", 20.0)),
            rivals=(RivalFigures("bf16", 12.0), RivalFigures("fp32", 4.0)),
            left_out=("native fp32",),
            read_gb_per_s=31.0,
            late_cost=1.6,
            batched=0.0,
            is_installed=True,
        )

    def ask_takes(task, _report, _stop):
        asked.append(task)
        takes = [
            TakeFigures(seconds, elapsed, 0.7, 60.0, "native int8", peak_bytes=1_500_000_000)
            for seconds, elapsed in ((10.0, 9.5), (30.0, 29.0))
        ]
        return TakesFigures(tuple(takes), 1.5)

    monkeypatch.setattr(_decode, "ask_decode_bench", ask)
    monkeypatch.setattr(_decode, "ask_takes_bench", ask_takes)
    return asked


@pytest.mark.usefixtures("tasks")
def test_the_usual_path_stands_beside_the_faster_rival():
    table = bench_decode()

    assert (table.steps_per_s, table.rival_steps_per_s, table.ratio) == (75.0, 12.0, 6.25)
    assert (table.limit_steps_per_s, table.of_limit) == (100.0, 0.75)
    assert (table.precision, table.logit_kl) == ("int8", 0.002)
    assert table.first_audio_s == 0.7


@pytest.mark.usefixtures("tasks")
def test_each_limit_is_judged():
    rows = {row.what: row for row in bench_decode().rows}

    assert rows["native int8: transformers bf16"].holds
    assert rows["native int8: transformers fp32"].limit == 15.0
    assert not rows["native int8: of what memory allows"].holds
    assert not rows["torch int8: transformers bf16"].holds
    assert rows["a step at 1450 positions, to one at 20"].holds
    assert not rows["10 s of sound (native int8): prompt to WAV"].holds
    assert rows["30 s of sound (native int8): prompt to WAV"].holds
    assert rows["30 s of sound (native int8): memory of the process"].value == 1.5


def test_what_does_not_fit_is_told(tasks):
    table = bench_decode(size="medium", device="cuda", seconds=3.0, precision="int8")

    assert "native fp32" in table.title
    assert (tasks[0].model.decoder.width, tasks[0].device, tasks[0].precision) == (1536, "cuda", "int8")


def test_takes_are_made_of_the_model_that_was_left(tasks):
    bench_decode()

    assert tasks[1].home == tasks[0].home
