# ruff: noqa: T201 - it prints its table
"""How far are smaller weights from exact ones where the model is sure of itself?

    python tests/measure/trained_divergence.py                  trained for a minute
    python tests/measure/trained_divergence.py --seconds 10     a taste

Random weights give flat distributions, which forgive much. Here a small decoder learns Composer's own music:
a few songs are rendered, a codec of the real size, with random weights and with codebooks drawn from what it
hears in them, makes tokens of them, and the decoder is trained on these, with guidance's empty row, on the
processor. Then each path and precision hears the songs, also one that it was not trained on, and its guided
next-token distributions are compared with float32's. The status is 1 when a mean is above 0.01 nats.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from musicgen_desktop.foundation import machine_text
from musicgen_desktop.generation import Request
from musicgen_desktop.generation.musicgen.audio import Codec, encode_sound
from musicgen_desktop.generation.musicgen.bench.accuracy import mean_divergence, teacher_forced
from musicgen_desktop.generation.musicgen.bench.paths import candidates
from musicgen_desktop.generation.musicgen.bench.random_model import random_codec
from musicgen_desktop.generation.musicgen.runtime import Conditioning
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.runtime.random_decoder import random_decoder
from musicgen_desktop.generation.musicgen.shape import CodecShape, DecoderShape
from musicgen_desktop.generation.musicgen.tokens import Decoder, delay_codebooks
from musicgen_desktop.generation.sound import Sound
from musicgen_desktop.media import read_audio
from musicgen_desktop.session.controllers import ComposeSong

SHAPE = DecoderShape(layers=6, width=256, heads=4, feed_forward=1024, codebooks=4)
PROMPTS = ("deep house, 122 bpm, 8 bars", "lofi hip hop, 82 bpm, 4 bars", "jazz swing, 140 bpm, 8 bars")
SECONDS = 8.0
TEXT_STATES = 8
BATCH, LENGTH = 4, 128
COMPARED = 200
LIMIT = 0.01


def composed(prompt: str, seed: int) -> Sound:
    """The first seconds of a song of Composer's."""
    with tempfile.TemporaryDirectory() as place:
        ComposeSong(Request(prompt=prompt, seed=seed), Path(place)).run()
        audio, rate = read_audio(next(Path(place).glob("mix*.wav")), rate=CodecShape().rate)
    return Sound.of(audio[: round(SECONDS * rate)], rate)


def fitted_codec(sounds: list[Sound]) -> Codec:
    """Random but for its codebooks: entries are what earlier codebooks left over of sounds it hears."""
    shape = CodecShape()
    torch.manual_seed(0)
    tensors = random_codec(shape)
    codec = Codec(shape, tensors)
    with torch.inference_mode():
        audio = [torch.from_numpy(sound.array().mean(axis=1)) for sound in sounds]
        rest = torch.cat([codec.encoded(one[None, None])[0] for one in audio])  # [steps, dimension]
        for k in range(shape.codebooks):
            entries = tensors[f"quantizer.layers.{k}.codebook.embed"]
            entries[:] = rest[torch.randint(len(rest), (shape.entries,))] * torch.rand(shape.entries, 1)
            rest = rest - entries[torch.cdist(rest, entries).argmin(dim=1)]
    return Codec(shape, tensors)


def delayed(tokens: np.ndarray) -> np.ndarray:
    """[K, T] of the delayed pattern, after the column of padding that begins it."""
    columns = delay_codebooks(tokens, SHAPE.delays, SHAPE.vocabulary)
    return np.concatenate((np.full((len(tokens), 1), SHAPE.vocabulary), columns), axis=1)


def text_of(song: int) -> np.ndarray:
    """[L, D] states that stand for a song's words."""
    drawn = np.random.default_rng(song).standard_normal((TEXT_STATES, SHAPE.width))
    return drawn.astype(np.float32)


def trained(songs: list[np.ndarray], seconds: float) -> tuple[dict[str, Tensor], float, int]:
    """Weights after so long, the last loss in nats, and the number of steps."""
    weights = random_decoder(SHAPE)
    for tensor in weights.values():
        tensor.requires_grad_()
    optimizer = torch.optim.AdamW(weights.values(), lr=3e-3, betas=(0.9, 0.95))
    rng = np.random.default_rng(0)
    mean_loss, steps = float(np.log(SHAPE.vocabulary)), 0
    until = time.process_time() + seconds * torch.get_num_threads()  # what others do here does not count
    while time.process_time() < until:
        which = rng.integers(len(songs), size=BATCH)
        starts = [rng.integers(songs[song].shape[1] - LENGTH) for song in which]
        starts[0] = 0  # what follows the first padding is heard often, too
        batch = np.stack([songs[n][:, at : at + LENGTH + 1] for n, at in zip(which, starts, strict=True)])
        text = np.stack([text_of(song) for song in which]) * (rng.random((BATCH, 1, 1)) > 0.2)
        columns = torch.from_numpy(batch)
        decoder = Decoder(SHAPE, weights)
        heard = decoder.begin(BATCH, cross=torch.from_numpy(text.astype(np.float32)))
        logits = decoder.logits(heard, columns[:, :, :-1])
        loss = cross_entropy(logits.flatten(0, 2), columns[:, :, 1:].flatten(), ignore_index=SHAPE.vocabulary)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights.values(), 1.0)
        optimizer.step()
        mean_loss += 0.05 * (loss.item() - mean_loss)
        steps += 1
    return {name: tensor.detach() for name, tensor in weights.items()}, mean_loss, steps


def conditioning_of(song: int) -> Conditioning:
    """A song's words, and the row without any."""
    text = np.stack((text_of(song), np.zeros((TEXT_STATES, SHAPE.width), np.float32)))
    return Conditioning(text, np.array([[True] * TEXT_STATES, [False] * TEXT_STATES]))


def main() -> int:
    """Print the table; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="of training")
    seconds = parser.parse_args().seconds
    sounds = [composed(prompt, seed) for seed, prompt in enumerate(PROMPTS)]
    codec = fitted_codec(sounds)
    songs = [delayed(encode_sound(codec, sound, 1)) for sound in sounds]
    weights, loss, steps = trained(songs[:-1], seconds)
    print(
        f"{machine_text()}: {steps} steps in {seconds:g} s, loss {np.log(SHAPE.vocabulary):.2f} → {loss:.2f}"
    )
    exact_path = TorchPath(SHAPE, weights, "fp32")
    cases = [(number, song[:, :COMPARED]) for number, song in enumerate(songs)]
    exact = [teacher_forced(exact_path, conditioning_of(number), song) for number, song in cases]
    likeliest = np.mean([torch.from_numpy(each).softmax(-1).amax(-1).mean() for each in exact[:-1]])
    print(f"mean probability of the likeliest token: {likeliest:.2f} (1/2048 = 0.0005 before training)")
    print(f"{'':<14}{'learnt songs':>14}{'another song':>14}   mean divergence in nats")
    worst = 0.0
    for candidate in candidates("cpu", None):
        path = candidate.make(SHAPE, weights)
        found = [
            mean_divergence(teacher_forced(path, conditioning_of(number), song), reference)
            for (number, song), reference in zip(cases, exact, strict=True)
        ]
        learnt, other = float(np.mean(found[:-1])), found[-1]
        print(f"{candidate.name + ' ' + candidate.precision:<14}{learnt:>14.2e}{other:>14.2e}")
        worst = max(worst, learnt, other)
    return 0 if worst < LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
