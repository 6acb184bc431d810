#include "attention.hpp"

#include <algorithm>
#include <cmath>

namespace musicgen {
namespace {

// Where number j of output o stands in a panel.
std::size_t place(const float *, std::size_t j, std::size_t o) { return j * panel_width + o; }
std::size_t place(const std::uint16_t *, std::size_t j, std::size_t o) { return (j / 2 * panel_width + o) * 2 + j % 2; }

void put(float *at, float value) { *at = value; }
void put(std::uint16_t *at, float value) { *at = to_bfloat16(value); }

void multiply(const Kernels &kernels, const float *panel, std::size_t depth, const float *x, std::size_t stride,
              std::size_t rows, float *out, const float *soon) {
    kernels.panel_float32(panel, depth, x, stride, rows, out, soon);
}
void multiply(const Kernels &kernels, const std::uint16_t *panel, std::size_t depth, const float *x,
              std::size_t stride, std::size_t rows, float *out, const std::uint16_t *soon) {
    kernels.panel_bfloat16(panel, depth, x, stride, rows, out, soon);
}

template <typename Number>
void write_in(Number *keys, Number *values, std::size_t width, std::size_t padded_width, std::size_t capacity,
              std::size_t position, const float *key, const float *value) {
    Number *block = keys + position / panel_width * panel_width * padded_width;
    for (std::size_t j = 0; j < width; ++j) {
        put(block + place(keys, j, position % panel_width), key[j]);
        put(values + j / panel_width * panel_width * capacity + place(values, position, j % panel_width), value[j]);
    }
}

}  // namespace

Cache::Cache(const Kernels &kernels, std::size_t layers, std::size_t heads, std::size_t head_width,
             std::size_t positions, bool bfloat16)
    : kernels_(&kernels),
      heads_(heads),
      width_(head_width),
      padded_width_(round_up(head_width, panel_width)),
      positions_(positions),
      capacity_(round_up(positions, panel_width)) {
    const std::size_t numbers = layers * heads * 2 * padded_width_ * capacity_;
    if (bfloat16)
        half_ = Memory<std::uint16_t>(numbers);
    else
        wide_ = Memory<float>(numbers);
}

void Cache::write(std::size_t layer, std::size_t head, std::size_t position, const float *key, const float *value) {
    const std::size_t keys = start(layer, head), values = keys + padded_width_ * capacity_;
    if (half_.size())
        write_in(half_.data() + keys, half_.data() + values, width_, padded_width_, capacity_, position, key, value);
    else
        write_in(wide_.data() + keys, wide_.data() + values, width_, padded_width_, capacity_, position, key, value);
}

void Cache::attend(std::size_t layer, std::size_t head, std::size_t positions, std::size_t growth, Queries queries,
                   float *scratch) const {
    const std::size_t keys = start(layer, head), values = keys + padded_width_ * capacity_, all = queries.count;
    for (std::size_t first = 0; first < all; first += rows_at_once) {
        queries.count = std::min(rows_at_once, all - first);
        if (half_.size())
            attend_in(half_.data() + keys, half_.data() + values, positions, growth, queries, scratch);
        else
            attend_in(wide_.data() + keys, wide_.data() + values, positions, growth, queries, scratch);
        positions += growth * queries.count;
        queries.from += queries.count * queries.from_stride;
        queries.to += queries.count * queries.to_stride;
    }
}

template <typename Number>
void Cache::attend_in(const Number *keys, const Number *values, std::size_t positions, std::size_t growth,
                      const Queries &queries, float *scratch) const {
    const std::size_t rows = queries.count, most = positions + growth * (rows - 1), depth = round_up(most, 4);
    float *scaled = scratch, *scores = scratch + rows_at_once * padded_width_;
    float sums[rows_at_once * panel_width];
    const float scale = 1.0f / std::sqrt(float(width_));
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t j = 0; j < padded_width_; ++j)
            scaled[row * padded_width_ + j] = j < width_ ? queries.from[row * queries.from_stride + j] * scale : 0.0f;
    // Memory is asked for what is read one panel of values later: keys, the values' panels one by one, and then the
    // next head's keys: not for what the panels hold beyond the positions heard.
    const Number *keys_end = keys + round_up(most, panel_width) * padded_width_;
    for (std::size_t first = 0; first < most; first += panel_width) {
        const Number *panel = keys + first * padded_width_, *later = panel + depth * panel_width;
        multiply(*kernels_, panel, padded_width_, scaled, padded_width_, rows, sums,
                 later < keys_end ? later : values + (later - keys_end));
        for (std::size_t row = 0; row < rows; ++row)
            std::copy_n(sums + row * panel_width, panel_width, scores + row * capacity_ + first);
    }
    for (std::size_t row = 0; row < rows; ++row) {
        float *own = scores + row * capacity_;
        kernels_->softmax(own, positions + growth * row);
        std::fill(own + positions + growth * row, own + depth, 0.0f);
    }
    for (std::size_t j = 0; j < width_; j += panel_width) {
        const Number *panel = values + j * capacity_;
        multiply(*kernels_, panel, depth, scores, capacity_, rows, sums, panel + panel_width * capacity_);
        for (std::size_t row = 0; row < rows; ++row)
            std::copy_n(sums + row * panel_width, std::min(panel_width, width_ - j),
                        queries.to + row * queries.to_stride + j);
    }
}

}  // namespace musicgen
