// The AVX-512 loops on a processor without it: SIMDe computes what an instruction would, and this what SIMDe lacks.
// For the tests alone: slower than the portable loops.
#pragma once
#define SIMDE_ENABLE_NATIVE_ALIASES
#include <simde/x86/avx512.h>
#include <simde/x86/fma.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace musicgen::emulated {

constexpr int lanes = 16;

template <typename Register, typename Number>
Register of(const Number (&numbers)[lanes]) {
    static_assert(sizeof(Register) == sizeof numbers);
    Register result;
    std::memcpy(&result, numbers, sizeof numbers);
    return result;
}

template <typename Number>
struct Lanes {
    Number at[lanes];
    template <typename Register>
    explicit Lanes(const Register &numbers) {
        static_assert(sizeof numbers == sizeof at);
        std::memcpy(at, &numbers, sizeof at);
    }
};

template <typename Narrow, typename Register>
Register narrowed(__m512i numbers) {
    const Lanes<std::int32_t> wide(numbers);
    Narrow narrow[lanes];
    for (int lane = 0; lane < lanes; ++lane) narrow[lane] = Narrow(wide.at[lane]);
    return of<Register>(narrow);
}

template <typename Narrow, typename Register>
__m512i widened(Register numbers) {
    const Lanes<Narrow> narrow(numbers);
    std::int32_t wide[lanes];
    std::copy(narrow.at, narrow.at + lanes, wide);
    return of<__m512i>(wide);
}

inline __m512 as_floats(__m512i numbers) {
    const Lanes<std::int32_t> whole(numbers);
    float floats[lanes];
    std::copy(whole.at, whole.at + lanes, floats);
    return of<__m512>(floats);
}

inline __m512i rounded(__m512 numbers) {
    const Lanes<float> exact(numbers);
    std::int32_t whole[lanes];
    for (int lane = 0; lane < lanes; ++lane) whole[lane] = std::int32_t(std::nearbyint(exact.at[lane]));
    return of<__m512i>(whole);
}

inline __m512i shifted_right(__m512i numbers, int bits) {
    Lanes<std::int32_t> all(numbers);
    for (std::int32_t &each : all.at) each >>= bits;
    return of<__m512i>(all.at);
}

inline float greatest(__m512 numbers) {
    const Lanes<float> all(numbers);
    return *std::max_element(all.at, all.at + lanes);
}

inline std::int32_t total(__m512i numbers) {
    std::int32_t sum = 0;
    for (const std::int32_t each : Lanes<std::int32_t>(numbers).at) sum += each;
    return sum;
}

}  // namespace musicgen::emulated

#define _mm512_cvtepi32_epi8 musicgen::emulated::narrowed<std::int8_t, __m128i>
#define _mm512_cvtepi32_epi16 musicgen::emulated::narrowed<std::int16_t, __m256i>
#define _mm512_cvtepi8_epi32 musicgen::emulated::widened<std::int8_t, __m128i>
#define _mm512_cvtepu16_epi32 musicgen::emulated::widened<std::uint16_t, __m256i>
#define _mm512_cvtepi32_ps musicgen::emulated::as_floats
#define _mm512_cvtps_epi32 musicgen::emulated::rounded
#define _mm512_srai_epi32 musicgen::emulated::shifted_right
#define _mm512_reduce_max_ps musicgen::emulated::greatest
#define _mm512_reduce_add_epi32 musicgen::emulated::total
