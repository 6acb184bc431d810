"""The figures: our paths and transformers decode the same length by turns, in one process."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from torch import Tensor
from transformers import MusicgenForConditionalGeneration

from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.generation.musicgen.runtime import DecodePath
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.runtime.memory import free_bytes
from musicgen_desktop.generation.musicgen.runtime.random_decoder import random_decoder

from .accuracy import mean_divergence, teacher_forced
from .figures import DecodeFigures, DecodeTask, PathFigures, RivalFigures
from .paths import Candidate, candidates
from .race import TEXT_STATES, PathRun, ReadRun, Run, late_cost, race, read_bytes_per_s, some_text
from .random_model import install_random_model
from .rival import RivalRun, transformers_musicgen
from .step_bytes import step_bytes

_COMPARED = 32  # positions at which distributions are compared
_SPARE_BYTES = 1 << 30  # caches, and what is needed for a moment
_EXACT_BYTES = 4.0  # of a weight, as drawn: exact paths share them
_RIVALS = {"bf16": 2.0, "fp32": 0.0}  # what transformers keeps of a weight beside these
_BATCH = 32
_GB = 1e9


def measure_decode(task: DecodeTask, report: Report, stop: StopFlag) -> DecodeFigures:
    """Measure all that fits into memory.

    Raises:
        UserInputError: when no path works here, or not even one fits.
        Stopped: when `stop` was set.
    """
    choices = candidates(task.device, task.precision)
    if not choices:
        kind = f" with {task.precision} weights" if task.precision else ""
        raise UserInputError(f"Nothing decodes on “{task.device}”{kind} here; choose another device.")
    numbers = step_bytes(task.model.decoder, 1.0, 0.0, 0.0)
    needed = (_EXACT_BYTES + choices[0].copied_bytes) * numbers + _SPARE_BYTES
    if needed > free_bytes():
        raise UserInputError(f"This needs {needed / _GB:.0f} GB of free memory; choose a smaller size.")
    report(0.0, "Drawing random weights")
    tensors = random_decoder(task.model.decoder)
    report(0.02, "Preparing what is compared")
    room: float = free_bytes() - _SPARE_BYTES
    paths: list[tuple[Candidate, DecodePath]] = []
    rivals: list[tuple[str, MusicgenForConditionalGeneration]] = []
    left_out: list[str] = []
    wishes: list[Candidate | str] = [choices[0], *_RIVALS, *choices[1:]]
    for wish in wishes:
        stop.raise_if_set()
        room -= numbers * (_RIVALS[wish] if isinstance(wish, str) else wish.copied_bytes)
        if room < 0:
            left_out.append(
                f"transformers {wish}" if isinstance(wish, str) else f"{wish.name} {wish.precision}"
            )
        elif isinstance(wish, str):
            rivals.append((wish, transformers_musicgen(task.model.decoder, tensors, wish, task.device)))
        else:
            paths.append((wish, wish.make(task.model.decoder, tensors)))
    return _figures(task, tensors, paths, rivals, left_out, report, stop)


def _figures(
    task: DecodeTask,
    tensors: Mapping[str, Tensor],
    paths: Sequence[tuple[Candidate, DecodePath]],
    rivals: Sequence[tuple[str, MusicgenForConditionalGeneration]],
    left_out: Sequence[str],
    report: Report,
    stop: StopFlag,
) -> DecodeFigures:
    shape, steps = task.model.decoder, task.steps
    begin: list[Callable[[], Run]] = [
        partial(ReadRun, task.device),
        *(partial(RivalRun, model, steps) for _, model in rivals),
        *(partial(PathRun, path, shape, steps) for _, path in paths),
    ]
    best = race(begin, steps, task.passes, lambda done, stage: report(0.05 + 0.8 * done, stage), stop)
    read = read_bytes_per_s(best[0])
    rates = [steps / sum(stretches) for stretches in best[1:]]
    report(0.85, "Comparing distributions")
    first = paths[0][1]
    exact = TorchPath(shape, tensors, "fp32")
    tokens = np.random.default_rng(3).integers(0, shape.vocabulary, (shape.codebooks, _COMPARED))
    logits = teacher_forced(exact, some_text(shape), tokens)
    ours: list[PathFigures] = []
    for (candidate, path), rate in zip(paths, rates[len(rivals) :], strict=True):
        stop.raise_if_set()
        text = TEXT_STATES if candidate.folds_text else 0
        read_a_step = step_bytes(
            shape, candidate.weight_bytes, candidate.cache_bytes, positions=steps / 2, folded_text=text
        )
        ours.append(
            PathFigures(
                name=path.name,
                precision=path.precision,
                detail=path.detail,
                steps_per_s=rate,
                limit_steps_per_s=read / read_a_step,
                logit_kl=mean_divergence(teacher_forced(path, some_text(shape), tokens), logits),
            )
        )
    stop.raise_if_set()
    report(0.95, "Decoding at the end of a window")
    late = late_cost(first, shape)
    batched = 0.0
    if task.device != "cpu":
        report(0.97, f"Decoding {_BATCH} takes at once")
        together = race(
            [partial(PathRun, first, shape, steps, _BATCH)], steps, task.passes, lambda *_: None, stop
        )
        batched = _BATCH * (steps / sum(together[0])) / ours[0].steps_per_s
    rival_figures = [
        RivalFigures(precision, rate) for (precision, _), rate in zip(rivals, rates, strict=False)
    ]
    return DecodeFigures(
        paths=tuple(ours),
        rivals=tuple(sorted(rival_figures, key=lambda one: -one.steps_per_s)),
        left_out=tuple(left_out),
        read_gb_per_s=read / _GB,
        late_cost=late,
        batched=batched,
        is_installed=bool(task.home) and _install(task, tensors),
    )


def _install(task: DecodeTask, tensors: Mapping[str, Tensor]) -> bool:
    """Whether there was room on the disk for a model with these weights."""
    size = sum(tensor.nbytes for tensor in tensors.values())
    if shutil.disk_usage(task.home).free < size + _SPARE_BYTES:
        return False
    install_random_model(task.model, tensors)
    return True
