// All layers over rows of hidden states, on all workers. A row is one position of one guidance row: successive
// positions and several sequences are rows alike.
#pragma once
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

    // Inside a job, called by all workers: `hidden` goes through all layers. The lanes tell what each row is.
    void run(std::size_t worker, const std::vector<Lane> &lanes);
    // Inside a job: the logits of the rows of `hidden`.
    void predict(std::size_t worker, std::size_t rows);
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
    // Each comes back when all workers have done their share.
    Activations &normalise(std::size_t worker, const Norm &norm, const Rows &rows);
    void project(std::size_t worker, const Matrix &matrix, Activations &x, std::size_t rows);
    void self_attention(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes);
    void attend_text(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows);
    void attend_folded_text(std::size_t worker, std::size_t layer, const std::vector<Lane> &lanes, const Rows &rows);
    Activations &weigh(std::size_t worker, const std::vector<Lane> &lanes);
    void finish_attended(std::size_t worker, std::size_t rows);
    void expand(std::size_t worker, const Matrix &up, Activations &x, std::size_t rows);
    void add_product(std::size_t worker, const Matrix &matrix, Activations &x, const Rows &rows);

    const Model &model_;
    Threads &threads_;
    Activations projected_, attended_, inner_;
    // The first is everybody's, the others are each worker's own.
    std::vector<Activations> normalised_, weighed_;
    std::vector<std::vector<float>> scratch_;  // of each worker
    std::vector<float> logits_;
};

}  // namespace musicgen
