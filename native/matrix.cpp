#include "matrix.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace musicgen {
namespace {

// In lanes, which a compiler may compute at once: it must not reorder one sequence.
float greatest_of_group(const float *values) {
    float lanes[panel_width] = {};
    for (std::size_t j = 0; j < group; j += panel_width)
        for (std::size_t lane = 0; lane < panel_width; ++lane)
            lanes[lane] = std::max(lanes[lane], std::fabs(values[j + lane]));
    return *std::max_element(lanes, lanes + panel_width);
}

}  // namespace

Activations::Activations(const Kernels &kernels, std::size_t rows, std::size_t width, bool quantised)
    : kernels_(&kernels), stride_(round_up(width, group)), values_(rows * stride_) {
    if (!quantised) return;
    // Rows a power of two apart would push each other out of the cache: one line between them prevents that.
    const std::size_t groups = stride_ / group, apart = stride_ + group;
    whole_ = Memory<std::int16_t>(rows * apart);
    bytes_ = Memory<std::int8_t>(2 * rows * apart);
    scales_ = Memory<float>(rows * groups);
    sums_ = Memory<std::int32_t>(2 * rows * groups);
    for (std::size_t i = 0; i < rows; ++i)
        rows_.push_back({whole_.data() + i * apart, bytes_.data() + 2 * i * apart,
                         bytes_.data() + (2 * i + 1) * apart, scales_.data() + i * groups,
                         sums_.data() + 2 * i * groups, sums_.data() + (2 * i + 1) * groups});
}

void Activations::finish(std::size_t row, std::size_t first, std::size_t count) {
    if (quantised())
        kernels_->quantise(this->row(row), first / group, (count + group - 1) / group, rows_[row]);
}

Matrix::Matrix(const Kernels &kernels, const Tensor &tensor, Precision precision, Threads &threads)
    : kernels_(&kernels),
      precision_(precision),
      outputs_(tensor.size() / tensor.shape.back()),
      inputs_(tensor.shape.back()),
      depth_(round_up(inputs_, group)),
      panels_((outputs_ + panel_width - 1) / panel_width) {
    const std::size_t numbers = panels_ * panel_width * depth_;
    if (precision == Precision::float32) wide_ = Memory<float>(numbers);
    if (precision == Precision::bfloat16) half_ = Memory<std::uint16_t>(numbers);
    if (precision == Precision::int8) {
        bytes_ = Memory<std::uint8_t>(numbers);
        scales_ = Memory<std::uint16_t>(numbers / group);
    }
    std::vector<std::vector<float>> lines(threads.count(), std::vector<float>(depth_));
    threads.run([&] {
        threads.share(panels_, [&](std::size_t worker, std::size_t panel) {
            pack_panel(tensor, panel, lines[worker].data());
        });
    });
}

void Matrix::pack_panel(const Tensor &tensor, std::size_t panel, float *line) {
    for (std::size_t o = 0; o < panel_width; ++o) {
        const std::size_t output = panel * panel_width + o, start = panel * panel_width * depth_;
        std::fill(line, line + depth_, 0.0f);
        if (output < outputs_) tensor.read(output * inputs_, inputs_, line);
        if (precision_ == Precision::float32)
            for (std::size_t j = 0; j < depth_; ++j) wide_.data()[start + j * panel_width + o] = line[j];
        else if (precision_ == Precision::bfloat16)
            for (std::size_t j = 0; j < depth_; ++j)
                half_.data()[start + (j / 2 * panel_width + o) * 2 + j % 2] = to_bfloat16(line[j]);
        else
            for (std::size_t g = 0; g < depth_ / group; ++g) {
                const float *values = line + g * group;
                const float greatest = greatest_of_group(values);
                // Divided by the scale as it is kept, so that rounding it costs nothing: what becomes 127.25 at most
                // is rounded to 127. Numbers too small for that are 0.
                const std::uint16_t scale = greatest > 1e-30f ? to_bfloat16(greatest / 127.0f) : 0;
                const float inverse = scale > 0 ? 1.0f / from_bfloat16(scale) : 0.0f;
                scales_.data()[(start / group / panel_width + g) * panel_width + o] = scale;
                std::uint8_t whole[group], *bytes = bytes_.data() + start + g * group * panel_width;
                for (std::size_t j = 0; j < group; ++j) whole[j] = std::uint8_t(int(values[j] * inverse + 128.5f));
                for (std::size_t j = 0; j < group; j += 4)
                    std::memcpy(bytes + (j / 4 * panel_width + o) * 4, whole + j, 4);
            }
    }
}

void Matrix::read_row(std::size_t output, float *out) const {
    const std::size_t start = output / panel_width * panel_width * depth_, o = output % panel_width;
    if (precision_ == Precision::float32) {
        const float *numbers = wide_.data() + start + o;
        for (std::size_t j = 0; j < depth_; ++j) out[j] = numbers[j * panel_width];
    } else if (precision_ == Precision::bfloat16) {
        const std::uint16_t *pairs = half_.data() + start + o * 2;
        for (std::size_t j = 0; j < depth_; j += 2)
            for (std::size_t i = 0; i < 2; ++i) out[j + i] = from_bfloat16(pairs[j * panel_width + i]);
    } else {
        const std::uint8_t *fours = bytes_.data() + start + o * 4;
        const std::uint16_t *scales = scales_.data() + start / group + o;
        for (std::size_t j = 0; j < depth_; j += 4)
            for (std::size_t i = 0; i < 4; ++i)
                out[j + i] = float(int(fours[j * panel_width + i]) - 128) * from_bfloat16(scales[j / group * panel_width]);
    }
}

void Matrix::multiply_panels(std::size_t panel, std::size_t count, Activations &x, std::size_t row, std::size_t rows,
                             float *out) const {
    const std::size_t start = panel * panel_width * depth_;
    if (precision_ == Precision::float32)
        kernels_->panel_float32(wide_.data() + start, depth_, x.row(row), x.stride(), rows, out,
                                wide_.data() + start + read_ahead / sizeof(float));
    else if (precision_ == Precision::bfloat16)
        kernels_->panel_bfloat16(half_.data() + start, depth_, x.row(row), x.stride(), rows, out,
                                 half_.data() + start + read_ahead / sizeof(std::uint16_t));
    else
        kernels_->panels_int8(bytes_.data() + start, scales_.data() + start / group, count, depth_ / group,
                              x.quantised_row(row), rows, out);
}

}  // namespace musicgen
