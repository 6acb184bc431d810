// Guided logits become a token, with noise that depends on nothing but a seed and a place.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace musicgen {

// How one take's tokens are drawn; see `Sampling` of runtime/path.py.
struct Sampling {
    std::vector<float> guidance;
    float temperature = 1.0f;
    std::size_t top_k = 0;
    float top_p = 0.0f;
    std::vector<std::uint64_t> seeds;
    std::uint64_t offset = 0;
};

// logits: [V], guided; changed. position: the noise's. scratch keeps its memory from call to call.
std::int64_t draw_token(float *logits, std::size_t vocabulary, const Sampling &sampling, std::uint64_t seed,
                        std::uint64_t position, std::vector<std::uint32_t> &scratch);

}  // namespace musicgen
