#include "text.hpp"

#include <cmath>

namespace musicgen {
namespace {

Matrix matrix_of(const Model &model, const std::vector<float> &numbers, std::size_t outputs, Threads &threads) {
    Tensor tensor;
    tensor.data = numbers.data();
    tensor.shape = {outputs, numbers.size() / outputs};
    return Matrix(model.kernels, tensor, model.precision, threads);
}

}  // namespace

FoldedLayer fold(const Model &model, const Layer &layer, Activations &projected, std::size_t length,
                 Threads &threads) {
    const std::size_t D = model.shape.width, H = model.shape.heads, W = D / H, L = length;
    const float scale = 1.0f / std::sqrt(float(W));
    std::vector<float> scores(H * L * D), out(D * H * L), values(D * L);
    for (std::size_t j = 0; j < D; ++j)
        for (std::size_t l = 0; l < L; ++l) values[j * L + l] = projected.row(l)[D + j];
    std::vector<std::vector<float>> lines(threads.count(), std::vector<float>(round_up(D, group)));
    threads.run([&] {
        threads.share(H, [&](std::size_t worker, std::size_t head) {
            float *line = lines[worker].data();
            for (std::size_t w = head * W; w < (head + 1) * W; ++w) {
                layer.cross_q.read_row(w, line);
                for (std::size_t l = 0; l < L; ++l) {
                    float *sum = scores.data() + (head * L + l) * D;
                    const float key = projected.row(l)[w] * scale;
                    for (std::size_t j = 0; j < D; ++j) sum[j] += key * line[j];
                }
            }
        });
        threads.share(D, [&](std::size_t worker, std::size_t o) {
            float *line = lines[worker].data();
            layer.cross_out.read_row(o, line);
            for (std::size_t j = 0; j < D; ++j) {
                float *sums = out.data() + (o * H + j / W) * L;
                for (std::size_t l = 0; l < L; ++l) sums[l] += line[j] * values[j * L + l];
            }
        });
    });
    return {matrix_of(model, scores, H * L, threads), matrix_of(model, out, D, threads)};
}

}  // namespace musicgen
