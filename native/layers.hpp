// All layers over rows of hidden states, by all workers. A row is one position of one guidance row: successive
// positions and several sequences are rows alike.
#pragma once
#include <functional>
#include <vector>

#include "model.hpp"
#include "sequence.hpp"

namespace musicgen {

class Layers {
  public:
    static constexpr std::size_t most_rows = 128;         // in one pass over the weights
    static constexpr std::size_t most_predicted_rows = 32;  // of which logits are wanted

    Layers(const Model &model, Threads &threads);

    // A text made ready for all steps: of states [L, D] those numbered in `kept`.
    Text hear_text(const float *states, const std::vector<std::size_t> &kept);
    // Room for attention over the caches of this row.
    void make_room(const Row &row);

    // Inside a job: `hidden` goes through all layers. The lanes tell what each row is.
    void run(const std::vector<Lane> &lanes);
    // Inside a job: the logits of the rows of `hidden`.
    void predict(std::size_t rows);
    float *logits(std::size_t row) { return logits_.data() + row * model_.heads.outputs(); }  // [K, V]

    Activations hidden;

  private:
    // Rows that take part: all up to a number, or those at `places`.
    struct Rows {
        std::size_t count = 0;
        const std::size_t *places = nullptr;
        std::size_t operator[](std::size_t i) const { return places ? places[i] : i; }
    };
    // Those lanes whose text is folded, or is not, and the rows they are.
    struct Readers {
        std::vector<Lane> lanes;  // their rows closed up
        std::vector<std::size_t> places;
        Readers(const std::vector<Lane> &all, bool folded);
        Rows rows() const { return {places.size(), places.data()}; }
    };
    // What each worker has for itself.
    struct alignas(64) Worker {
        Activations normalised, weighed;
        std::uint64_t input = 0;  // the number of the one that was made last
        std::vector<float> scratch;
    };
    // The input of a product: `of(worker)`, inside its tasks. Many rows are made by all workers together in a stage
    // before; few rows by each worker for itself before its first task, sooner than others could be waited for.
    class Input {
      public:
        using Make = std::function<void(std::size_t row, Activations &out)>;
        Input(Layers &layers, Activations Worker::*own, Activations &shared, std::size_t rows, Make make);
        Activations &of(std::size_t worker) const;

      private:
        Layers &layers_;
        Activations Worker::*own_;
        Activations &shared_;
        std::size_t rows_;
        Make make_;
        std::uint64_t number_;
    };
    Input normalised(const Norm &norm, const Rows &rows);
    Input weighed(const std::vector<Lane> &lanes);

    void project(const Matrix &matrix, const Input &x, std::size_t rows);
    void self_attention(std::size_t layer, const std::vector<Lane> &lanes);
    void attend_text(std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows);
    void attend_folded_text(std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows);
    void finish_attended(std::size_t rows);
    void expand(const Matrix &up, const Input &x, std::size_t rows);
    void add_product(const Matrix &matrix, Activations &x, const Rows &rows);

    const Model &model_;
    Threads &threads_;
    Activations normalised_, projected_, attended_, inner_, scores_;
    std::vector<Worker> workers_;
    std::vector<float> logits_;
    std::uint64_t inputs_ = 0;
};

}  // namespace musicgen
