// A weight matrix in panels of 16 outputs, and its product with rows of activations.
#pragma once
#include <vector>

#include "kernels.hpp"
#include "memory.hpp"
#include "numbers.hpp"
#include "threads.hpp"

namespace musicgen {

enum class Precision { float32, bfloat16, int8 };

// Rows of activations, padded with zeros to whole groups; for int8 weights also in 16 bits.
class Activations {
  public:
    Activations() = default;
    Activations(const Kernels &kernels, std::size_t rows, std::size_t width, bool quantised);
    // The rows point into memory of this object's own: it may move, but not be copied.
    Activations(Activations &&) = default;
    Activations &operator=(Activations &&) = default;

    float *row(std::size_t index) { return values_.data() + index * stride_; }
    std::size_t stride() const { return stride_; }
    bool quantised() const { return !rows_.empty(); }
    const Quantised *quantised_row(std::size_t index) const { return rows_.data() + index; }
    // After numbers `first` to `first + count` of a row were written. Both count whole groups, or end the row.
    void finish(std::size_t row, std::size_t first, std::size_t count);

  private:
    const Kernels *kernels_ = nullptr;
    std::size_t stride_ = 0;
    Memory<float> values_, scales_;
    Memory<std::int16_t> whole_;
    Memory<std::int8_t> bytes_;
    Memory<std::int32_t> sums_;
    std::vector<Quantised> rows_;
};

class Matrix {
  public:
    Matrix() = default;
    // From [out, in], or [.., in]: leading axes are joined. All threads pack.
    Matrix(const Kernels &kernels, const Tensor &tensor, Precision precision, Threads &threads);

    std::size_t outputs() const { return outputs_; }
    std::size_t inputs() const { return inputs_; }
    std::size_t panels() const { return panels_; }

    // The weights of one output, as they were packed: depth numbers.
    void read_row(std::size_t output, float *out) const;
    // Outputs of panels `first` to `end` for `rows` rows of x from `first_row`:
    // store(row, first output, how many, values), the row counted from 0.
    template <typename Store>
    void multiply(std::size_t first, std::size_t end, Activations &x, std::size_t first_row, std::size_t rows,
                  const Store &store) const {
        // A few rows read each panel once, in the order of memory; many share what two panels load.
        const std::size_t together = precision_ == Precision::int8 && rows > 4 ? 2 : 1;
        float out[2 * rows_at_once * panel_width];
        for (std::size_t panel = first; panel < end; panel += together) {
            const std::size_t panels = end - panel < together ? end - panel : together;
            for (std::size_t row = 0; row < rows; row += rows_at_once) {
                const std::size_t some = rows - row < rows_at_once ? rows - row : rows_at_once;
                multiply_panels(panel, panels, x, first_row + row, some, out);
                for (std::size_t p = 0; p < panels; ++p) {
                    const std::size_t output = (panel + p) * panel_width;
                    const std::size_t count = outputs_ - output < panel_width ? outputs_ - output : panel_width;
                    for (std::size_t i = 0; i < some; ++i)
                        store(row + i, output, count, out + (p * some + i) * panel_width);
                }
            }
        }
    }

  private:
    void pack_panel(const Tensor &tensor, std::size_t panel, float *line);
    // More than one panel only in int8.
    void multiply_panels(std::size_t panel, std::size_t count, Activations &x, std::size_t row, std::size_t rows,
                         float *out) const;

    const Kernels *kernels_ = nullptr;
    Precision precision_ = Precision::float32;
    std::size_t outputs_ = 0, inputs_ = 0, depth_ = 0, panels_ = 0;
    Memory<float> wide_;
    Memory<std::uint16_t> half_, scales_;
    Memory<std::uint8_t> bytes_;
};

}  // namespace musicgen
