// Which inner loops this processor runs.
#include <stdexcept>

#include "kernels.hpp"
#if defined(MUSICGEN_X86) && defined(_MSC_VER)
#include <intrin.h>
#endif

namespace musicgen {
namespace {

#if defined(MUSICGEN_X86) && defined(_MSC_VER)
struct Processor {
    bool avx2 = false, avx512 = false;
    Processor() {
        int basic[4], extended[4];
        __cpuid(basic, 1);
        __cpuidex(extended, 7, 0);
        if (!(basic[2] & 1 << 27)) return;  // the system does not save the wide registers
        const unsigned long long saved = _xgetbv(0);
        const bool fma = basic[2] & 1 << 12;
        avx2 = fma && (saved & 0x06) == 0x06 && (extended[1] & 1 << 5);
        // F, DQ, BW and VL in EBX, VNNI in ECX.
        const unsigned wanted = 1u << 16 | 1u << 17 | 1u << 30 | 1u << 31;
        avx512 = avx2 && (saved & 0xE6) == 0xE6 && (unsigned(extended[1]) & wanted) == wanted && (extended[2] & 1 << 11);
    }
};
#elif defined(MUSICGEN_X86)
struct Processor {
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512vnni");
};
#endif

}  // namespace

std::vector<const Kernels *> runnable_kernels() {
    std::vector<const Kernels *> runnable;
#ifdef MUSICGEN_X86
    Processor processor;
#ifdef MUSICGEN_EMULATED
    processor.avx512 = true;
#endif
    if (processor.avx512) runnable.push_back(&avx512_kernels);
    if (processor.avx2) runnable.push_back(&avx2_kernels);
#endif
    runnable.push_back(&portable_kernels);
    return runnable;
}

const Kernels &kernels_named(const std::string &name) {
    for (const Kernels *kernels : runnable_kernels())
        if (name.empty() || name == kernels->name) return *kernels;
    throw std::invalid_argument("this processor does not run " + name);
}

}  // namespace musicgen
