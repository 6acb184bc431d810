#include "model.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace musicgen {
namespace {

const Tensor &find_tensor(const Tensors &tensors, const std::string &name, const std::vector<std::size_t> &shape) {
    const auto found = tensors.find(name);
    if (found == tensors.end()) throw std::invalid_argument("the weights have no " + name);
    if (found->second.shape != shape) throw std::invalid_argument("the weights' " + name + " has another shape");
    return found->second;
}

std::vector<float> read_vector(const Tensor &tensor) {
    std::vector<float> numbers(tensor.size());
    tensor.read(0, numbers.size(), numbers.data());
    return numbers;
}

}  // namespace

Model::Model(const Kernels &kernels, const Shape &shape, const Tensors &tensors, Precision precision,
             Threads &threads)
    : shape(shape), kernels(kernels), precision(precision), layers(shape.layers) {
    const std::size_t D = shape.width, FF = shape.feed_forward, K = shape.codebooks, V = shape.vocabulary;
    const auto read_matrix = [&](const std::string &name, const std::vector<std::size_t> &sizes) {
        const Tensor &tensor = find_tensor(tensors, name, sizes);
        Matrix matrix(kernels, tensor, precision, threads);
        if (tensor.mapped) forget_pages(tensor.data, tensor.bytes());
        return matrix;
    };
    const auto read_norm = [&](const std::string &name) {
        return Norm{read_vector(find_tensor(tensors, name + ".weight", {D})),
                    read_vector(find_tensor(tensors, name + ".bias", {D}))};
    };
    for (std::size_t i = 0; i < shape.layers; ++i) {
        const std::string at = "layers." + std::to_string(i);
        Layer &layer = layers[i];
        layer.self_norm = read_norm(at + ".self.norm");
        layer.qkv = read_matrix(at + ".self.qkv", {3 * D, D});
        layer.self_out = read_matrix(at + ".self.out", {D, D});
        if (shape.cross_attention) {
            layer.cross_norm = read_norm(at + ".cross.norm");
            layer.cross_q = read_matrix(at + ".cross.q", {D, D});
            layer.cross_kv = read_matrix(at + ".cross.kv", {2 * D, D});
            layer.cross_out = read_matrix(at + ".cross.out", {D, D});
        }
        layer.norm = read_norm(at + ".norm");
        layer.up = read_matrix(at + ".up", {FF, D});
        layer.down = read_matrix(at + ".down", {D, FF});
    }
    norm = read_norm("norm");
    heads = read_matrix("heads", {K, V, D});
    const Tensor &embeddings = find_tensor(tensors, "embeddings", {K, V + 1, D});
    embeddings_ = Memory<float>(embeddings.size());
    embeddings.read(0, embeddings.size(), embeddings_.data());
    // Once more, all of them: the system maps pages in large pieces, so a neighbour's reading brings some back.
    for (const auto &[name, tensor] : tensors)
        if (tensor.mapped) forget_pages(tensor.data, tensor.bytes());
    const std::size_t half = D / 2;
    for (std::size_t i = 0; i < half; ++i)
        frequencies_.push_back(std::exp(float(i) * -float(std::log(10000.0) / double(half - 1))));
}

void Model::embed(const std::int64_t *tokens, std::size_t stride, float *out) const {
    const std::size_t D = shape.width, V = shape.vocabulary;
    std::fill(out, out + D, 0.0f);
    for (std::size_t k = 0; k < shape.codebooks; ++k) {
        const float *entry = embeddings_.data() + (k * (V + 1) + std::size_t(tokens[k * stride])) * D;
        for (std::size_t j = 0; j < D; ++j) out[j] += entry[j];
    }
}

void Model::add_position(std::size_t position, float *out) const {
    const std::size_t half = frequencies_.size();
    for (std::size_t i = 0; i < half; ++i) {
        const float angle = float(position) * frequencies_[i];
        out[i] += std::cos(angle);
        out[half + i] += std::sin(angle);
    }
}

}  // namespace musicgen
