// Keys and values of one guidance row, in panels, and attention over them.
#pragma once
#include "kernels.hpp"
#include "matrix.hpp"
#include "memory.hpp"

namespace musicgen {

// Keys are panels of 16 positions with the head's width as depth; values are panels of 16 of the head's numbers
// with the positions as depth: both products of attention are a matrix's.
class Cache {
  public:
    Cache() = default;
    // Of `layers` × `heads` heads. In int8 each key and each value of a head has a scale of its own.
    Cache(const Kernels &kernels, std::size_t layers, std::size_t heads, std::size_t head_width, std::size_t positions,
          Precision precision);

    std::size_t positions() const { return positions_; }
    void write(std::size_t layer, std::size_t head, std::size_t position, const float *key, const float *value);

    // Successive queries of one head; rows of `from` and `to` lie their strides apart.
    struct Queries {
        std::size_t count;
        const float *from;
        std::size_t from_stride;
        float *to;
        std::size_t to_stride;
    };
    // softmax(query · keys / √width) · values. The first query hears the first `positions`, which are ≥ 1, and each
    // later one `growth` more: 1 in a causal stretch, else 0. scratch: `scratch_size()` numbers.
    void attend(std::size_t layer, std::size_t head, std::size_t positions, std::size_t growth, Queries queries,
                float *scratch) const;
    std::size_t scratch_size() const { return rows_at_once * (padded_width_ + capacity_); }

  private:
    template <typename Number>
    void attend_in(const Number *keys, const Number *values, const float *scales, std::size_t positions,
                   std::size_t growth, const Queries &queries, float *scratch) const;
    std::size_t start(std::size_t layer, std::size_t head) const {
        return (layer * heads_ + head) * 2 * padded_width_ * capacity_;
    }

    std::size_t scales_start(std::size_t layer, std::size_t head) const {
        return (layer * heads_ + head) * 2 * capacity_;
    }

    const Kernels *kernels_ = nullptr;
    std::size_t heads_ = 0, width_ = 0, padded_width_ = 0, positions_ = 0, capacity_ = 0;
    Memory<float> wide_;
    Memory<std::uint16_t> half_;
    Memory<std::int8_t> bytes_;
    Memory<float> scales_;  // [layer][head][keys, values][capacity], of `bytes_`
};

}  // namespace musicgen
