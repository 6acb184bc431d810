"""MusicGen: text, melody or audio becomes tokens, and tokens become sound. This door loads no torch.

library/   which models there are, installed or not; no torch
weights/   checkpoints of others become files of our own, and are mapped into memory
prompt/    words, melody and bars become what the decoder is conditioned on
tokens/    the decoder, the delay pattern, guidance and sampling, as formulas that can be read
runtime/   the same decoder's step as fast as each machine allows
native/    the step in C++
audio/     the codec: sound to tokens, tokens to sound, whole and in chunks
takes/     windows, continuations, remade regions; several takes in one batch
"""
