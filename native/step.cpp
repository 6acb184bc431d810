#include "step.hpp"

#include <algorithm>
#include <stdexcept>

namespace musicgen {

Step::Step(const std::string &kernels, const Shape &shape, const Tensors &tensors, Precision precision,
           std::size_t threads)
    : threads_(threads),
      model_(kernels_named(kernels), shape, tensors, precision, threads_),
      layers_(model_, threads_),
      sampling_scratch_(threads_.count()) {}

int Step::open(const Conditioning &conditioning, const Sampling &sampling, std::size_t positions) {
    const std::size_t D = shape().width, P = conditioning.prepended_length, G = sampling.guidance.size();
    if (G == 0 || G > Layers::most_predicted_rows)
        throw std::invalid_argument("a sequence has 1 to 32 guidance rows");
    if (sampling.seeds.size() != shape().codebooks)
        throw std::invalid_argument("a sequence has a seed for each codebook");
    if (P + positions == 0) throw std::invalid_argument("a sequence has at least one position");
    Sequence sequence;
    sequence.sampling = sampling;
    for (std::size_t g = 0; g < G; ++g) sequence.rows.push_back(row_of(conditioning, g, P + positions));
    if (P)
        prefill(sequence, P, [&](std::size_t g, std::size_t t, float *out) {
            const float *state = conditioning.prepended + (g * P + t) * D;
            std::copy(state, state + D, out);
        });
    sequence.prepended = sequence.heard;
    open_.emplace(++next_, std::move(sequence));
    return next_;
}

Row Step::row_of(const Conditioning &conditioning, std::size_t guidance_row, std::size_t positions) {
    const std::size_t D = shape().width, H = shape().heads;
    Row row;
    row.heard = Cache(model_.kernels, shape().layers, H, D / H, positions, model_.precision);
    std::vector<std::size_t> kept;
    const std::size_t L = shape().cross_attention && conditioning.cross ? conditioning.cross_length : 0;
    for (std::size_t l = 0; l < L; ++l)
        if (!conditioning.cross_mask || conditioning.cross_mask[guidance_row * L + l]) kept.push_back(l);
    if (!kept.empty()) row.text = layers_.hear_text(conditioning.cross + guidance_row * L * D, kept);
    layers_.make_room(row);
    return row;
}

void Step::feed(int number, const std::int64_t *tokens, std::size_t steps) {
    Sequence &sequence = find(number);
    check_tokens(tokens, shape().codebooks * steps);
    if (sequence.heard + steps > sequence.rows[0].heard.positions())
        throw std::invalid_argument("the sequence was opened for fewer positions");
    prefill(sequence, steps, [&](std::size_t, std::size_t t, float *out) { model_.embed(tokens + t, steps, out); });
}

void Step::step(const std::vector<int> &sequences, const std::int64_t *tokens, std::int64_t *drawn) {
    decode(sequences, tokens, drawn, nullptr);
}

void Step::logits(const std::vector<int> &sequences, const std::int64_t *tokens, float *guided) {
    decode(sequences, tokens, nullptr, guided);
}

void Step::close(int sequence) {
    if (!open_.erase(sequence)) throw std::invalid_argument("the sequence is not open");
}

Sequence &Step::find(int sequence) {
    const auto found = open_.find(sequence);
    if (found == open_.end()) throw std::invalid_argument("the sequence is not open");
    return found->second;
}

void Step::check_tokens(const std::int64_t *tokens, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i)
        if (tokens[i] < 0 || tokens[i] > std::int64_t(shape().vocabulary))
            throw std::invalid_argument("a token is outside the vocabulary");
}

void Step::prefill(Sequence &sequence, std::size_t steps, const Fill &fill) {
    const std::size_t G = sequence.rows.size(), most = Layers::most_rows / G;
    for (std::size_t t = 0; t < steps; t += most) {
        const std::size_t count = std::min(most, steps - t);
        std::vector<Lane> lanes;
        for (std::size_t g = 0; g < G; ++g) {
            lanes.push_back({&sequence.rows[g], g * count, count, sequence.heard});
            for (std::size_t i = 0; i < count; ++i) {
                float *state = layers_.hidden.row(g * count + i);
                fill(g, t + i, state);
                model_.add_position(sequence.heard + i, state);
            }
        }
        threads_.run([&] { layers_.run(lanes); });
        sequence.heard += count;
    }
}

void Step::decode(const std::vector<int> &numbers, const std::int64_t *tokens, std::int64_t *drawn, float *guided) {
    const std::size_t K = shape().codebooks, V = shape().vocabulary, D = shape().width, B = numbers.size();
    std::vector<Sequence *> sequences;
    for (const int number : numbers) {
        Sequence &sequence = find(number);
        if (std::find(sequences.begin(), sequences.end(), &sequence) != sequences.end())
            throw std::invalid_argument("a sequence takes one step at a time");
        if (sequence.heard == sequence.rows[0].heard.positions())
            throw std::invalid_argument("the sequence was opened for fewer positions");
        sequences.push_back(&sequence);
    }
    check_tokens(tokens, B * K);
    for (std::size_t b = 0; b < B;) {
        const std::size_t begin = b;
        std::vector<Lane> lanes;
        std::vector<std::size_t> first_rows;
        for (; b < B && lanes.size() + sequences[b]->rows.size() <= Layers::most_predicted_rows; ++b) {
            first_rows.push_back(lanes.size());
            for (Row &row : sequences[b]->rows) {
                float *state = layers_.hidden.row(lanes.size());
                if (&row == &sequences[b]->rows.front()) {
                    model_.embed(tokens + b * K, 1, state);
                    model_.add_position(sequences[b]->heard, state);
                } else {
                    const float *same = layers_.hidden.row(first_rows.back());
                    std::copy(same, same + D, state);
                }
                lanes.push_back({&row, lanes.size(), 1, sequences[b]->heard});
            }
        }
        threads_.run([&] {
            layers_.run(lanes);
            layers_.predict(lanes.size());
            threads_.share(first_rows.size() * K, [&](std::size_t worker, std::size_t task) {
                const std::size_t one = begin + task / K, codebook = task % K, at = one * K + codebook;
                finish(*sequences[one], first_rows[task / K], codebook, worker, drawn ? drawn + at : nullptr,
                       guided ? guided + at * V : nullptr);
            });
        });
        for (std::size_t one = begin; one < b; ++one) ++sequences[one]->heard;
    }
}

void Step::finish(const Sequence &sequence, std::size_t first_row, std::size_t codebook, std::size_t worker,
                  std::int64_t *drawn, float *guided) {
    const std::size_t V = shape().vocabulary;
    const Sampling &sampling = sequence.sampling;
    float *sum = layers_.logits(first_row) + codebook * V;
    for (std::size_t v = 0; v < V; ++v) sum[v] *= sampling.guidance[0];
    for (std::size_t g = 1; g < sampling.guidance.size(); ++g) {
        const float *other = layers_.logits(first_row + g) + codebook * V;
        for (std::size_t v = 0; v < V; ++v) sum[v] += sampling.guidance[g] * other[v];
    }
    if (guided) std::copy(sum, sum + V, guided);
    if (drawn)
        *drawn = draw_token(sum, V, sampling, sampling.seeds[codebook],
                            sequence.heard - sequence.prepended + sampling.offset, sampling_scratch_[worker]);
}

}  // namespace musicgen
