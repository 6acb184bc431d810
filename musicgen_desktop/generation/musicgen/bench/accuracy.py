"""How far a path's next-token distributions are from exact ones."""

import numpy as np
import torch
from torch.nn.functional import kl_div

from musicgen_desktop.generation.musicgen.runtime import Conditioning, DecodePath, Sampling
from musicgen_desktop.generation.musicgen.runtime.path import Floats, Tokens


def teacher_forced(path: DecodePath, conditioning: Conditioning, tokens: Tokens) -> Floats:
    """Guided logits after each column of the delayed pattern: tokens [K, T] → [T, K, V]."""
    sampling = Sampling(seeds=(0,) * len(tokens))
    take = path.open(conditioning, sampling, tokens.shape[1])
    logits = [path.logits([take], column[None])[0] for column in tokens.T]
    path.close(take)
    return np.stack(logits)


def mean_divergence(logits: Floats, exact: Floats) -> float:
    """Mean Kullback-Leibler divergence of distributions from exact ones in nats; logits [..., V]."""
    ours, reference = (torch.from_numpy(each).double().log_softmax(-1) for each in (logits, exact))
    return float(kl_div(ours, reference, log_target=True, reduction="none").sum(-1).mean())
