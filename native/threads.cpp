#include "threads.hpp"

#include <system_error>

#ifdef MUSICGEN_X86
#include <immintrin.h>
#endif

namespace musicgen {
namespace {

// Tens of microseconds: as long as the caller needs between two steps, too short to warm anyone's lap.
constexpr int spins = 4000;

inline void rest() {
#ifdef MUSICGEN_X86
    _mm_pause();
#else
    std::this_thread::yield();
#endif
}

}  // namespace

Threads::Threads(std::size_t count) : stretches_(new Stretch[count]) {
    try {
        for (std::size_t worker = 1; worker < count; ++worker) workers_.emplace_back(&Threads::work, this, worker);
    } catch (const std::system_error &) {
        // The system gives no more of them: fewer do the work.
    }
}

Threads::~Threads() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ending_.store(true);
        jobs_.fetch_add(1);
    }
    woken_.notify_all();
    for (auto &worker : workers_) worker.join();
}

void Threads::run(const std::function<void(std::size_t)> &job) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        job_ = &job;
        jobs_.fetch_add(1, std::memory_order_release);
    }
    woken_.notify_all();
    job(0);
    meet();  // the job's memory is the caller's: nobody may still be in it
}

void Threads::work(std::size_t worker) {
    for (unsigned seen = 0;;) {
        for (int i = 0; i < spins && jobs_.load(std::memory_order_acquire) == seen; ++i) rest();
        if (jobs_.load(std::memory_order_acquire) == seen) {
            std::unique_lock<std::mutex> lock(mutex_);
            woken_.wait(lock, [&] { return jobs_.load(std::memory_order_acquire) != seen; });
        }
        ++seen;
        if (ending_.load()) return;
        (*job_)(worker);
        meet();
    }
}

void Threads::meet() {
    const unsigned meeting = meetings_.load(std::memory_order_acquire);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count()) {
        arrived_.store(0, std::memory_order_relaxed);
        for (std::size_t worker = 0; worker < count(); ++worker)
            stretches_[worker].taken.store(0, std::memory_order_relaxed);
        meetings_.store(meeting + 1, std::memory_order_release);
        return;
    }
    for (int i = 0; meetings_.load(std::memory_order_acquire) == meeting; ++i)
        if (i < spins)
            rest();
        else
            std::this_thread::yield();  // more threads than free cores: whoever is late needs this one
}

}  // namespace musicgen
