// Workers that stay: they spin a little for work, then sleep.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

namespace musicgen {

// One thread leads: it alone runs a job, and shares out its stages' tasks. The others only ever hold a task each, so
// that a helper whom the system has set aside for another program holds up nobody.
class Threads {
  public:
    // count ≥ 1, the leader included.
    explicit Threads(std::size_t count);
    ~Threads();
    Threads(const Threads &) = delete;
    Threads &operator=(const Threads &) = delete;

    std::size_t count() const { return helpers_.size() + 1; }

    // Does the job on the calling thread, with helpers awake. Only inside a job may tasks be shared.
    void run(const std::function<void()> &job);

    // One stage: task(worker, i) for i from 0 to `tasks`; returns when all are done. Each worker walks through a
    // stretch of its own, so that it reads memory in order, then helps the others. A task must not throw.
    template <typename Task>
    void share(std::size_t tasks, const Task &task) {
        begin(tasks, &task, [](const void *it, std::size_t worker, std::size_t i) {
            (*static_cast<const Task *>(it))(worker, i);
        });
    }

  private:
    using Call = void (*)(const void *task, std::size_t worker, std::size_t i);
    // A worker's share of a stage, in one line of the cache. `tasks` says how many there are and how many of them are
    // taken, in one number, so that a helper who comes late sees that nothing is left. The others stay while any task
    // of the stage is taken and not done.
    struct alignas(64) Stretch {
        std::atomic<std::uint64_t> tasks{0};  // size << 32 | taken
        std::size_t first = 0;
        const void *task = nullptr;
        Call call = nullptr;
    };
    void begin(std::size_t tasks, const void *task, Call call);
    // Whether anything was done.
    bool help(std::size_t worker);
    void work(std::size_t worker);

    std::vector<std::thread> helpers_;
    std::unique_ptr<Stretch[]> stretches_;
    alignas(64) std::atomic<std::size_t> done_{0};
    alignas(64) std::atomic<bool> running_{false};
    std::atomic<bool> ending_{false};
    std::mutex mutex_;
    std::condition_variable woken_;
};

}  // namespace musicgen
