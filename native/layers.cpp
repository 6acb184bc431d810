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
    for (std::size_t worker = 0; worker < threads.count(); ++worker)
        normalised_.emplace_back(model.kernels, few_rows, D, quantised);
}

void Layers::make_room(const Row &row) {
    for (auto &own : scratch_)
        own.resize(std::max({own.size(), row.heard.scratch_size(), row.text.scratch_size()}));
}

void Layers::hear_text(Row &row, const float *states, const std::vector<std::size_t> &kept) {
    const std::size_t D = model_.shape.width, H = model_.shape.heads, W = D / H;
    Activations &x = normalised_.front();
    for (std::size_t first = 0; first < kept.size(); first += most_rows) {
        const std::size_t rows = std::min(most_rows, kept.size() - first);
        for (std::size_t i = 0; i < rows; ++i) {
            const float *state = states + kept[first + i] * D;
            std::copy(state, state + D, x.row(i));
            x.finish(i, 0, D);
        }
        threads_.run([&](std::size_t worker) {
            for (std::size_t layer = 0; layer < model_.layers.size(); ++layer) {
                project(worker, model_.layers[layer].cross_kv, x, rows);
                threads_.share(worker, H, [&](std::size_t head) {
                    for (std::size_t i = 0; i < rows; ++i) {
                        const float *key = projected_.row(i) + head * W;
                        row.text.write(layer, head, first + i, key, key + D);
                    }
                });
            }
        });
    }
}

void Layers::run(std::size_t worker, const std::vector<Lane> &lanes) {
    const Rows all{lanes.back().first + lanes.back().count};
    std::vector<Lane> reading;  // those with a text, their rows closed up
    std::vector<std::size_t> places;
    for (const Lane &lane : lanes)
        if (lane.row->text_length) {
            reading.push_back({lane.row, places.size(), lane.count, lane.position});
            for (std::size_t i = 0; i < lane.count; ++i) places.push_back(lane.first + i);
        }
    const Rows readers{places.size(), places.data()};
    for (std::size_t i = 0; i < model_.layers.size(); ++i) {
        const Layer &layer = model_.layers[i];
        project(worker, layer.qkv, normalise(worker, layer.self_norm, all), all.count);
        self_attention(worker, i, lanes);
        add_product(worker, layer.self_out, attended_, all);
        if (!reading.empty()) {
            project(worker, layer.cross_q, normalise(worker, layer.cross_norm, readers), readers.count);
            cross_attention(worker, i, reading);
            add_product(worker, layer.cross_out, attended_, readers);
        }
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

void Layers::cross_attention(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes) {
    const std::size_t H = model_.shape.heads, W = model_.shape.width / H;
    threads_.share(worker, lanes.size() * H, [&](std::size_t task) {
        const Lane &lane = lanes[task / H];
        const std::size_t head = task % H;
        lane.row->text.attend(layer, head, lane.row->text_length, 0,
                              {lane.count, projected_.row(lane.first) + head * W, projected_.stride(),
                               attended_.row(lane.first) + head * W, attended_.stride()},
                              scratch_[worker].data());
        for (std::size_t i = 0; W % group == 0 && i < lane.count; ++i) attended_.finish(lane.first + i, head * W, W);
    });
    finish_attended(worker, lanes.back().first + lanes.back().count);
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
