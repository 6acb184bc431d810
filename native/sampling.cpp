#include "sampling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace musicgen {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Philox4x32-10. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
Words philox(std::uint64_t seed, std::uint64_t position, std::uint32_t block) {
    Words x = {block, std::uint32_t(position), std::uint32_t(position >> 32), 0};
    std::uint32_t low_key = std::uint32_t(seed), high_key = std::uint32_t(seed >> 32);
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t first = std::uint64_t(0xD2511F53u) * x[0], second = std::uint64_t(0xCD9E8D57u) * x[2];
        x = {std::uint32_t(second >> 32) ^ x[1] ^ low_key, std::uint32_t(second),
             std::uint32_t(first >> 32) ^ x[3] ^ high_key, std::uint32_t(first)};
        low_key += 0x9E3779B9u;
        high_key += 0xBB67AE85u;
    }
    return x;
}

// Exponential with mean 1: computed in double and rounded once, as tokens/noise.py does.
float noise(std::uint64_t seed, std::uint64_t position, std::uint32_t token) {
    const std::uint32_t word = philox(seed, position, token / 4)[token % 4];
    return float(-std::log((double(word >> 8) + 0.5) * 0x1p-24));
}

}  // namespace

std::int64_t draw_token(float *logits, std::size_t vocabulary, const Sampling &sampling, std::uint64_t seed,
                        std::uint64_t position, std::vector<std::uint32_t> &kept) {
    if (sampling.temperature <= 0.0f) return std::max_element(logits, logits + vocabulary) - logits;
    for (std::size_t v = 0; v < vocabulary; ++v) logits[v] /= sampling.temperature;
    kept.resize(vocabulary);
    std::iota(kept.begin(), kept.end(), 0u);
    // Equally likely tokens stand in their own order.
    const auto likelier = [&](std::uint32_t a, std::uint32_t b) {
        return logits[a] > logits[b] || (logits[a] == logits[b] && a < b);
    };
    if (sampling.top_k > 0 && sampling.top_k < vocabulary) {
        std::nth_element(kept.begin(), kept.begin() + (sampling.top_k - 1), kept.end(), likelier);
        const float least = logits[kept[sampling.top_k - 1]];
        // Tokens as likely as the k-th all stay.
        kept.erase(std::partition(kept.begin(), kept.end(), [&](std::uint32_t v) { return logits[v] >= least; }),
                   kept.end());
    }
    const float greatest = logits[*std::min_element(kept.begin(), kept.end(), likelier)];
    if (sampling.top_p > 0.0f) {
        std::sort(kept.begin(), kept.end(), likelier);
        float total = 0.0f, share = 0.0f;
        for (const std::uint32_t v : kept) total += std::exp(logits[v] - greatest);
        std::size_t count = 0;
        while (count < kept.size() && share < sampling.top_p)
            share += std::exp(logits[kept[count++]] - greatest) / total;
        kept.resize(count);
    }
    // A race: token v arrives after noise / probability, and the first one wins.
    std::uint32_t winner = kept.front();
    float speed = -1.0f;
    for (const std::uint32_t v : kept) {
        const float own = std::exp(logits[v] - greatest) / noise(seed, position, v);
        if (own > speed || (own == speed && v < winner)) {
            speed = own;
            winner = v;
        }
    }
    return winner;
}

}  // namespace musicgen
