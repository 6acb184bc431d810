"""MusicGen: text, melody or audio becomes tokens, and tokens become sound. This door loads no torch.

tokens/    the decoder, the delay pattern, guidance and sampling, as formulas that can be read
runtime/   the same decoder's step, fast
audio/     the codec: sound to tokens, tokens to sound, whole and in chunks
prompt/    words, melody and bars become what the decoder is conditioned on
takes/     windows over takes of any length
library/   which models are installed, and which there are to get
"""
