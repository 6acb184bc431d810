// An open sequence: one take with its guidance rows, each with its own cache.
#pragma once
#include <vector>

#include "attention.hpp"
#include "sampling.hpp"
#include "text.hpp"

namespace musicgen {

// Row-major; null where the model has none. G guidance rows, L text states, P prepended states.
struct Conditioning {
    const float *cross = nullptr;      // [G, L, D]
    const bool *cross_mask = nullptr;  // [G, L]; null: all are kept
    std::size_t cross_length = 0;
    const float *prepended = nullptr;  // [G, P, D]
    std::size_t prepended_length = 0;
};

struct Row {
    Cache heard;
    Text text;
};

struct Sequence {
    Sampling sampling;
    std::vector<Row> rows;
    std::size_t prepended = 0, heard = 0;
};

// Neighbouring activation rows that are successive positions of one guidance row.
struct Lane {
    Row *row;
    std::size_t first, count, position;
};

}  // namespace musicgen
