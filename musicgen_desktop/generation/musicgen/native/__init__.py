"""Where the build puts `_step`, the decoder's step in C++. Its sources are in native/ of the checkout."""
