// For processors with AVX2. Two registers hold a panel's 16 outputs; R rows share each load of weights.
#include <immintrin.h>

#include "kernels_plain.hpp"

namespace musicgen {
namespace {

// Two passes side by side, over even and odd inputs: an addition takes four cycles, and two begin in each.
template <int R>
void float32_rows(const float *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    __m256 sums[R][2][2];
    for (auto &row : sums)
        for (auto &half : row)
            for (auto &sum : half) sum = _mm256_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2)
        for (int odd = 0; odd < 2; ++odd)
            for (int half = 0; half < 2; ++half) {
                const __m256 weights = _mm256_load_ps(panel + (j + odd) * panel_width + 8 * half);
                for (int r = 0; r < R; ++r)
                    sums[r][half][odd] =
                        _mm256_fmadd_ps(weights, _mm256_set1_ps(x[r * stride + j + odd]), sums[r][half][odd]);
            }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half)
            _mm256_storeu_ps(out + r * panel_width + 8 * half, _mm256_add_ps(sums[r][half][0], sums[r][half][1]));
}

template <int R>
void bfloat16_rows(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    const __m256i upper = _mm256_set1_epi32(std::int32_t(0xFFFF0000u));
    __m256 even[R][2], odd[R][2];
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half) even[r][half] = odd[r][half] = _mm256_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2)
        for (int half = 0; half < 2; ++half) {
            const auto *at = reinterpret_cast<const __m256i *>(panel + j * panel_width) + half;
            const __m256i pairs = _mm256_load_si256(at);
            const __m256 first = _mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16));
            const __m256 second = _mm256_castsi256_ps(_mm256_and_si256(pairs, upper));
            for (int r = 0; r < R; ++r) {
                even[r][half] = _mm256_fmadd_ps(first, _mm256_set1_ps(x[r * stride + j]), even[r][half]);
                odd[r][half] = _mm256_fmadd_ps(second, _mm256_set1_ps(x[r * stride + j + 1]), odd[r][half]);
            }
        }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half)
            _mm256_storeu_ps(out + r * panel_width + 8 * half, _mm256_add_ps(even[r][half], odd[r][half]));
}

inline __m256i four_numbers(const std::int16_t *numbers) {
    long long four;
    std::memcpy(&four, numbers, sizeof four);
    return _mm256_set1_epi64x(four);
}

// 16-bit products are exact: no sum of two can overflow, as it could with VPMADDUBSW on bytes.
template <int R>
void int8_rows(const std::uint8_t *panel, const std::uint16_t *scales, std::size_t groups, const Quantised *x, float *out) {
    __m256 sums[R][2];
    for (auto &row : sums) row[0] = row[1] = _mm256_setzero_ps();
    for (std::size_t g = 0; g < groups; ++g) {
        __m256i dots[R][4];  // four outputs each, in two parts
        for (auto &row : dots)
            for (auto &dot : row) dot = _mm256_setzero_si256();
        for (std::size_t j = g * group; j < (g + 1) * group; j += 4) {
            __m256i activations[R];
            for (int r = 0; r < R; ++r) activations[r] = four_numbers(x[r].whole + j);
            for (int quarter = 0; quarter < 4; ++quarter) {
                const auto *bytes = reinterpret_cast<const __m128i *>(panel + j * panel_width) + quarter;
                const __m256i weights = _mm256_cvtepu8_epi16(_mm_load_si128(bytes));
                for (int r = 0; r < R; ++r)
                    dots[r][quarter] =
                        _mm256_add_epi32(dots[r][quarter], _mm256_madd_epi16(weights, activations[r]));
            }
        }
        for (int r = 0; r < R; ++r) {
            const __m256i offset = _mm256_set1_epi32(128 * (256 * x[r].high_sums[g] + x[r].low_sums[g]));
            const __m256 scale = _mm256_set1_ps(x[r].scales[g]);
            for (int half = 0; half < 2; ++half) {
                const __m256i pairs = _mm256_hadd_epi32(dots[r][2 * half], dots[r][2 * half + 1]);
                const __m256i ordered = _mm256_permute4x64_epi64(pairs, 0xD8);
                const __m256 dot = _mm256_cvtepi32_ps(_mm256_sub_epi32(ordered, offset));
                const auto *bits = reinterpret_cast<const __m128i *>(scales + g * panel_width) + half;
                const __m256i wide = _mm256_slli_epi32(_mm256_cvtepu16_epi32(_mm_load_si128(bits)), 16);
                const __m256 each = _mm256_castsi256_ps(wide);
                sums[r][half] = _mm256_fmadd_ps(dot, _mm256_mul_ps(each, scale), sums[r][half]);
            }
        }
    }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half) _mm256_storeu_ps(out + r * panel_width + 8 * half, sums[r][half]);
}

void panel_float32_avx2(const float *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                        float *out, const float *) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        float32_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width);
    if (row < rows) float32_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width);
}

void panel_bfloat16_avx2(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                         std::size_t rows, float *out, const std::uint16_t *) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        bfloat16_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width);
    if (row < rows) bfloat16_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width);
}

void panels_int8_avx2(const std::uint8_t *panels, const std::uint16_t *scales, std::size_t count, std::size_t groups,
                      const Quantised *x, std::size_t rows, float *out) {
    for (std::size_t panel = 0; panel < count; ++panel) {
        const std::uint8_t *weights = panels + panel * groups * group * panel_width;
        const std::uint16_t *own_scales = scales + panel * groups * panel_width;
        float *own = out + panel * rows * panel_width;
        std::size_t row = 0;
        for (; row + 2 <= rows; row += 2) int8_rows<2>(weights, own_scales, groups, x + row, own + row * panel_width);
        if (row < rows) int8_rows<1>(weights, own_scales, groups, x + row, own + row * panel_width);
    }
}

}  // namespace

const Kernels avx2_kernels = {"AVX2",   panel_float32_avx2, panel_bfloat16_avx2, panels_int8_avx2,
                              quantise, gelu,               softmax,             layer_norm};

}  // namespace musicgen
