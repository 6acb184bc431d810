// float32, bfloat16 and float16: the types that checkpoints hold, and how one becomes another.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace musicgen {

enum class NumberType { float32, bfloat16, float16 };

inline float from_bfloat16(std::uint16_t bits) {
    const std::uint32_t wide = std::uint32_t(bits) << 16;
    float value;
    std::memcpy(&value, &wide, sizeof value);
    return value;
}

// To the nearest, ties to even.
inline std::uint16_t to_bfloat16(float value) {
    std::uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return std::uint16_t((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

inline float from_float16(std::uint16_t bits) {
    const std::uint32_t sign = std::uint32_t(bits & 0x8000u) << 16, magnitude = bits & 0x7FFFu;
    std::uint32_t wide = magnitude << 13;
    float value;
    if (magnitude >= 0x7C00u) {
        wide |= 0x7F800000u;  // infinite, or not a number
        std::memcpy(&value, &wide, sizeof value);
    } else {
        // The exponent's bias grows from 15 to 127: a multiplication, which mends subnormal numbers as well.
        std::memcpy(&value, &wide, sizeof value);
        value *= 5.192296858534828e33f;  // 2^112
    }
    std::memcpy(&wide, &value, sizeof wide);
    wide |= sign;
    std::memcpy(&value, &wide, sizeof value);
    return value;
}

// A tensor of somebody else's, row by row without gaps.
struct Tensor {
    const void *data = nullptr;
    NumberType type = NumberType::float32;
    std::vector<std::size_t> shape;
    bool mapped = false;  // from a file, which can be read again

    std::size_t size() const {
        std::size_t product = 1;
        for (const std::size_t length : shape) product *= length;
        return product;
    }
    std::size_t bytes() const { return size() * (type == NumberType::float32 ? 4 : 2); }
    // Numbers `first` to `first + count` as float32.
    void read(std::size_t first, std::size_t count, float *out) const {
        if (type == NumberType::float32) {
            std::memcpy(out, static_cast<const float *>(data) + first, count * sizeof(float));
            return;
        }
        const auto *bits = static_cast<const std::uint16_t *>(data) + first;
        if (type == NumberType::bfloat16)
            for (std::size_t i = 0; i < count; ++i) out[i] = from_bfloat16(bits[i]);
        else
            for (std::size_t i = 0; i < count; ++i) out[i] = from_float16(bits[i]);
    }
};

}  // namespace musicgen
