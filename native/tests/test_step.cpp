// The step on tiny random models, for every kind of processor that this one can play: run under the sanitizers.
// Its arithmetic is compared with torch's by the tests in Python; here it is compared with itself.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <thread>

#include "step.hpp"

using namespace musicgen;

namespace {

void check(bool right, const std::string &what) {
    if (right) return;
    std::fprintf(stderr, "not so: %s\n", what.c_str());
    std::exit(1);
}

// Random weights of a shape, float32.
struct Weights {
    std::map<std::string, std::vector<float>> numbers;
    Tensors tensors;

    explicit Weights(const Shape &shape) {
        const std::size_t D = shape.width, FF = shape.feed_forward, K = shape.codebooks, V = shape.vocabulary;
        add("embeddings", {K, V + 1, D});
        add("heads", {K, V, D});
        add_norm("norm", D);
        for (std::size_t i = 0; i < shape.layers; ++i) {
            const std::string at = "layers." + std::to_string(i);
            for (const char *norm : {".self.norm", ".cross.norm", ".norm"}) add_norm(at + norm, D);
            add(at + ".self.qkv", {3 * D, D});
            add(at + ".self.out", {D, D});
            add(at + ".cross.q", {D, D});
            add(at + ".cross.kv", {2 * D, D});
            add(at + ".cross.out", {D, D});
            add(at + ".up", {FF, D});
            add(at + ".down", {D, FF});
        }
    }

  private:
    void add(const std::string &name, const std::vector<std::size_t> &sizes, float mean = 0.0f) {
        Tensor tensor;
        tensor.shape = sizes;
        std::vector<float> &values = numbers[name];
        std::normal_distribution<float> distribution(mean, 0.15f);
        for (std::size_t i = 0; i < tensor.size(); ++i) values.push_back(distribution(random_));
        tensor.data = values.data();
        tensors[name] = tensor;
    }
    void add_norm(const std::string &name, std::size_t width) {
        add(name + ".weight", {width}, 1.0f);
        add(name + ".bias", {width});
    }
    std::mt19937 random_{7};
};

// Text for the first of two guidance rows, and none for the second.
struct Text {
    std::vector<float> states;
    std::unique_ptr<bool[]> mask;
    Conditioning conditioning;

    Text(const Shape &shape, std::size_t length) : states(2 * length * shape.width), mask(new bool[2 * length]()) {
        for (std::size_t i = 0; i < length * shape.width; ++i) states[i] = std::sin(float(i));
        for (std::size_t i = 0; i < length; ++i) mask[i] = i % 3 != 1;
        conditioning.cross = states.data();
        conditioning.cross_mask = mask.get();
        conditioning.cross_length = length;
    }
};

Sampling sampling_of(const Shape &shape) {
    return {{3.0f, -2.0f}, 1.1f, 20, 0.9f, std::vector<std::uint64_t>(shape.codebooks, 5), 0};
}

std::vector<std::int64_t> random_tokens(const Shape &shape, std::size_t steps) {
    std::mt19937 random(3);
    std::vector<std::int64_t> tokens;
    for (std::size_t i = 0; i < shape.codebooks * steps; ++i) tokens.push_back(random() % (shape.vocabulary + 1));
    return tokens;
}

double difference(const std::vector<float> &a, const std::vector<float> &b) {
    double greatest = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) greatest = std::max(greatest, double(std::fabs(a[i] - b[i])));
    return greatest;
}

template <typename Call>
void check_refused(const Call &call, const std::string &what) {
    try {
        call();
    } catch (const std::invalid_argument &) {
        return;
    }
    check(false, what + " is refused");
}

// Logits after `steps` positions: half of them fed at once, the others one by one beside a guest that joins and
// leaves. Also what must be refused, and what must not change the take.
std::vector<float> take(const std::string &kernels, const Shape &shape, const Weights &weights, Precision precision,
                        std::size_t threads) {
    const std::size_t K = shape.codebooks, V = shape.vocabulary, steps = 21;
    const std::size_t half = 10 + threads;  // a pass of many rows, then one of few
    const Text text(shape, 7), longer(shape, 40);
    const std::vector<std::int64_t> tokens = random_tokens(shape, steps);
    std::vector<std::int64_t> columns(steps * K), drawn(2 * K);
    for (std::size_t t = 0; t < steps; ++t)
        for (std::size_t k = 0; k < K; ++k) columns[t * K + k] = tokens[k * steps + t];
    std::vector<std::int64_t> begin(K * half);
    for (std::size_t k = 0; k < K; ++k)
        for (std::size_t t = 0; t < half; ++t) begin[k * half + t] = tokens[k * steps + t];

    Step step(kernels, shape, weights.tensors, precision, threads);
    const int stepped = step.open(text.conditioning, sampling_of(shape), steps);
    const int fed = step.open(text.conditioning, sampling_of(shape), steps);
    std::vector<float> one_by_one(K * V), beside(2 * K * V);
    for (std::size_t t = 0; t < steps; ++t) step.logits({stepped}, &columns[t * K], one_by_one.data());

    step.feed(fed, begin.data(), half);
    const int guest = step.open(longer.conditioning, sampling_of(shape), steps);
    for (std::size_t t = half; t < steps; ++t) {
        std::vector<std::int64_t> both(&columns[t * K], &columns[t * K] + K);
        both.insert(both.end(), K, std::int64_t(V));
        if (t % 3 == 0)
            step.logits({fed}, both.data(), beside.data());
        else
            step.logits({fed, guest}, both.data(), beside.data());
    }
    beside.resize(K * V);
    // A key that is fed may differ in its last bit, and so be rounded to another of int8's levels.
    const double most = precision == Precision::int8 ? 2e-2 : 2e-3;
    check(difference(one_by_one, beside) < most, "feeding, and a guest, change nothing");

    step.step({guest}, &columns[0], drawn.data());
    for (std::size_t k = 0; k < K; ++k) check(drawn[k] >= 0 && drawn[k] < std::int64_t(V), "a token is drawn");
    check_refused([&] { step.step({fed}, &columns[0], drawn.data()); }, "a position too many");
    check_refused([&] { step.step({guest, guest}, &columns[0], drawn.data()); }, "a sequence twice");
    const std::vector<std::int64_t> wrong(K, std::int64_t(V) + 1);
    check_refused([&] { step.step({guest}, wrong.data(), drawn.data()); }, "a token outside the vocabulary");
    step.close(guest);
    check_refused([&] { step.close(guest); }, "a sequence that is not open");
    return one_by_one;
}

void run_all(const Shape &shape) {
    const Weights weights(shape);
    const std::vector<float> reference = take("portable", shape, weights, Precision::float32, 1);
    for (const Kernels *kernels : runnable_kernels())
        for (const std::size_t threads : {1, 3}) {
            const auto of = [&](Precision precision) { return take(kernels->name, shape, weights, precision, threads); };
            check(difference(reference, of(Precision::float32)) < 1e-4, std::string(kernels->name) + " is exact");
            check(difference(reference, of(Precision::bfloat16)) < 0.5, std::string(kernels->name) + " in bf16");
            check(difference(reference, of(Precision::int8)) < 0.5, std::string(kernels->name) + " in int8");
        }
    Tensors incomplete = weights.tensors;
    incomplete.erase("layers.0.up");
    check_refused([&] { Step("", shape, incomplete, Precision::int8, 2); }, "a model without a matrix");
}

}  // namespace

int main() {
    run_all({2, 32, 4, 48, 4, 64, true});    // heads that share a group of inputs
    run_all({2, 128, 2, 256, 4, 80, true});  // heads that are one
    // Two models at once do not know of each other.
    std::thread other([] { run_all({1, 64, 4, 64, 2, 32, true}); });
    run_all({1, 64, 4, 64, 2, 32, true});
    other.join();
    std::puts("the step holds");
}
