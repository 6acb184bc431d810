// The decoder's weights, packed, under the names that the Python model gives them.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "matrix.hpp"

namespace musicgen {

struct Shape {
    std::size_t layers, width, heads, feed_forward, codebooks, vocabulary;
    bool cross_attention;
};

using Tensors = std::map<std::string, Tensor>;

struct Norm {
    std::vector<float> weight, bias;
};

struct Layer {
    Norm self_norm, cross_norm, norm;
    Matrix qkv, self_out, cross_q, cross_kv, cross_out, up, down;
};

class Model {
  public:
    // Throws std::invalid_argument when a tensor is missing or has another shape; std::bad_alloc.
    Model(const Kernels &kernels, const Shape &shape, const Tensors &tensors, Precision precision, Threads &threads);

    // The sum of a position's K embeddings; successive codebooks' tokens lie `stride` apart.
    void embed(const std::int64_t *tokens, std::size_t stride, float *out) const;
    // Adds the sinusoids of a position: cosines, then sines.
    void add_position(std::size_t position, float *out) const;

    const Shape shape;
    const Kernels &kernels;
    const Precision precision;
    std::vector<Layer> layers;
    Norm norm;
    Matrix heads;

  private:
    Memory<float> embeddings_;  // [K, V + 1, D]
    std::vector<float> frequencies_;
};

}  // namespace musicgen
