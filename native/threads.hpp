// Workers that stay: they spin a little for the next job, then sleep, and meet at barriers inside a job.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace musicgen {

class Threads {
  public:
    // count ≥ 1, the caller of `run` included.
    explicit Threads(std::size_t count);
    ~Threads();
    Threads(const Threads &) = delete;
    Threads &operator=(const Threads &) = delete;

    std::size_t count() const { return workers_.size() + 1; }

    // Every worker does the job once, with its number; returns when all are done. A job must not throw.
    void run(const std::function<void(std::size_t)> &job);

    // Inside a job, called by all: tasks 0 to `tasks` are done, and nobody leaves before the last is done. Each
    // worker walks through a stretch of its own, so that it reads memory in order, then helps the others.
    template <typename Task>
    void share(std::size_t worker, std::size_t tasks, const Task &task) {
        const std::size_t all = count();
        for (std::size_t other = 0; other < all; ++other) {
            const std::size_t owner = (worker + other) % all;
            const std::size_t first = tasks * owner / all, size = tasks * (owner + 1) / all - first;
            while (stretches_[owner].taken.load(std::memory_order_relaxed) < size) {
                const std::size_t i = stretches_[owner].taken.fetch_add(1, std::memory_order_relaxed);
                if (i < size) task(first + i);
            }
        }
        meet();
    }

  private:
    struct alignas(64) Stretch {
        std::atomic<std::size_t> taken{0};
    };
    void meet();
    void work(std::size_t worker);

    std::vector<std::thread> workers_;
    std::unique_ptr<Stretch[]> stretches_;
    const std::function<void(std::size_t)> *job_ = nullptr;
    std::atomic<unsigned> jobs_{0};
    std::atomic<bool> ending_{false};
    std::mutex mutex_;
    std::condition_variable woken_;
    alignas(64) std::atomic<std::size_t> arrived_{0};
    alignas(64) std::atomic<unsigned> meetings_{0};
};

}  // namespace musicgen
