// For processors with AVX-512 VNNI. A register holds a panel's 16 outputs; R rows share each load of weights.
#ifdef MUSICGEN_EMULATED
#include "tests/emulated_avx512.hpp"
#else
#include <immintrin.h>
#endif

#include "kernels_plain.hpp"

namespace musicgen {
namespace {

inline void ask_for(const void *memory) { _mm_prefetch(static_cast<const char *>(memory), _MM_HINT_T0); }

// Sums that do not wait for each other: an addition takes four cycles, and two begin in each.
constexpr int chains(std::size_t rows) { return rows <= 2 ? 4 : rows <= 4 ? 2 : 1; }

template <int R>
void float32_rows(const float *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                  const float *soon) {
    constexpr int C = chains(R);
    __m512 sums[R][C];
    for (auto &row : sums)
        for (auto &sum : row) sum = _mm512_setzero_ps();
    for (std::size_t j = 0; j < depth; j += C)
        for (int c = 0; c < C; ++c) {
            const __m512 weights = _mm512_load_ps(panel + (j + c) * panel_width);
            ask_for(soon + (j + c) * panel_width);
            for (int r = 0; r < R; ++r)
                sums[r][c] = _mm512_fmadd_ps(weights, _mm512_set1_ps(x[r * stride + j + c]), sums[r][c]);
        }
    for (int r = 0; r < R; ++r) {
        for (int c = 1; c < C; ++c) sums[r][0] = _mm512_add_ps(sums[r][0], sums[r][c]);
        _mm512_storeu_ps(out + r * panel_width, sums[r][0]);
    }
}

template <int R>
void bfloat16_rows(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                   const std::uint16_t *soon) {
    constexpr int C = chains(R) > 2 ? 2 : 1;  // each has an even and an odd half
    const __m512i upper = _mm512_set1_epi32(std::int32_t(0xFFFF0000u));
    __m512 even[R][C], odd[R][C];
    for (int r = 0; r < R; ++r)
        for (int c = 0; c < C; ++c) even[r][c] = odd[r][c] = _mm512_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 2 * C)
        for (int c = 0; c < C; ++c) {
            const __m512i pairs = _mm512_load_si512(panel + (j + 2 * c) * panel_width);
            ask_for(soon + (j + 2 * c) * panel_width);
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

template <int R>
void bytes_rows(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out,
                const std::int8_t *soon) {
    constexpr int C = chains(R);
    __m512 sums[R][C];
    for (auto &row : sums)
        for (auto &sum : row) sum = _mm512_setzero_ps();
    for (std::size_t j = 0; j < depth; j += 4) {
        ask_for(soon + j * panel_width);
        for (int next = 0; next < 4; ++next) {
            const auto *at = reinterpret_cast<const __m128i *>(panel + (j + next) * panel_width);
            const __m512 numbers = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_load_si128(at)));
            for (int r = 0; r < R; ++r) {
                __m512 &sum = sums[r][next % C];
                sum = _mm512_fmadd_ps(numbers, _mm512_set1_ps(x[r * stride + j + next]), sum);
            }
        }
    }
    for (int r = 0; r < R; ++r) {
        for (int c = 1; c < C; ++c) sums[r][0] = _mm512_add_ps(sums[r][0], sums[r][c]);
        _mm512_storeu_ps(out + r * panel_width, sums[r][0]);
    }
}

inline __m512i four_bytes(const std::int8_t *bytes) {
    std::int32_t four;
    std::memcpy(&four, bytes, sizeof four);
    return _mm512_set1_epi32(four);
}

// Two passes of VPDPBUSD, over the activations' high and low bytes. Sums begin at minus what the weights'
// offset of 128 adds. R rows and P panels share what they load; `apart`: from one panel's sums to the next one's.
template <int R, int P>
void int8_rows(const std::uint8_t *panels, const std::uint16_t *scales, std::size_t groups, const Quantised *x, float *out,
               std::size_t apart) {
    const std::size_t panel_bytes = groups * group * panel_width, panel_scales = groups * panel_width;
    __m512 sums[P][R];
    for (auto &panel : sums)
        for (auto &sum : panel) sum = _mm512_setzero_ps();
    for (std::size_t g = 0; g < groups; ++g) {
        __m512i high[P][R], low[P][R];
        for (int r = 0; r < R; ++r)
            for (int p = 0; p < P; ++p) {
                high[p][r] = _mm512_set1_epi32(-128 * x[r].high_sums[g]);
                low[p][r] = _mm512_set1_epi32(-128 * x[r].low_sums[g]);
            }
        for (std::size_t j = g * group; j < (g + 1) * group; j += 4) {
            __m512i weights[P];
            for (int p = 0; p < P; ++p) {
                weights[p] = _mm512_load_si512(panels + p * panel_bytes + j * panel_width);
                ask_for(panels + p * panel_bytes + j * panel_width + read_ahead);
            }
            for (int r = 0; r < R; ++r) {
                const __m512i high_bytes = four_bytes(x[r].high + j), low_bytes = four_bytes(x[r].low + j);
                for (int p = 0; p < P; ++p) {
                    high[p][r] = _mm512_dpbusd_epi32(high[p][r], weights[p], high_bytes);
                    low[p][r] = _mm512_dpbusd_epi32(low[p][r], weights[p], low_bytes);
                }
            }
        }
        for (int p = 0; p < P; ++p) {
            const auto *bits = reinterpret_cast<const __m256i *>(scales + p * panel_scales + g * panel_width);
            const __m512 each =
                _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_load_si256(bits)), 16));
            for (int r = 0; r < R; ++r) {
                const __m512 dot =
                    _mm512_cvtepi32_ps(_mm512_add_epi32(_mm512_slli_epi32(high[p][r], 8), low[p][r]));
                sums[p][r] = _mm512_fmadd_ps(dot, _mm512_mul_ps(each, _mm512_set1_ps(x[r].scales[g])), sums[p][r]);
            }
        }
    }
    for (int p = 0; p < P; ++p)
        for (int r = 0; r < R; ++r) _mm512_storeu_ps(out + p * apart + r * panel_width, sums[p][r]);
}

void panel_float32_avx512(const float *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                          float *out, const float *soon) {
    using Rows = void (*)(const float *, std::size_t, const float *, std::size_t, float *, const float *);
    static constexpr Rows by_rows[] = {float32_rows<1>, float32_rows<2>, float32_rows<3>, float32_rows<4>,
                                       float32_rows<5>, float32_rows<6>, float32_rows<7>, float32_rows<8>};
    by_rows[rows - 1](panel, depth, x, stride, out, soon);
}

void panel_bfloat16_avx512(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                           std::size_t rows, float *out, const std::uint16_t *soon) {
    using Rows = void (*)(const std::uint16_t *, std::size_t, const float *, std::size_t, float *, const std::uint16_t *);
    static constexpr Rows by_rows[] = {bfloat16_rows<1>, bfloat16_rows<2>, bfloat16_rows<3>, bfloat16_rows<4>,
                                       bfloat16_rows<5>, bfloat16_rows<6>, bfloat16_rows<7>, bfloat16_rows<8>};
    by_rows[rows - 1](panel, depth, x, stride, out, soon);
}

void panel_bytes_avx512(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride,
                        std::size_t rows, float *out, const std::int8_t *soon) {
    using Rows = void (*)(const std::int8_t *, std::size_t, const float *, std::size_t, float *, const std::int8_t *);
    static constexpr Rows by_rows[] = {bytes_rows<1>, bytes_rows<2>, bytes_rows<3>, bytes_rows<4>,
                                       bytes_rows<5>, bytes_rows<6>, bytes_rows<7>, bytes_rows<8>};
    by_rows[rows - 1](panel, depth, x, stride, out, soon);
}

void panels_int8_avx512(const std::uint8_t *panels, const std::uint16_t *scales, std::size_t count, std::size_t groups,
                        const Quantised *x, std::size_t rows, float *out) {
    using Rows = void (*)(const std::uint8_t *, const std::uint16_t *, std::size_t, const Quantised *, float *, std::size_t);
    static constexpr Rows one_panel[] = {int8_rows<1, 1>, int8_rows<2, 1>, int8_rows<3, 1>, int8_rows<4, 1>};
    static constexpr Rows two_panels[] = {int8_rows<1, 2>, int8_rows<2, 2>, int8_rows<3, 2>, int8_rows<4, 2>};
    for (std::size_t row = 0; row < rows; row += 4) {
        const std::size_t some = rows - row < 4 ? rows - row : 4;
        (count == 2 ? two_panels : one_panel)[some - 1](panels, scales, groups, x + row, out + row * panel_width,
                                                         rows * panel_width);
    }
}

// As `quantise` in plain C++, ties apart: these go to the even neighbour.
void quantise_avx512(const float *x, std::size_t first, std::size_t groups, const Quantised &out) {
    constexpr int parts = group / panel_width;
    for (std::size_t g = first; g < first + groups; ++g) {
        __m512 values[parts], sizes = _mm512_setzero_ps();
        for (int part = 0; part < parts; ++part) {
            values[part] = _mm512_loadu_ps(x + g * group + part * panel_width);
            sizes = _mm512_max_ps(sizes, _mm512_abs_ps(values[part]));
        }
        const float greatest = _mm512_reduce_max_ps(sizes);
        const __m512 inverse = _mm512_set1_ps(greatest > 0.0f ? 32512.0f / greatest : 0.0f);
        __m512i high_sum = _mm512_setzero_si512(), low_sum = _mm512_setzero_si512();
        for (int part = 0; part < parts; ++part) {
            const std::size_t at = g * group + part * panel_width;
            const __m512i whole = _mm512_cvtps_epi32(_mm512_mul_ps(values[part], inverse));
            const __m512i high = _mm512_srai_epi32(_mm512_add_epi32(whole, _mm512_set1_epi32(128)), 8);
            const __m512i low = _mm512_sub_epi32(whole, _mm512_slli_epi32(high, 8));
            _mm256_storeu_si256(reinterpret_cast<__m256i *>(out.whole + at), _mm512_cvtepi32_epi16(whole));
            _mm_storeu_si128(reinterpret_cast<__m128i *>(out.high + at), _mm512_cvtepi32_epi8(high));
            _mm_storeu_si128(reinterpret_cast<__m128i *>(out.low + at), _mm512_cvtepi32_epi8(low));
            high_sum = _mm512_add_epi32(high_sum, high);
            low_sum = _mm512_add_epi32(low_sum, low);
        }
        out.scales[g] = greatest / 32512.0f;
        out.high_sums[g] = _mm512_reduce_add_epi32(high_sum);
        out.low_sums[g] = _mm512_reduce_add_epi32(low_sum);
    }
}

}  // namespace

const Kernels avx512_kernels = {"AVX-512 VNNI",     panel_float32_avx512, panel_bfloat16_avx512, panel_bytes_avx512,
                                panels_int8_avx512, quantise_avx512,      gelu,                  softmax,
                                layer_norm};

}  // namespace musicgen
