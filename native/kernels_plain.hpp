// Inner loops in plain C++. Each file that includes this is compiled for its own processor, so all is in an
// unnamed namespace: a linker that merged two copies could give one processor the other's instructions.
// For the same reason no template of the standard library is called here.
#pragma once
#include <cmath>
#include <cstring>

#include "kernels.hpp"

namespace musicgen {
namespace {

[[maybe_unused]] inline float widened(std::uint16_t bfloat16) {
    const std::uint32_t bits = std::uint32_t(bfloat16) << 16;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

[[maybe_unused]] void quantise(const float *x, std::size_t first, std::size_t groups, const Quantised &out) {
    for (std::size_t g = first; g < first + groups; ++g) {
        const float *values = x + g * group;
        float lanes[panel_width] = {};
        for (std::size_t i = 0; i < group; i += panel_width)
            for (std::size_t lane = 0; lane < panel_width; ++lane) {
                const float size = std::fabs(values[i + lane]);
                lanes[lane] = size > lanes[lane] ? size : lanes[lane];
            }
        float greatest = 0.0f;
        for (const float size : lanes) greatest = size > greatest ? size : greatest;
        // 127 · 256: both bytes of the greatest value still fit.
        const float scale = greatest / 32512.0f, inverse = greatest > 0.0f ? 32512.0f / greatest : 0.0f;
        // Memory of its own, which no other pointer can mean: so the compiler computes many at once.
        std::int16_t wholes[group];
        std::int8_t highs[group], lows[group];
        std::int32_t high_sum = 0, low_sum = 0;
        for (std::size_t i = 0; i < group; ++i) {
            const float scaled = values[i] * inverse;
            const std::int32_t whole = std::int32_t(scaled + (scaled < 0.0f ? -0.5f : 0.5f));
            const std::int32_t high = (whole + 128) >> 8, low = whole - 256 * high;
            wholes[i] = std::int16_t(whole);
            highs[i] = std::int8_t(high);
            lows[i] = std::int8_t(low);
            high_sum += high;
            low_sum += low;
        }
        std::memcpy(out.whole + g * group, wholes, sizeof wholes);
        std::memcpy(out.high + g * group, highs, sizeof highs);
        std::memcpy(out.low + g * group, lows, sizeof lows);
        out.scales[g] = scale;
        out.high_sums[g] = high_sum;
        out.low_sums[g] = low_sum;
    }
}

// e^x for x ≤ 88; 0 below -87. The fraction's polynomial is Taylor's: within 2e-7 of the value.
inline float exponential(float x) {
    const float bounded = x < -87.0f ? -87.0f : x;
    const float wide = bounded * 1.44269504f + 12582912.0f;  // adding 1.5 · 2^23 rounds to a whole number
    const float whole = wide - 12582912.0f;
    const float f = (bounded - whole * 0.693359375f) + whole * 2.12194440e-4f;  // ln 2 in two parts
    const float p =
        1.0f + f * (1.0f + f * (0.5f + f * (1.66666667e-1f + f * (4.16666667e-2f + f * (8.33333333e-3f + f * 1.38888889e-3f)))));
    const std::int32_t bits = (std::int32_t(whole) + 127) << 23;
    float power;
    std::memcpy(&power, &bits, sizeof power);
    return x < -87.0f ? 0.0f : p * power;
}

void gelu(float *x, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        // The error function within 1.5e-7: Abramowitz and Stegun, 7.1.26.
        const float z = std::fabs(x[i]) * 0.70710678f;
        const float t = 1.0f / (1.0f + 0.3275911f * z);
        const float tail =
            t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f)))) *
            exponential(-z * z);
        x[i] *= 0.5f * (x[i] < 0.0f ? tail : 2.0f - tail);
    }
}

// Sums and maxima of floats stand in lanes, which a compiler may compute at once: it must not reorder one sum.
void softmax(float *x, std::size_t count) {
    float greatest = x[0];
    float lanes[panel_width];
    for (float &lane : lanes) lane = x[0];
    std::size_t i = 0;
    for (; i + panel_width <= count; i += panel_width)
        for (std::size_t lane = 0; lane < panel_width; ++lane)
            lanes[lane] = x[i + lane] > lanes[lane] ? x[i + lane] : lanes[lane];
    for (; i < count; ++i) greatest = x[i] > greatest ? x[i] : greatest;
    for (const float lane : lanes) greatest = lane > greatest ? lane : greatest;
    float sums[panel_width] = {};
    for (i = 0; i + panel_width <= count; i += panel_width)
        for (std::size_t lane = 0; lane < panel_width; ++lane) {
            x[i + lane] = exponential(x[i + lane] - greatest);
            sums[lane] += x[i + lane];
        }
    for (; i < count; ++i) sums[0] += x[i] = exponential(x[i] - greatest);
    float sum = 0.0f;
    for (const float part : sums) sum += part;
    const float inverse = 1.0f / sum;
    for (i = 0; i < count; ++i) x[i] *= inverse;
}

// The sum of f(x) over all x, in double.
template <typename Function>
double sum_of(const float *x, std::size_t count, const Function &f) {
    double sums[panel_width] = {};
    std::size_t i = 0;
    for (; i + panel_width <= count; i += panel_width)
        for (std::size_t lane = 0; lane < panel_width; ++lane) sums[lane] += f(x[i + lane]);
    for (; i < count; ++i) sums[0] += f(x[i]);
    double sum = 0.0;
    for (const double part : sums) sum += part;
    return sum;
}

void layer_norm(const float *x, const float *weight, const float *bias, std::size_t count, float *out) {
    const float mean = float(sum_of(x, count, [](float value) { return double(value); }) / double(count));
    const double squares = sum_of(x, count, [&](float value) { return double(value - mean) * double(value - mean); });
    const float inverse = float(1.0 / std::sqrt(squares / double(count) + 1e-5));
    for (std::size_t i = 0; i < count; ++i) out[i] = (x[i] - mean) * inverse * weight[i] + bias[i];
}

}  // namespace
}  // namespace musicgen
