// For processors with AVX2. Two registers hold a panel's 16 outputs; R rows share each load of weights.
#include <immintrin.h>

#include "kernels_plain.hpp"

namespace musicgen {
namespace {

inline void ask_for(const void *memory) { _mm_prefetch(static_cast<const char *>(memory), _MM_HINT_T0); }

// Two passes side by side, over even and odd inputs: an addition takes four cycles, and two begin in each.
template <int R>
void float32_rows(const float *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                  const float *soon) {
    __m256 sums[R][2][2];
    for (auto &row : sums)
        for (auto &half : row)
            for (auto &sum : half) sum = _mm256_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2)
        for (int odd = 0; odd < 2; ++odd) {
            ask_for(soon + (j + odd) * panel_width);
            for (int half = 0; half < 2; ++half) {
                const __m256 weights = _mm256_load_ps(panel + (j + odd) * panel_width + 8 * half);
                for (int r = 0; r < R; ++r)
                    sums[r][half][odd] =
                        _mm256_fmadd_ps(weights, _mm256_set1_ps(x[r * stride + j + odd]), sums[r][half][odd]);
            }
        }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half)
            _mm256_storeu_ps(out + r * panel_width + 8 * half, _mm256_add_ps(sums[r][half][0], sums[r][half][1]));
}

template <int R>
void bfloat16_rows(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                   const std::uint16_t *soon) {
    const __m256i upper = _mm256_set1_epi32(std::int32_t(0xFFFF0000u));
    __m256 even[R][2], odd[R][2];
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half) even[r][half] = odd[r][half] = _mm256_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2) {
        ask_for(soon + j * panel_width);
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
    }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half)
            _mm256_storeu_ps(out + r * panel_width + 8 * half, _mm256_add_ps(even[r][half], odd[r][half]));
}

// Two passes side by side, as in `float32_rows`.
template <int R>
void bytes_rows(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                const std::int8_t *soon) {
    __m256 sums[R][2][2];
    for (auto &row : sums)
        for (auto &half : row)
            for (auto &sum : half) sum = _mm256_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 4) {
        ask_for(soon + j * panel_width);
        for (int next = 0; next < 4; ++next)
            for (int half = 0; half < 2; ++half) {
                const auto *at = reinterpret_cast<const __m128i *>(panel + (j + next) * panel_width + 8 * half);
                const __m256 numbers = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_loadl_epi64(at)));
                for (int r = 0; r < R; ++r) {
                    __m256 &sum = sums[r][half][next % 2];
                    sum = _mm256_fmadd_ps(numbers, _mm256_set1_ps(x[r * stride + j + next]), sum);
                }
            }
    }
    for (int r = 0; r < R; ++r)
        for (int half = 0; half < 2; ++half)
            _mm256_storeu_ps(out + r * panel_width + 8 * half, _mm256_add_ps(sums[r][half][0], sums[r][half][1]));
}

inline __m256i two_numbers(const std::int16_t *numbers) {
    std::int32_t two;
    std::memcpy(&two, numbers, sizeof two);
    return _mm256_set1_epi32(two);
}

// 16-bit products are exact: no sum of two can overflow, as it could with VPMADDUBSW on bytes. Of four weights the
// first and third, then the second and fourth are widened where they lie, so each lane is an output's own.
template <int R>
void int8_rows(const std::uint8_t *panel, const std::uint16_t *scales, std::size_t groups, const Quantised *x, float *out) {
    const __m256i lower = _mm256_set1_epi16(0x00FF);
    __m256 sums[R][2];
    for (auto &row : sums) row[0] = row[1] = _mm256_setzero_ps();
    for (std::size_t g = 0; g < groups; ++g) {
        __m256i dots[R][2];
        for (auto &row : dots) row[0] = row[1] = _mm256_setzero_si256();
        for (std::size_t j = g * group; j < (g + 1) * group; j += 4) {
            ask_for(panel + j * panel_width + read_ahead);
            __m256i even[R], odd[R];
            for (int r = 0; r < R; ++r) {
                even[r] = two_numbers(x[r].whole + j);
                odd[r] = two_numbers(x[r].whole + j + 2);
            }
            for (int half = 0; half < 2; ++half) {
                const auto *fours = reinterpret_cast<const __m256i *>(panel + j * panel_width) + half;
                const __m256i first = _mm256_and_si256(_mm256_load_si256(fours), lower);
                const __m256i second = _mm256_srli_epi16(_mm256_load_si256(fours), 8);
                for (int r = 0; r < R; ++r) {
                    const __m256i products = _mm256_add_epi32(_mm256_madd_epi16(first, even[r]),
                                                              _mm256_madd_epi16(second, odd[r]));
                    dots[r][half] = _mm256_add_epi32(dots[r][half], products);
                }
            }
        }
        for (int r = 0; r < R; ++r) {
            const __m256i offset = _mm256_set1_epi32(128 * (256 * x[r].high_sums[g] + x[r].low_sums[g]));
            const __m256 scale = _mm256_set1_ps(x[r].scales[g]);
            for (int half = 0; half < 2; ++half) {
                const __m256 dot = _mm256_cvtepi32_ps(_mm256_sub_epi32(dots[r][half], offset));
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
                        float *out, const float *soon) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        float32_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
    if (row < rows) float32_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
}

void panel_bfloat16_avx2(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                         std::size_t rows, float *out, const std::uint16_t *soon) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        bfloat16_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
    if (row < rows) bfloat16_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
}

void panel_bytes_avx2(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride,
                      std::size_t rows, float *out, const std::int8_t *soon) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        bytes_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
    if (row < rows) bytes_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width, soon);
}

// Each four as `int8_rows` wants them: the first and third, then the second and fourth.
void quantise_avx2(const float *x, std::size_t first, std::size_t groups, const Quantised &out) {
    quantise(x, first, groups, out);
    for (std::size_t j = first * group; j < (first + groups) * group; j += 16) {
        auto *numbers = reinterpret_cast<__m256i *>(out.whole + j);
        const __m256i swapped = _mm256_shufflelo_epi16(_mm256_loadu_si256(numbers), 0xD8);
        _mm256_storeu_si256(numbers, _mm256_shufflehi_epi16(swapped, 0xD8));
    }
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

const Kernels avx2_kernels = {"AVX2",           panel_float32_avx2, panel_bfloat16_avx2, panel_bytes_avx2,
                              panels_int8_avx2, quantise_avx2,      gelu,                softmax,
                              layer_norm};

}  // namespace musicgen
