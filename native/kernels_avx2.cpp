// For processors with AVX2: the plain loops, which the compiler turns into eights, and int8 by hand.
#include <immintrin.h>

#include "kernels_plain.hpp"

namespace musicgen {
namespace {

// 16-bit products are exact: no sum of two can overflow, as it could with VPMADDUBSW on bytes.
void panel_int8_avx2(const std::uint8_t *panel, const float *scales, std::size_t groups, const Quantised &x,
                     float *out) {
    __m256 sums[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (std::size_t g = 0; g < groups; ++g) {
        const std::uint8_t *weights = panel + g * group * panel_width;
        const std::int16_t *activations = x.whole + g * group;
        __m256i dots[4] = {};  // four outputs each, in two parts
        for (std::size_t j = 0; j < group; j += 4) {
            long long four;
            std::memcpy(&four, activations + j, sizeof four);
            const __m256i shared = _mm256_set1_epi64x(four);
            for (int quarter = 0; quarter < 4; ++quarter) {
                const auto *bytes = reinterpret_cast<const __m128i *>(weights + j * panel_width) + quarter;
                const __m256i wide = _mm256_cvtepu8_epi16(_mm_load_si128(bytes));
                dots[quarter] = _mm256_add_epi32(dots[quarter], _mm256_madd_epi16(wide, shared));
            }
        }
        const __m256i offset = _mm256_set1_epi32(128 * (256 * x.high_sums[g] + x.low_sums[g]));
        const __m256 scale = _mm256_set1_ps(x.scales[g]);
        for (int half = 0; half < 2; ++half) {
            const __m256i pairs = _mm256_hadd_epi32(dots[2 * half], dots[2 * half + 1]);
            const __m256i ordered = _mm256_permute4x64_epi64(pairs, 0xD8);
            const __m256 dot = _mm256_cvtepi32_ps(_mm256_sub_epi32(ordered, offset));
            const __m256 each = _mm256_loadu_ps(scales + g * panel_width + 8 * half);
            sums[half] = _mm256_fmadd_ps(dot, _mm256_mul_ps(each, scale), sums[half]);
        }
    }
    _mm256_storeu_ps(out, sums[0]);
    _mm256_storeu_ps(out + 8, sums[1]);
}

void panels_int8_avx2(const std::uint8_t *panels, const float *scales, std::size_t count, std::size_t groups,
                      const Quantised *x, std::size_t rows, float *out) {
    for (std::size_t panel = 0; panel < count; ++panel)
        for (std::size_t row = 0; row < rows; ++row)
            panel_int8_avx2(panels + panel * groups * group * panel_width, scales + panel * groups * panel_width,
                            groups, x[row], out + (panel * rows + row) * panel_width);
}

}  // namespace

const Kernels avx2_kernels = {"AVX2",   panel_float32, panel_bfloat16, panels_int8_avx2,
                              quantise, gelu,          softmax,        layer_norm};

}  // namespace musicgen
