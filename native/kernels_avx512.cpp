// For processors with AVX-512 VNNI. A register holds a panel's 16 outputs; R rows share each load of weights.
#include <immintrin.h>

#include "kernels_plain.hpp"

namespace musicgen {
namespace {

// How far ahead of its use memory is asked for, in bytes: on its own a processor does not look across pages.
constexpr std::size_t ahead = 4096;

inline void ask_for(const void *memory) {
    _mm_prefetch(static_cast<const char *>(memory) + ahead, _MM_HINT_T0);
}

// Sums that do not wait for each other: an addition takes four cycles, and two begin in each.
constexpr int chains(std::size_t rows) { return rows <= 2 ? 4 : rows <= 4 ? 2 : 1; }

template <int R>
void float32_rows(const float *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    constexpr int C = chains(R);
    __m512 sums[R][C];
    for (auto &row : sums)
        for (auto &sum : row) sum = _mm512_setzero_ps();
    for (std::size_t j = 0; j < depth; j += C)
        for (int c = 0; c < C; ++c) {
            const __m512 weights = _mm512_load_ps(panel + (j + c) * panel_width);
            ask_for(panel + (j + c) * panel_width);
            for (int r = 0; r < R; ++r)
                sums[r][c] = _mm512_fmadd_ps(weights, _mm512_set1_ps(x[r * stride + j + c]), sums[r][c]);
        }
    for (int r = 0; r < R; ++r) {
        for (int c = 1; c < C; ++c) sums[r][0] = _mm512_add_ps(sums[r][0], sums[r][c]);
        _mm512_storeu_ps(out + r * panel_width, sums[r][0]);
    }
}

template <int R>
void bfloat16_rows(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    constexpr int C = chains(R) > 2 ? 2 : 1;  // each has an even and an odd half
    const __m512i upper = _mm512_set1_epi32(std::int32_t(0xFFFF0000u));
    __m512 even[R][C], odd[R][C];
    for (int r = 0; r < R; ++r)
        for (int c = 0; c < C; ++c) even[r][c] = odd[r][c] = _mm512_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2 * C)
        for (int c = 0; c < C; ++c) {
            const __m512i pairs = _mm512_load_si512(panel + (j + 2 * c) * panel_width);
            ask_for(panel + (j + 2 * c) * panel_width);
            const __m512 first = _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16));
            const __m512 second = _mm512_castsi512_ps(_mm512_and_si512(pairs, upper));
            for (int r = 0; r < R; ++r) {
                const float *activations = x + r * stride + j + 2 * c;
                even[r][c] = _mm512_fmadd_ps(first, _mm512_set1_ps(activations[0]), even[r][c]);
                odd[r][c] = _mm512_fmadd_ps(second, _mm512_set1_ps(activations[1]), odd[r][c]);
            }
        }
    for (int r = 0; r < R; ++r) {
        __m512 sum = _mm512_add_ps(even[r][0], odd[r][0]);
        for (int c = 1; c < C; ++c) sum = _mm512_add_ps(sum, _mm512_add_ps(even[r][c], odd[r][c]));
        _mm512_storeu_ps(out + r * panel_width, sum);
    }
}

inline __m512i four_bytes(const std::int8_t *bytes) {
    std::int32_t four;
    std::memcpy(&four, bytes, sizeof four);
    return _mm512_set1_epi32(four);
}

// Two passes of VPDPBUSD, over the activations' high and low bytes. Sums begin at minus what the weights'
// offset of 128 adds.
template <int R>
void int8_rows(const std::uint8_t *panel, const float *scales, std::size_t groups, const Quantised *x, float *out) {
    __m512 sums[R];
    for (auto &sum : sums) sum = _mm512_setzero_ps();
    for (std::size_t g = 0; g < groups; ++g) {
        __m512i high[R], low[R];
        for (int r = 0; r < R; ++r) {
            high[r] = _mm512_set1_epi32(-128 * x[r].high_sums[g]);
            low[r] = _mm512_set1_epi32(-128 * x[r].low_sums[g]);
        }
        for (std::size_t j = g * group; j < (g + 1) * group; j += 4) {
            const __m512i weights = _mm512_load_si512(panel + j * panel_width);
            ask_for(panel + j * panel_width);
            for (int r = 0; r < R; ++r) {
                high[r] = _mm512_dpbusd_epi32(high[r], weights, four_bytes(x[r].high + j));
                low[r] = _mm512_dpbusd_epi32(low[r], weights, four_bytes(x[r].low + j));
            }
        }
        const __m512 each = _mm512_load_ps(scales + g * panel_width);
        for (int r = 0; r < R; ++r) {
            const __m512 dot = _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_slli_epi32(high[r], 8), low[r]));
            sums[r] = _mm512_fmadd_ps(dot, _mm512_mul_ps(each, _mm512_set1_ps(x[r].scales[g])), sums[r]);
        }
    }
    for (int r = 0; r < R; ++r) _mm512_storeu_ps(out + r * panel_width, sums[r]);
}

void panel_float32_avx512(const float *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                          float *out) {
    using Rows = void (*)(const float *, std::size_t, const float *, std::size_t, float *);
    static constexpr Rows by_rows[] = {float32_rows<1>, float32_rows<2>, float32_rows<3>, float32_rows<4>,
                                       float32_rows<5>, float32_rows<6>, float32_rows<7>, float32_rows<8>};
    by_rows[rows - 1](panel, depth, x, stride, out);
}

void panel_bfloat16_avx512(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                           std::size_t rows, float *out) {
    using Rows = void (*)(const std::uint16_t *, std::size_t, const float *, std::size_t, float *);
    static constexpr Rows by_rows[] = {bfloat16_rows<1>, bfloat16_rows<2>, bfloat16_rows<3>, bfloat16_rows<4>,
                                       bfloat16_rows<5>, bfloat16_rows<6>, bfloat16_rows<7>, bfloat16_rows<8>};
    by_rows[rows - 1](panel, depth, x, stride, out);
}

void panel_int8_avx512(const std::uint8_t *panel, const float *scales, std::size_t groups, const Quantised *x,
                       std::size_t rows, float *out) {
    using Rows = void (*)(const std::uint8_t *, const float *, std::size_t, const Quantised *, float *);
    static constexpr Rows by_rows[] = {int8_rows<1>, int8_rows<2>, int8_rows<3>, int8_rows<4>,
                                       int8_rows<5>, int8_rows<6>, int8_rows<7>, int8_rows<8>};
    by_rows[rows - 1](panel, scales, groups, x, out);
}

}  // namespace

const Kernels avx512_kernels = {"AVX-512 VNNI", panel_float32_avx512, panel_bfloat16_avx512, panel_int8_avx512,
                                quantise,       gelu,                 softmax,               layer_norm};

}  // namespace musicgen
