// The inner loops, once for each kind of processor.
//
// A panel is 16 outputs of a matrix, stored so that one pass over its memory serves up to 8 rows of activations:
//   float32   [depth][16]
//   bfloat16  [depth / 2][16][2]
//   int8      [depth / 4][16][4], offset by 128 to be unsigned; a scale for each output and group of 64 inputs, in
//             bfloat16, as the numbers were divided by it
//   bytes     [depth][16], signed; only in the key/value cache, which keeps their scales itself
// Panels of float32, bfloat16 and bytes also hold the key/value cache, so attention uses the same loops.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace musicgen {

constexpr std::size_t panel_width = 16;
constexpr std::size_t group = 64;  // inputs that share a scale; every depth of a matrix is a multiple of it
constexpr std::size_t rows_at_once = 8;
// How far ahead of its use a weight is asked for, in bytes: on its own a processor does not look across pages.
constexpr std::size_t read_ahead = 6144;

// A row of activations in 16 bits, for int8 weights: value = (256 · high + low) · scale of its group.
struct Quantised {
    std::int16_t *whole;      // [depth], each four in the order in which its kernels want it
    std::int8_t *high;        // [depth]
    std::int8_t *low;         // [depth]
    float *scales;            // [depth / 64]
    std::int32_t *high_sums;  // [depth / 64], of the group's `high`
    std::int32_t *low_sums;
};

struct Kernels {
    const char *name;
    // out[row][16] = panel · x[row], for rows ≤ 8. depth is a multiple of 4; rows of x lie `stride` apart. `soon`, as
    // long as the panel, will be read after it, and may be asked of memory meanwhile: any address will do.
    void (*panel_float32)(const float *panel, std::size_t depth, const float *x, std::size_t stride, std::size_t rows,
                          float *out, const float *soon);
    void (*panel_bfloat16)(const std::uint16_t *panel, std::size_t depth, const float *x, std::size_t stride,
                           std::size_t rows, float *out, const std::uint16_t *soon);
    void (*panel_bytes)(const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride,
                        std::size_t rows, float *out, const std::int8_t *soon);
    // For one or two neighbouring panels: out[panel][row][16].
    void (*panels_int8)(const std::uint8_t *panels, const std::uint16_t *scales, std::size_t count, std::size_t groups,
                        const Quantised *x, std::size_t rows, float *out);
    // Groups `first` to `first + groups` of a row.
    void (*quantise)(const float *x, std::size_t first, std::size_t groups, const Quantised &out);
    void (*gelu)(float *x, std::size_t count);     // exact, with the error function
    void (*softmax)(float *x, std::size_t count);  // in place
    void (*layer_norm)(const float *x, const float *weight, const float *bias, std::size_t count, float *out);
};

// What this processor runs, best first.
std::vector<const Kernels *> runnable_kernels();
// One of them by its name; empty: the best. Throws std::invalid_argument.
const Kernels &kernels_named(const std::string &name);

extern const Kernels portable_kernels;
#ifdef MUSICGEN_X86
extern const Kernels avx2_kernels;
extern const Kernels avx512_kernels;
#endif

}  // namespace musicgen
