// For any processor.
#include "kernels_plain.hpp"

namespace musicgen {
namespace {

// 16 numbers, which a compiler keeps in as many registers as they need on its processor: it is told so where it
// knows the words for it, and finds it out by itself elsewhere.
template <typename Number>
struct Sixteen {
#ifdef __GNUC__
    Number numbers __attribute__((vector_size(panel_width * sizeof(Number))));
#else
    Number numbers[panel_width];
#endif
    static Sixteen at(const void *memory) {
        Sixteen loaded;
        std::memcpy(&loaded, memory, sizeof loaded);
        return loaded;
    }
    void add_product(const Sixteen &factor, Number by) {
#ifdef __GNUC__
        numbers += factor.numbers * by;
#else
        for (std::size_t i = 0; i < panel_width; ++i) numbers[i] += factor.numbers[i] * by;
#endif
    }
};

template <int R>
void float32_rows(const float *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    Sixteen<float> sums[R] = {};
    for (std::size_t j = 0; j < depth; ++j) {
        const auto weights = Sixteen<float>::at(panel + j * panel_width);
        for (int r = 0; r < R; ++r) sums[r].add_product(weights, x[r * stride + j]);
    }
    std::memcpy(out, sums, sizeof sums);
}

template <int R>
void bfloat16_rows(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    Sixteen<float> sums[R] = {};
    for (std::size_t j = 0; j < depth; j += 2) {
        std::uint32_t pairs[panel_width], halves[2][panel_width];
        std::memcpy(pairs, panel + j * panel_width, sizeof pairs);
        for (std::size_t o = 0; o < panel_width; ++o) {
            halves[0][o] = pairs[o] << 16;
            halves[1][o] = pairs[o] & 0xFFFF0000u;
        }
        const auto even = Sixteen<float>::at(halves[0]), odd = Sixteen<float>::at(halves[1]);
        for (int r = 0; r < R; ++r) {
            sums[r].add_product(even, x[r * stride + j]);
            sums[r].add_product(odd, x[r * stride + j + 1]);
        }
    }
    std::memcpy(out, sums, sizeof sums);
}

template <int R>
void bytes_rows(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride, float *out) {
    Sixteen<float> sums[R] = {};
    for (std::size_t j = 0; j < depth; ++j) {
        float numbers[panel_width];
        for (std::size_t o = 0; o < panel_width; ++o) numbers[o] = float(panel[j * panel_width + o]);
        const auto weights = Sixteen<float>::at(numbers);
        for (int r = 0; r < R; ++r) sums[r].add_product(weights, x[r * stride + j]);
    }
    std::memcpy(out, sums, sizeof sums);
}

template <int R>
void int8_rows(const std::uint8_t *panel, const std::uint16_t *scales, std::size_t groups, const Quantised *x, float *out) {
    for (std::size_t i = 0; i < R * panel_width; ++i) out[i] = 0.0f;
    for (std::size_t g = 0; g < groups; ++g) {
        Sixteen<std::int32_t> dots[R] = {};
        for (std::size_t j = g * group; j < (g + 1) * group; j += 4) {
            std::uint32_t fours[panel_width];
            std::memcpy(fours, panel + j * panel_width, sizeof fours);
            for (std::size_t i = 0; i < 4; ++i) {
                std::uint32_t bytes[panel_width];
                for (std::size_t o = 0; o < panel_width; ++o) bytes[o] = fours[o] >> (8 * i) & 0xFFu;
                const auto weights = Sixteen<std::int32_t>::at(bytes);
                for (int r = 0; r < R; ++r) dots[r].add_product(weights, x[r].whole[j + i]);
            }
        }
        for (int r = 0; r < R; ++r) {
            std::int32_t sums[panel_width];
            std::memcpy(sums, &dots[r], sizeof sums);
            const std::int32_t offset = 128 * (256 * x[r].high_sums[g] + x[r].low_sums[g]);
            for (std::size_t o = 0; o < panel_width; ++o)
                out[r * panel_width + o] += float(sums[o] - offset) * (widened(scales[g * panel_width + o]) * x[r].scales[g]);
        }
    }
}

void panel_float32(const float *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                   float *out, const float *) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        float32_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width);
    if (row < rows) float32_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width);
}

void panel_bfloat16(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                    std::size_t rows, float *out, const std::uint16_t *) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        bfloat16_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width);
    if (row < rows) bfloat16_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width);
}

void panel_bytes(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                 float *out, const std::int8_t *) {
    std::size_t row = 0;
    for (; row + 2 <= rows; row += 2)
        bytes_rows<2>(panel, depth, x + row * stride, stride, out + row * panel_width);
    if (row < rows) bytes_rows<1>(panel, depth, x + row * stride, stride, out + row * panel_width);
}

void panels_int8(const std::uint8_t *panels, const std::uint16_t *scales, std::size_t count, std::size_t groups,
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

const Kernels portable_kernels = {"portable", panel_float32, panel_bfloat16, panel_bytes, panels_int8,
                                  quantise,   gelu,          softmax,        layer_norm};

}  // namespace musicgen
