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

constexpr std::uint64_t size_of(std::uint64_t tasks) { return tasks >> 32; }
constexpr std::uint64_t taken_of(std::uint64_t tasks) { return tasks & 0xFFFFFFFFu; }

}  // namespace

Threads::Threads(std::size_t count) : stretches_(new Stretch[count]) {
    try {
        for (std::size_t worker = 1; worker < count; ++worker) helpers_.emplace_back(&Threads::work, this, worker);
    } catch (const std::system_error &) {
        // The system gives no more of them: fewer do the work.
    }
}

Threads::~Threads() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        ending_.store(true);
    }
    woken_.notify_all();
    for (auto &helper : helpers_) helper.join();
}

void Threads::run(const std::function<void()> &job) {
    if (!helpers_.empty()) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            running_.store(true);
        }
        woken_.notify_all();
    }
    job();
    running_.store(false);
}

void Threads::begin(std::size_t tasks, const void *task, Call call) {
    const std::size_t all = count();
    done_.store(0, std::memory_order_relaxed);
    for (std::size_t worker = all; worker-- > 0;) {  // the leader's own comes last
        Stretch &stretch = stretches_[worker];
        stretch.first = tasks * worker / all;
        stretch.task = task;
        stretch.call = call;
        const std::uint64_t size = tasks * (worker + 1) / all - stretch.first;
        stretch.tasks.store(size << 32, std::memory_order_release);
    }
    help(0);
    for (int i = 0; done_.load(std::memory_order_acquire) < tasks; ++i)
        if (i < spins)
            rest();
        else
            std::this_thread::yield();  // more threads than free cores: whoever is late needs this one
}

bool Threads::help(std::size_t worker) {
    const std::size_t all = count();
    bool helped = false;
    for (std::size_t other = 0; other < all; ++other) {
        Stretch &stretch = stretches_[(worker + other) % all];
        std::size_t finished = 0;
        for (std::uint64_t seen = stretch.tasks.load(std::memory_order_relaxed); taken_of(seen) < size_of(seen);
             seen = stretch.tasks.load(std::memory_order_relaxed)) {
            // What is taken may be of a newer stage than the one seen; then it is that stage's task that is done.
            const std::uint64_t now = stretch.tasks.fetch_add(1, std::memory_order_acquire);
            if (taken_of(now) >= size_of(now)) break;
            stretch.call(stretch.task, worker, stretch.first + taken_of(now));
            ++finished;
        }
        if (finished) done_.fetch_add(finished, std::memory_order_release);
        helped |= finished > 0;
    }
    return helped;
}

void Threads::work(std::size_t worker) {
    while (!ending_.load()) {
        {
            std::unique_lock<std::mutex> lock(mutex_);
            woken_.wait(lock, [&] { return running_.load() || ending_.load(); });
        }
        for (int idle = 0; idle < spins || running_.load();)
            if (help(worker))
                idle = 0;
            else if (++idle < spins)
                rest();
            else
                std::this_thread::yield();
    }
}

}  // namespace musicgen
