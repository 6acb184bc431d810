"""The neural engine's decoder: steps a second beside transformers, and how exact they are."""

import tempfile

from musicgen_desktop.foundation import Report, StopFlag, machine_text, no_report
from musicgen_desktop.generation.musicgen.bench import (
    MODELS,
    DecodeFigures,
    DecodeTask,
    TakesFigures,
    TakesTask,
    ask_decode_bench,
    ask_takes_bench,
)

from ._table import Row, Table

DECODER_SIZES = tuple(MODELS)
_RATIO_LIMITS = {
    ("cpu", "small", "native", "int8", "bf16"): 6.0,
    ("cpu", "small", "native", "int8", "fp32"): 15.0,
    ("cpu", "small", "native", "fp32", "fp32"): 4.5,
    ("cpu", "small", "torch", "int8", "bf16"): 2.0,
    ("cuda", "small", "cuda", "bf16", "bf16"): 10.0,
}
"""Steps a second, times those of transformers in the precision that stands last."""
_OF_LIMITS = {
    ("cpu", "small", "native", "int8"): 0.8,
    ("cuda", "medium", "cuda", "bf16"): 0.5,
    ("cuda", "large", "cuda", "bf16"): 0.6,
}
_REAL_TIME = (
    50.0  # steps a second of music; asked of the usual path of “small” where memory is as fast as this
)
_REAL_TIME_GB_PER_S = 28.0
_KL_LIMIT = 0.01
_LATE_LIMIT, _BATCHED_LIMIT = 2.0, 12.0
_TAKE_LIMITS_S = {10.0: 9.0, 30.0: 30.0}
_PEAK_LIMIT_GB = 1.6
_GB = 1e9


class DecodeTable(Table, frozen=True, kw_only=True):
    """The table, and the usual path's figures for programs.

    Attributes:
        steps_per_s: of the path that is used unless another is chosen; 50 are real time.
        rival_steps_per_s: of the faster of transformers' precisions; 0 where none fitted into memory.
        ratio: of these two.
        limit_steps_per_s: how often a second the process can read what a step reads.
        of_limit: the share of it that is reached.
        precision: of the usual path's weights.
        logit_kl: mean divergence of its next-token distributions from exact ones, in nats.
        first_audio_s: from a request to its first sound; 0 where no whole takes were made.
    """

    steps_per_s: float
    rival_steps_per_s: float
    ratio: float
    limit_steps_per_s: float
    of_limit: float
    precision: str
    logit_kl: float
    first_audio_s: float


def bench_decode(
    report: Report = no_report,
    stop: StopFlag | None = None,
    *,
    size: str = "small",
    device: str = "cpu",
    seconds: float = 10.0,
    precision: str | None = None,
) -> DecodeTable:
    """Decode with random weights on every path and with transformers, by turns.

    Args:
        report: told the share done.
        stop: heeded within a second.
        size: one of `DECODER_SIZES`.
        device: “cpu”, “cuda” or “mps”.
        seconds: of music.
        precision: only paths with such weights; None for all.

    Raises:
        UserInputError: when the device is not here or the size does not fit into memory.
        MusicgenDesktopError: when the process that measures fails.
        Stopped: when `stop` was set.
    """
    with tempfile.TemporaryDirectory() as home:
        task = DecodeTask(MODELS[size], device, seconds, precision, home=home)
        found = ask_decode_bench(task, lambda done, stage: report(0.8 * done, stage), stop)
        takes = TakesFigures((), 0.0)
        if found.is_installed:
            takes = ask_takes_bench(
                TakesTask(home), lambda done, stage: report(0.8 + 0.2 * done, stage), stop
            )
    report(1.0, "Done")
    usual, rival = found.paths[0], found.rivals[0].steps_per_s if found.rivals else 0.0
    title = (
        f"Decoding {seconds:g} s of music with random weights, size {size}, on {device},"
        f" reading {found.read_gb_per_s:.1f} GB/s"
    )
    if found.left_out:
        title += f"; too large for the free memory: {', '.join(found.left_out)}"
    return DecodeTable(
        title,
        machine_text(),
        (*_decode_rows(found, device, size), *_take_rows(takes, device, size)),
        steps_per_s=usual.steps_per_s,
        rival_steps_per_s=rival,
        ratio=usual.steps_per_s / rival if rival else 0.0,
        limit_steps_per_s=usual.limit_steps_per_s,
        of_limit=usual.of_limit,
        precision=usual.precision,
        logit_kl=usual.logit_kl,
        first_audio_s=takes.takes[0].first_sound_s if takes.takes else 0.0,
    )


def _decode_rows(found: DecodeFigures, device: str, size: str) -> list[Row]:
    rows = [
        Row(f"transformers {rival.precision}", round(rival.steps_per_s, 2), "steps/s")
        for rival in found.rivals
    ]
    for path in found.paths:
        name, key = f"{path.name} {path.precision}", (device, size, path.name, path.precision)
        is_fast_enough = found.read_gb_per_s >= _REAL_TIME_GB_PER_S
        real_time = _REAL_TIME if is_fast_enough and key == ("cpu", "small", "native", "int8") else None
        rows.append(Row(f"{name} ({path.detail})", round(path.steps_per_s, 2), "steps/s", real_time))
        for rival in found.rivals:
            ratio = round(path.steps_per_s / rival.steps_per_s, 2)
            limit = _RATIO_LIMITS.get((*key, rival.precision))
            rows.append(Row(f"{name}: transformers {rival.precision}", ratio, "×", limit))
        share = round(path.of_limit, 3)
        rows.append(Row(f"{name}: of what memory allows", share, "", _OF_LIMITS.get(key)))
        kl = float(f"{path.logit_kl:.2g}")
        rows.append(Row(f"{name}: divergence from exact", kl, "nats", _KL_LIMIT, higher_is_better=False))
    late = round(found.late_cost, 2)
    rows.append(Row("a step at 1450 positions, to one at 20", late, "×", _LATE_LIMIT, higher_is_better=False))
    if found.batched:
        rows.append(Row("32 takes at once, to one", round(found.batched, 1), "×", _BATCHED_LIMIT))
    return rows


def _take_rows(found: TakesFigures, device: str, size: str) -> list[Row]:
    rows: list[Row] = []
    is_judged = (device, size) == ("cpu", "small")
    for take in found.takes:
        what = f"{take.seconds:g} s of sound ({take.path})"
        limit = _TAKE_LIMITS_S.get(take.seconds) if is_judged else None
        peak, most = round(take.peak_bytes / _GB, 2), _PEAK_LIMIT_GB if is_judged else None
        rows += [
            Row(f"{what}: prompt to WAV", round(take.elapsed_s, 2), "s", limit, higher_is_better=False),
            Row(f"{what}: prompt to first sound", round(take.first_sound_s, 2), "s"),
            Row(f"{what}: memory of the process", peak, "GB", most, higher_is_better=False),
        ]
    if found.takes:
        rows.append(Row("loading the model", round(found.load_s, 2), "s"))
    return rows
