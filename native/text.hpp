// What one guidance row attends to besides itself: its text, made ready once for all steps.
#pragma once
#include <vector>

#include "attention.hpp"
#include "model.hpp"

namespace musicgen {

// Cross-attention of one layer with a short text folded into its weights. The text does not change, so
//   softmax(x · Wq · keysᵀ / √W) · values · Wo
// are two products with matrices of H · L columns and rows, which are smaller than Wq and Wo.
struct FoldedLayer {
    Matrix scores;  // [H · L, D]
    Matrix out;     // [D, H · L]
};

// A text of `length` states, 0 for a row without one: such a row takes no part in cross-attention, whose result
// would be exactly 0.
struct Text {
    std::size_t length = 0;
    Cache cache;                      // of a long text
    std::vector<FoldedLayer> folded;  // of a short one

    bool is_folded() const { return !folded.empty(); }
};

// Whether folding makes what a step reads at most half as large.
inline bool worth_folding(const Shape &shape, std::size_t length) { return 2 * shape.heads * length <= shape.width; }

// projected: keys and values of the text in this layer, [L, 2D].
FoldedLayer fold(const Model &model, const Layer &layer, Activations &projected, std::size_t length,
                 Threads &threads);

}  // namespace musicgen
