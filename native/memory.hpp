// Zeroed memory for weights and caches: aligned, and in large pages where the system has them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace musicgen {

inline std::size_t round_up(std::size_t n, std::size_t multiple) { return (n + multiple - 1) / multiple * multiple; }

// Lets the system take back the pages of a mapped file; they are read again when they are looked at.
inline void forget_pages(const void *data, std::size_t bytes) {
#ifdef __linux__
    constexpr std::size_t page = 4096;  // the smallest; where pages are larger, madvise refuses, which costs nothing
    const auto start = round_up(reinterpret_cast<std::uintptr_t>(data), page);
    const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) / page * page;
    if (end > start) madvise(reinterpret_cast<void *>(start), end - start, MADV_DONTNEED);
#else
    (void)data, (void)bytes;
#endif
}

// An array of plain numbers, all zero. Throws std::bad_alloc.
template <typename Number>
class Memory {
  public:
    Memory() = default;
    explicit Memory(std::size_t count) : size_(count) {
        const std::size_t bytes = count * sizeof(Number);
        const std::size_t alignment = bytes < large_page ? cache_line : large_page;
        // calloc takes fresh pages, which are zero already: a cache costs memory only as far as it is filled.
        block_.reset(std::calloc(round_up(bytes, cache_line) + alignment, 1));
        if (!block_) throw std::bad_alloc();
        const auto address = round_up(reinterpret_cast<std::uintptr_t>(block_.get()), alignment);
        data_ = reinterpret_cast<Number *>(address);
#ifdef __linux__
        if (alignment == large_page) madvise(data_, bytes, MADV_HUGEPAGE);  // a wish: fewer misses of the TLB
#endif
    }
    Number *data() { return data_; }
    const Number *data() const { return data_; }
    std::size_t size() const { return size_; }

  private:
    static constexpr std::size_t cache_line = 64, large_page = std::size_t(1) << 21;
    struct Free {
        void operator()(void *block) const { std::free(block); }
    };
    std::unique_ptr<void, Free> block_;
    Number *data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace musicgen
