# ruff: noqa: ARG002 - the port has these arguments
"""A whole tiny model: a random decoder of 16 tokens, a random codec, and words that become noise."""

import zlib

import numpy as np
from msgspec.structs import replace

from musicgen_desktop.generation.musicgen.runtime import Conditioning
from musicgen_desktop.generation.musicgen.runtime._torch import TorchPath
from musicgen_desktop.generation.musicgen.shape import ModelShape, TextShape
from musicgen_desktop.generation.musicgen.takes import DecodeLoop, Maker
from musicgen_desktop.generation.musicgen.tokens import text_guidance
from tests.fakes.tiny_decoder import our_tensors, rival_decoder, tiny_shape
from tests.unit.generation.musicgen.audio.tiny_codec import both


class Words:
    """Stands for the text encoder: three states that depend on the words."""

    def condition(self, words, melody, guidance):
        drawn = np.random.default_rng(zlib.crc32(words.encode()))
        states = drawn.normal(size=(3, 32)).astype(np.float32)
        mask = np.array([[True] * 3, [False] * 3])
        cross = np.stack((states, np.zeros_like(states)))
        return Conditioning(cross=cross, cross_mask=mask), text_guidance(guidance)


def torch_path(kind="small"):
    shape = replace(tiny_shape(kind), vocabulary=16)
    return TorchPath(shape, our_tensors(rival_decoder(kind, shape), shape), "fp32")


def a_maker(path=None, kind="small", window_steps=60):
    shape = replace(tiny_shape(kind), vocabulary=16)
    codec, _ = both("32 kHz")
    channels = 2 if kind == "stereo" else 1
    model = ModelShape(shape, codec.shape, TextShape(), channels=channels, window_steps=window_steps)
    return Maker(model, codec, Words(), DecodeLoop(path or torch_path(kind)))


class Sink:
    """Keeps what it is told; `when_heard` is called after each chunk."""

    def __init__(self, when_heard=lambda: None):
        self.pieces, self.shares, self.told = {}, [], {}
        self.when_heard = when_heard

    def progress(self, done, stage, left_s):
        self.shares.append(done)

    def chunk(self, variation, start_frame, sound):
        pieces = self.pieces.setdefault(variation, [])
        assert start_frame == sum(len(piece) for piece in pieces)
        pieces.append(sound.array().copy())
        self.when_heard()

    def tokens(self, variation, data):
        self.told[variation] = data

    def sound(self, variation=0):
        """[C, F]"""
        return np.concatenate(self.pieces[variation]).T
