#include "attention.hpp"

#include <algorithm>
#include <cmath>

namespace musicgen {
namespace {

// Where number j of output o stands in a panel.
std::size_t place(const float *, std::size_t j, std::size_t o) { return j * panel_width + o; }
std::size_t place(const std::int8_t *, std::size_t j, std::size_t o) { return j * panel_width + o; }
std::size_t place(const std::uint16_t *, std::size_t j, std::size_t o) { return (j / 2 * panel_width + o) * 2 + j % 2; }

void put(float *at, float value) { *at = value; }
void put(std::uint16_t *at, float value) { *at = to_bfloat16(value); }
// NaN, from damaged weights, becomes -127: its conversion would be undefined.
void put(std::int8_t *at, float value) {
    const float bounded = value > -127.0f ? std::min(value, 127.0f) : -127.0f;
    *at = std::int8_t(bounded + (bounded < 0.0f ? -0.5f : 0.5f));
}

// What the greatest of these numbers is divided by to become 127.
float scale_of(const float *numbers, std::size_t count) {
    float greatest = 0.0f;
    for (std::size_t j = 0; j < count; ++j) greatest = std::max(greatest, std::fabs(numbers[j]));
    return greatest / 127.0f;
}

void multiply(const Kernels &kernels, const float *panel, std::size_t depth, const float *x, std::size_t stride,
              std::size_t rows, float *out, const float *soon) {
    kernels.panel_float32(panel, depth, x, stride, rows, out, soon);
}
void multiply(const Kernels &kernels, const std::uint16_t *panel, std::size_t depth, const float *x,
              std::size_t stride, std::size_t rows, float *out, const std::uint16_t *soon) {
    kernels.panel_bfloat16(panel, depth, x, stride, rows, out, soon);
}
void multiply(const Kernels &kernels, const std::int8_t *panel, std::size_t depth, const float *x, std::size_t stride,
              std::size_t rows, float *out, const std::int8_t *soon) {
    kernels.panel_bytes(panel, depth, x, stride, rows, out, soon);
}

template <typename Number>
void write_in(Number *keys, Number *values, std::size_t width, std::size_t padded_width, std::size_t capacity,
              std::size_t position, const float *key, float key_scale, const float *value, float value_scale) {
    const float by_key = key_scale > 0.0f ? 1.0f / key_scale : 0.0f;
    const float by_value = value_scale > 0.0f ? 1.0f / value_scale : 0.0f;
    Number *block = keys + position / panel_width * panel_width * padded_width;
    for (std::size_t j = 0; j < width; ++j) {
        put(block + place(keys, j, position % panel_width), key[j] * by_key);
        put(values + j / panel_width * panel_width * capacity + place(values, position, j % panel_width),
            value[j] * by_value);
    }
}

}  // namespace

Cache::Cache(const Kernels &kernels, std::size_t layers, std::size_t heads, std::size_t head_width,
             std::size_t positions, Precision precision)
    : kernels_(&kernels),
      heads_(heads),
      width_(head_width),
      padded_width_(round_up(head_width, panel_width)),
      positions_(positions),
      capacity_(round_up(positions, panel_width)) {
    const std::size_t numbers = layers * heads * 2 * padded_width_ * capacity_;
    switch (precision) {
        case Precision::float32: wide_ = Memory<float>(numbers); break;
        case Precision::bfloat16: half_ = Memory<std::uint16_t>(numbers); break;
        case Precision::int8:
            bytes_ = Memory<std::int8_t>(numbers);
            scales_ = Memory<float>(layers * heads * 2 * capacity_);
    }
}

void Cache::write(std::size_t layer, std::size_t head, std::size_t position, const float *key, const float *value) {
    const std::size_t keys = start(layer, head), values = keys + padded_width_ * capacity_;
    const auto write_as = [&](auto *numbers, float key_scale, float value_scale) {
        write_in(numbers + keys, numbers + values, width_, padded_width_, capacity_, position, key, key_scale, value,
                 value_scale);
    };
    if (bytes_.size()) {
        float *scales = scales_.data() + scales_start(layer, head) + position;
        scales[0] = scale_of(key, width_);
        scales[capacity_] = scale_of(value, width_);
        write_as(bytes_.data(), scales[0], scales[capacity_]);
    } else if (half_.size())
        write_as(half_.data(), 1.0f, 1.0f);
    else
        write_as(wide_.data(), 1.0f, 1.0f);
}

void Cache::attend(std::size_t layer, std::size_t head, std::size_t positions, std::size_t growth, Queries queries,
                   float *scratch) const {
    const std::size_t keys = start(layer, head), values = keys + padded_width_ * capacity_, all = queries.count;
    for (std::size_t first = 0; first < all; first += rows_at_once) {
        queries.count = std::min(rows_at_once, all - first);
        if (bytes_.size())
            attend_in(bytes_.data() + keys, bytes_.data() + values, scales_.data() + scales_start(layer, head),
                      positions, growth, queries, scratch);
        else if (half_.size())
            attend_in(half_.data() + keys, half_.data() + values, nullptr, positions, growth, queries, scratch);
        else
            attend_in(wide_.data() + keys, wide_.data() + values, nullptr, positions, growth, queries, scratch);
        positions += growth * queries.count;
        queries.from += queries.count * queries.from_stride;
        queries.to += queries.count * queries.to_stride;
    }
}

template <typename Number>
void Cache::attend_in(const Number *keys, const Number *values, const float *scales, std::size_t positions,
                      std::size_t growth, const Queries &queries, float *scratch) const {
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
        for (std::size_t row = 0; row < rows; ++row) {
            float *own = scores + row * capacity_ + first;
            std::copy_n(sums + row * panel_width, panel_width, own);
            if (scales)
                for (std::size_t o = 0; o < panel_width; ++o) own[o] *= scales[first + o];
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        float *own = scores + row * capacity_;
        kernels_->softmax(own, positions + growth * row);
        // A value's scale belongs to its position, as its weight does.
        if (scales)
            for (std::size_t i = 0; i < positions + growth * row; ++i) own[i] *= scales[capacity_ + i];
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
