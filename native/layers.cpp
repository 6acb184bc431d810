#include "layers.hpp"

#include <algorithm>

namespace musicgen {
namespace {

constexpr std::size_t few_rows = 4;  // see Input
constexpr std::size_t group_panels = group / panel_width;

// Tasks of a product: `panels` at a time, so many that a task is worth being dealt out and short to wait for.
struct Tasks {
    const Matrix &matrix;
    std::size_t panels;
    explicit Tasks(const Matrix &matrix)
        : Tasks(matrix, std::max<std::size_t>(1, 2048 / matrix.inputs())) {}
    Tasks(const Matrix &matrix, std::size_t panels) : matrix(matrix), panels(panels) {}
    std::size_t count() const { return (matrix.panels() + panels - 1) / panels; }
    std::size_t first(std::size_t task) const { return task * panels; }
    std::size_t end(std::size_t task) const { return std::min(matrix.panels(), (task + 1) * panels); }
};

}  // namespace

Layers::Layers(const Model &model, Threads &threads)
    : model_(model),
      threads_(threads),
      workers_(threads.count()),
      logits_(most_predicted_rows * model.heads.outputs()) {
    const std::size_t D = model.shape.width;
    const bool quantised = model.precision == Precision::int8;
    hidden = Activations(model.kernels, most_rows, D, false);
    normalised_ = Activations(model.kernels, most_rows, D, quantised);
    projected_ = Activations(model.kernels, most_rows, 3 * D, false);
    attended_ = Activations(model.kernels, most_rows, D, quantised);
    inner_ = Activations(model.kernels, most_rows, model.shape.feed_forward, quantised);
    scores_ = Activations(model.kernels, most_rows, D / 2, quantised);
    for (Worker &worker : workers_) {
        worker.normalised = Activations(model.kernels, few_rows, D, quantised);
        worker.weighed = Activations(model.kernels, few_rows, D / 2, quantised);
    }
}

void Layers::make_room(const Row &row) {
    const std::size_t needed = std::max(row.heard.scratch_size(), row.text.cache.scratch_size());
    for (Worker &worker : workers_) worker.scratch.resize(std::max(worker.scratch.size(), needed));
}

Layers::Input::Input(Layers &layers, Activations Worker::*own, Activations &shared, std::size_t rows, Make make)
    : layers_(layers), own_(own), shared_(shared), rows_(rows), make_(std::move(make)),
      number_(++layers.inputs_) {
    if (rows > few_rows) layers.threads_.share(rows, [&](std::size_t, std::size_t row) { make_(row, shared_); });
}

Activations &Layers::Input::of(std::size_t worker) const {
    if (rows_ > few_rows) return shared_;
    Worker &self = layers_.workers_[worker];
    if (self.input != number_) {
        for (std::size_t row = 0; row < rows_; ++row) make_(row, self.*own_);
        self.input = number_;
    }
    return self.*own_;
}

Layers::Input Layers::normalised(const Norm &norm, const Rows &rows) {
    return {*this, &Worker::normalised, normalised_, rows.count, [this, &norm, rows](std::size_t i, Activations &out) {
                model_.kernels.layer_norm(hidden.row(rows[i]), norm.weight.data(), norm.bias.data(),
                                          model_.shape.width, out.row(i));
                out.finish(i, 0, model_.shape.width);
            }};
}

// Scores become weights: softmax over the text, for each head.
Layers::Input Layers::weighed(const std::vector<Lane> &lanes) {
    const std::size_t rows = lanes.back().first + lanes.back().count;
    return {*this, &Worker::weighed, scores_, rows, [this, &lanes](std::size_t row, Activations &out) {
                std::size_t lane = 0;
                while (row >= lanes[lane].first + lanes[lane].count) ++lane;
                const std::size_t H = model_.shape.heads, L = lanes[lane].row->text.length;
                if (&out != &scores_) std::copy_n(scores_.row(row), H * L, out.row(row));
                for (std::size_t head = 0; head < H; ++head) model_.kernels.softmax(out.row(row) + head * L, L);
                // A longer text may have left its weights behind this one's, in what ends the last group.
                std::fill(out.row(row) + H * L, out.row(row) + round_up(H * L, group), 0.0f);
                out.finish(row, 0, H * L);
            }};
}

Text Layers::hear_text(const float *states, const std::vector<std::size_t> &kept) {
    const std::size_t H = model_.shape.heads, D = model_.shape.width, W = D / H;
    Text text;
    text.length = kept.size();
    const bool folded = worth_folding(model_.shape, kept.size()) && kept.size() <= most_rows;
    if (!folded)
        text.cache = Cache(model_.kernels, model_.layers.size(), H, W, kept.size(), model_.precision);
    for (std::size_t first = 0; first < kept.size(); first += most_rows) {
        const std::size_t rows = std::min(most_rows, kept.size() - first);
        for (std::size_t layer = 0; layer < model_.layers.size(); ++layer) {
            threads_.run([&] {
                const Input x(*this, &Worker::normalised, normalised_, rows, [&](std::size_t i, Activations &out) {
                    std::copy_n(states + kept[first + i] * D, D, out.row(i));
                    out.finish(i, 0, D);
                });
                project(model_.layers[layer].cross_kv, x, rows);
            });
            for (std::size_t i = 0; !folded && i < rows; ++i)
                for (std::size_t head = 0; head < H; ++head) {
                    const float *key = projected_.row(i) + head * W;
                    text.cache.write(layer, head, first + i, key, key + D);
                }
            if (folded) text.folded.push_back(fold(model_, model_.layers[layer], projected_, rows, threads_));
        }
    }
    return text;
}

Layers::Readers::Readers(const std::vector<Lane> &all, bool folded) {
    for (const Lane &lane : all)
        if (lane.row->text.length && lane.row->text.is_folded() == folded) {
            lanes.push_back({lane.row, places.size(), lane.count, lane.position});
            for (std::size_t i = 0; i < lane.count; ++i) places.push_back(lane.first + i);
        }
}

void Layers::run(const std::vector<Lane> &lanes) {
    const Rows all{lanes.back().first + lanes.back().count};
    const Readers readers(lanes, false), folded_readers(lanes, true);
    for (std::size_t i = 0; i < model_.layers.size(); ++i) {
        const Layer &layer = model_.layers[i];
        project(layer.qkv, normalised(layer.self_norm, all), all.count);
        self_attention(i, lanes);
        add_product(layer.self_out, attended_, all);
        if (!readers.lanes.empty()) attend_text(i, readers.lanes, readers.rows());
        if (!folded_readers.lanes.empty()) attend_folded_text(i, folded_readers.lanes, folded_readers.rows());
        expand(layer.up, normalised(layer.norm, all), all.count);
        add_product(layer.down, inner_, all);
    }
}

void Layers::predict(std::size_t rows) {
    const Input x = normalised(model_.norm, {rows});
    const Tasks tasks(model_.heads);
    threads_.share(tasks.count(), [&](std::size_t worker, std::size_t task) {
        model_.heads.multiply(tasks.first(task), tasks.end(task), x.of(worker), 0, rows,
                              [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                  std::copy(out, out + n, logits(row) + o);
                              });
    });
}

void Layers::project(const Matrix &matrix, const Input &x, std::size_t rows) {
    const Tasks tasks(matrix);
    threads_.share(tasks.count(), [&](std::size_t worker, std::size_t task) {
        matrix.multiply(tasks.first(task), tasks.end(task), x.of(worker), 0, rows,
                        [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                            std::copy(out, out + n, projected_.row(row) + o);
                        });
    });
}

void Layers::self_attention(std::size_t layer, const std::vector<Lane> &lanes) {
    const std::size_t H = model_.shape.heads, D = model_.shape.width, W = D / H;
    threads_.share(lanes.size() * H, [&](std::size_t worker, std::size_t task) {
        const Lane &lane = lanes[task / H];
        const std::size_t head = task % H;
        for (std::size_t i = 0; i < lane.count; ++i) {
            const float *key = projected_.row(lane.first + i) + D + head * W;
            lane.row->heard.write(layer, head, lane.position + i, key, key + D);
        }
        lane.row->heard.attend(layer, head, lane.position + 1, 1,
                               {lane.count, projected_.row(lane.first) + head * W, projected_.stride(),
                                attended_.row(lane.first) + head * W, attended_.stride()},
                               workers_[worker].scratch.data());
        for (std::size_t i = 0; W % group == 0 && i < lane.count; ++i) attended_.finish(lane.first + i, head * W, W);
    });
    finish_attended(lanes.back().first + lanes.back().count);
}

void Layers::attend_text(std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows) {
    const std::size_t H = model_.shape.heads, W = model_.shape.width / H;
    const Layer &weights = model_.layers[layer];
    project(weights.cross_q, normalised(weights.cross_norm, rows), rows.count);
    threads_.share(lanes.size() * H, [&](std::size_t worker, std::size_t task) {
        const Lane &lane = lanes[task / H];
        const std::size_t head = task % H;
        const Text &text = lane.row->text;
        text.cache.attend(layer, head, text.length, 0,
                          {lane.count, projected_.row(lane.first) + head * W, projected_.stride(),
                           attended_.row(lane.first) + head * W, attended_.stride()},
                          workers_[worker].scratch.data());
        for (std::size_t i = 0; W % group == 0 && i < lane.count; ++i) attended_.finish(lane.first + i, head * W, W);
    });
    finish_attended(rows.count);
    add_product(weights.cross_out, attended_, rows);
}

void Layers::attend_folded_text(std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows) {
    const Input x = normalised(model_.layers[layer].cross_norm, rows);
    for (const Lane &lane : lanes) {
        const Matrix &matrix = lane.row->text.folded[layer].scores;
        const Tasks tasks(matrix);
        threads_.share(tasks.count(), [&](std::size_t worker, std::size_t task) {
            matrix.multiply(tasks.first(task), tasks.end(task), x.of(worker), lane.first, lane.count,
                            [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                std::copy(out, out + n, scores_.row(lane.first + row) + o);
                            });
        });
    }
    const Input weights = weighed(lanes);
    for (const Lane &lane : lanes) {
        const Matrix &matrix = lane.row->text.folded[layer].out;
        const Tasks tasks(matrix);
        threads_.share(tasks.count(), [&](std::size_t worker, std::size_t task) {
            matrix.multiply(tasks.first(task), tasks.end(task), weights.of(worker), lane.first, lane.count,
                            [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                float *state = hidden.row(rows[lane.first + row]) + o;
                                for (std::size_t i = 0; i < n; ++i) state[i] += out[i];
                            });
        });
    }
}

// Heads that are not whole groups are brought to 16 bits when all of a row is there.
void Layers::finish_attended(std::size_t rows) {
    if (attended_.quantised() && model_.shape.width / model_.shape.heads % group != 0)
        threads_.share(rows, [&](std::size_t, std::size_t row) { attended_.finish(row, 0, model_.shape.width); });
}

void Layers::expand(const Matrix &up, const Input &x, std::size_t rows) {
    const Tasks tasks(up, group_panels);  // a group of the next matrix's inputs
    threads_.share(tasks.count(), [&](std::size_t worker, std::size_t task) {
        up.multiply(tasks.first(task), tasks.end(task), x.of(worker), 0, rows,
                    [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                        std::copy(out, out + n, inner_.row(row) + o);
                    });
        const std::size_t first = task * group, count = std::min(group, up.outputs() - first);
        for (std::size_t row = 0; row < rows; ++row) {
            model_.kernels.gelu(inner_.row(row) + first, count);
            inner_.finish(row, first, count);
        }
    });
}

void Layers::add_product(const Matrix &matrix, Activations &x, const Rows &rows) {
    const Tasks tasks(matrix);
    threads_.share(tasks.count(), [&](std::size_t, std::size_t task) {
        matrix.multiply(tasks.first(task), tasks.end(task), x, 0, rows.count,
                        [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                            float *state = hidden.row(rows[row]) + o;
                            for (std::size_t i = 0; i < n; ++i) state[i] += out[i];
                        });
    });
}

}  // namespace musicgen
