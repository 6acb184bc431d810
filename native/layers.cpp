#include "layers.hpp"

#include <algorithm>

namespace musicgen {
namespace {

// So few rows every worker normalises for itself: that is sooner done than waiting for the others.
constexpr std::size_t few_rows = 4;
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
      scratch_(threads.count()),
      logits_(most_predicted_rows * model.heads.outputs()) {
    const std::size_t D = model.shape.width;
    const bool quantised = model.precision == Precision::int8;
    hidden = Activations(model.kernels, most_rows, D, false);
    projected_ = Activations(model.kernels, most_rows, 3 * D, false);
    attended_ = Activations(model.kernels, most_rows, D, quantised);
    inner_ = Activations(model.kernels, most_rows, model.shape.feed_forward, quantised);
    normalised_.emplace_back(model.kernels, most_rows, D, quantised);
    weighed_.emplace_back(model.kernels, most_rows, D / 2, quantised);
    for (std::size_t worker = 0; worker < threads.count(); ++worker) {
        normalised_.emplace_back(model.kernels, few_rows, D, quantised);
        weighed_.emplace_back(model.kernels, few_rows, D / 2, quantised);
    }
}

void Layers::make_room(const Row &row) {
    for (auto &own : scratch_)
        own.resize(std::max({own.size(), row.heard.scratch_size(), row.text.cache.scratch_size()}));
}

Text Layers::hear_text(const float *states, const std::vector<std::size_t> &kept) {
    const std::size_t D = model_.shape.width, H = model_.shape.heads, W = D / H;
    Text text;
    text.length = kept.size();
    const bool folded = worth_folding(model_.shape, kept.size()) && kept.size() <= most_rows;
    if (!folded)
        text.cache = Cache(model_.kernels, model_.layers.size(), H, W, kept.size(),
                           model_.precision != Precision::float32);
    Activations &x = normalised_.front();
    for (std::size_t first = 0; first < kept.size(); first += most_rows) {
        const std::size_t rows = std::min(most_rows, kept.size() - first);
        for (std::size_t i = 0; i < rows; ++i) {
            const float *state = states + kept[first + i] * D;
            std::copy(state, state + D, x.row(i));
            x.finish(i, 0, D);
        }
        for (std::size_t layer = 0; layer < model_.layers.size(); ++layer) {
            threads_.run([&](std::size_t worker) {
                project(worker, model_.layers[layer].cross_kv, x, rows);
                if (folded) return;
                threads_.share(worker, H, [&](std::size_t head) {
                    for (std::size_t i = 0; i < rows; ++i) {
                        const float *key = projected_.row(i) + head * W;
                        text.cache.write(layer, head, first + i, key, key + D);
                    }
                });
            });
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

void Layers::run(std::size_t worker, const std::vector<Lane> &lanes) {
    const Rows all{lanes.back().first + lanes.back().count};
    const Readers readers(lanes, false), folded_readers(lanes, true);
    for (std::size_t i = 0; i < model_.layers.size(); ++i) {
        const Layer &layer = model_.layers[i];
        project(worker, layer.qkv, normalise(worker, layer.self_norm, all), all.count);
        self_attention(worker, i, lanes);
        add_product(worker, layer.self_out, attended_, all);
        if (!readers.lanes.empty()) attend_text(worker, i, readers.lanes, readers.rows());
        if (!folded_readers.lanes.empty()) attend_folded_text(worker, i, folded_readers.lanes, folded_readers.rows());
        expand(worker, layer.up, normalise(worker, layer.norm, all), all.count);
        add_product(worker, layer.down, inner_, all);
    }
}

void Layers::predict(std::size_t worker, std::size_t rows) {
    Activations &x = normalise(worker, model_.norm, {rows});
    const Tasks tasks(model_.heads);
    threads_.share(worker, tasks.count(), [&](std::size_t task) {
        model_.heads.multiply(tasks.first(task), tasks.end(task), x, 0, rows,
                              [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                  std::copy(out, out + n, logits(row) + o);
                              });
    });
}

Activations &Layers::normalise(std::size_t worker, const Norm &norm, const Rows &rows) {
    Activations &out = rows.count <= few_rows ? normalised_[1 + worker] : normalised_.front();
    const auto one = [&](std::size_t i) {
        model_.kernels.layer_norm(hidden.row(rows[i]), norm.weight.data(), norm.bias.data(), model_.shape.width,
                                  out.row(i));
        out.finish(i, 0, model_.shape.width);
    };
    if (rows.count <= few_rows)
        for (std::size_t i = 0; i < rows.count; ++i) one(i);
    else
        threads_.share(worker, rows.count, one);
    return out;
}

void Layers::project(std::size_t worker, const Matrix &matrix, Activations &x, std::size_t rows) {
    const Tasks tasks(matrix);
    threads_.share(worker, tasks.count(), [&](std::size_t task) {
        matrix.multiply(tasks.first(task), tasks.end(task), x, 0, rows,
                        [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                            std::copy(out, out + n, projected_.row(row) + o);
                        });
    });
}

void Layers::self_attention(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes) {
    const std::size_t H = model_.shape.heads, D = model_.shape.width, W = D / H;
    threads_.share(worker, lanes.size() * H, [&](std::size_t task) {
        const Lane &lane = lanes[task / H];
        const std::size_t head = task % H;
        for (std::size_t i = 0; i < lane.count; ++i) {
            const float *key = projected_.row(lane.first + i) + D + head * W;
            lane.row->heard.write(layer, head, lane.position + i, key, key + D);
        }
        lane.row->heard.attend(layer, head, lane.position + 1, 1,
                               {lane.count, projected_.row(lane.first) + head * W, projected_.stride(),
                                attended_.row(lane.first) + head * W, attended_.stride()},
                               scratch_[worker].data());
        for (std::size_t i = 0; W % group == 0 && i < lane.count; ++i) attended_.finish(lane.first + i, head * W, W);
    });
    finish_attended(worker, lanes.back().first + lanes.back().count);
}

void Layers::attend_text(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows) {
    const std::size_t H = model_.shape.heads, W = model_.shape.width / H;
    const Layer &weights = model_.layers[layer];
    project(worker, weights.cross_q, normalise(worker, weights.cross_norm, rows), rows.count);
    threads_.share(worker, lanes.size() * H, [&](std::size_t task) {
        const Lane &lane = lanes[task / H];
        const std::size_t head = task % H;
        const Text &text = lane.row->text;
        text.cache.attend(layer, head, text.length, 0,
                          {lane.count, projected_.row(lane.first) + head * W, projected_.stride(),
                           attended_.row(lane.first) + head * W, attended_.stride()},
                          scratch_[worker].data());
        for (std::size_t i = 0; W % group == 0 && i < lane.count; ++i) attended_.finish(lane.first + i, head * W, W);
    });
    finish_attended(worker, rows.count);
    add_product(worker, weights.cross_out, attended_, rows);
}

void Layers::attend_folded_text(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes,
                                const Rows &rows) {
    Activations &x = normalise(worker, model_.layers[layer].cross_norm, rows), &scores = weighed_.front();
    for (const Lane &lane : lanes) {
        const Matrix &matrix = lane.row->text.folded[layer].scores;
        const Tasks tasks(matrix);
        threads_.share(worker, tasks.count(), [&](std::size_t task) {
            matrix.multiply(tasks.first(task), tasks.end(task), x, lane.first, lane.count,
                            [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                std::copy(out, out + n, scores.row(lane.first + row) + o);
                            });
        });
    }
    Activations &weighed = weigh(worker, lanes);
    for (const Lane &lane : lanes) {
        const Matrix &matrix = lane.row->text.folded[layer].out;
        const Tasks tasks(matrix);
        threads_.share(worker, tasks.count(), [&](std::size_t task) {
            matrix.multiply(tasks.first(task), tasks.end(task), weighed, lane.first, lane.count,
                            [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                                float *state = hidden.row(rows[lane.first + row]) + o;
                                for (std::size_t i = 0; i < n; ++i) state[i] += out[i];
                            });
        });
    }
}

// Scores become weights: softmax over the text, for each head.
Activations &Layers::weigh(std::size_t worker, const std::vector<Lane> &lanes) {
    const std::size_t H = model_.shape.heads, rows = lanes.back().first + lanes.back().count;
    Activations &scores = weighed_.front(), &out = rows <= few_rows ? weighed_[1 + worker] : scores;
    const auto one = [&](const Lane &lane, std::size_t row) {
        const std::size_t L = lane.row->text.length;
        if (&out != &scores) std::copy_n(scores.row(row), H * L, out.row(row));
        for (std::size_t head = 0; head < H; ++head) model_.kernels.softmax(out.row(row) + head * L, L);
        // Another text may have left its weights behind this one's, in what ends the last group.
        const std::size_t end = std::min(round_up(H * L, group), out.stride());
        std::fill(out.row(row) + H * L, out.row(row) + end, 0.0f);
        out.finish(row, 0, H * L);
    };
    for (const Lane &lane : lanes)
        if (rows <= few_rows)
            for (std::size_t i = 0; i < lane.count; ++i) one(lane, lane.first + i);
        else
            threads_.share(worker, lane.count, [&](std::size_t i) { one(lane, lane.first + i); });
    return out;
}

// Heads that are not whole groups are brought to 16 bits when all of a row is there.
void Layers::finish_attended(std::size_t worker, std::size_t rows) {
    if (attended_.quantised() && model_.shape.width / model_.shape.heads % group != 0)
        threads_.share(worker, rows, [&](std::size_t row) { attended_.finish(row, 0, model_.shape.width); });
}

void Layers::expand(std::size_t worker, const Matrix &up, Activations &x, std::size_t rows) {
    const Tasks tasks(up, group_panels);  // a group of the next matrix's inputs
    threads_.share(worker, tasks.count(), [&](std::size_t task) {
        up.multiply(tasks.first(task), tasks.end(task), x, 0, rows,
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

void Layers::add_product(std::size_t worker, const Matrix &matrix, Activations &x, const Rows &rows) {
    const Tasks tasks(matrix);
    threads_.share(worker, tasks.count(), [&](std::size_t task) {
        matrix.multiply(tasks.first(task), tasks.end(task), x, 0, rows.count,
                        [&](std::size_t row, std::size_t o, std::size_t n, const float *out) {
                            float *state = hidden.row(rows[row]) + o;
                            for (std::size_t i = 0; i < n; ++i) state[i] += out[i];
                        });
    });
}

}  // namespace musicgen
