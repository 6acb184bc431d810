// The decoder's step for several open sequences at once, on our own threads.
//
// Source of the arithmetic: arXiv:2306.05284; tokens/decoder.py says the same in a page of torch.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "layers.hpp"

namespace musicgen {

class Step {
  public:
    // kernels: see `kernels_named`. Throws as Model does.
    Step(const std::string &kernels, const Shape &shape, const Tensors &tensors, Precision precision,
         std::size_t threads);

    const Shape &shape() const { return model_.shape; }
    const char *instructions() const { return model_.kernels.name; }
    std::size_t threads() const { return threads_.count(); }

    // See `DecodePath`. Numbers that are not open, tokens outside 0..V and positions beyond those opened for
    // throw std::invalid_argument, before anything was changed.
    int open(const Conditioning &conditioning, const Sampling &sampling, std::size_t positions);
    void feed(int sequence, const std::int64_t *tokens, std::size_t steps);                         // [K, T]
    void step(const std::vector<int> &sequences, const std::int64_t *tokens, std::int64_t *drawn);  // [B, K]
    void logits(const std::vector<int> &sequences, const std::int64_t *tokens, float *guided);      // [B, K, V]
    void close(int sequence);

  private:
    Sequence &find(int sequence);
    void check_tokens(const std::int64_t *tokens, std::size_t count) const;
    Row row_of(const Conditioning &conditioning, std::size_t guidance_row, std::size_t positions);
    // fill(guidance row, step, out): the state of one position.
    using Fill = std::function<void(std::size_t, std::size_t, float *)>;
    void prefill(Sequence &sequence, std::size_t steps, const Fill &fill);
    void decode(const std::vector<int> &sequences, const std::int64_t *tokens, std::int64_t *drawn, float *guided);
    // Guides the logits of one codebook, which begin in activation row `first_row`, and draws when asked to.
    void finish(const Sequence &sequence, std::size_t first_row, std::size_t codebook, std::size_t worker,
                std::int64_t *drawn, float *guided);

    Threads threads_;
    Model model_;
    Layers layers_;
    std::vector<std::vector<std::uint32_t>> sampling_scratch_;  // of each worker
    std::map<int, Sequence> open_;
    int next_ = 0;
};

}  // namespace musicgen
