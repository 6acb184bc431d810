// The step as a Python class: arrays in, arrays out, the interpreter's lock given back meanwhile.
#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <optional>
#include <stdexcept>

#include "step.hpp"

namespace nb = nanobind;
using namespace musicgen;

namespace {

using Array = nb::ndarray<nb::ro, nb::c_contig, nb::device::cpu>;
using Floats = nb::ndarray<const float, nb::ndim<3>, nb::c_contig, nb::device::cpu>;
using Flags = nb::ndarray<const bool, nb::ndim<2>, nb::c_contig, nb::device::cpu>;
using Tokens = nb::ndarray<const std::int64_t, nb::ndim<2>, nb::c_contig, nb::device::cpu>;

Tensor tensor_of(const Array &array) {
    Tensor tensor;
    tensor.data = array.data();
    if (array.dtype() == nb::dtype<float>())
        tensor.type = NumberType::float32;
    else if (array.dtype() == nb::dtype<std::uint16_t>())
        tensor.type = NumberType::bfloat16;  // numpy has no such type: its bits
    else if (array.dtype().code == std::uint8_t(nb::dlpack::dtype_code::Float) && array.dtype().bits == 16)
        tensor.type = NumberType::float16;
    else
        throw std::invalid_argument("weights are float32, float16, or bfloat16 as uint16");
    for (std::size_t axis = 0; axis < array.ndim(); ++axis) tensor.shape.push_back(array.shape(axis));
    return tensor;
}

Precision precision_of(const std::string &name) {
    if (name == "fp32") return Precision::float32;
    if (name == "bf16") return Precision::bfloat16;
    if (name == "int8") return Precision::int8;
    throw std::invalid_argument("the precision is fp32, bf16 or int8");
}

void construct(Step *self, std::size_t layers, std::size_t width, std::size_t heads, std::size_t feed_forward,
               std::size_t codebooks, std::size_t vocabulary, bool cross_attention, const nb::dict &weights,
               bool mapped, const std::string &precision, std::size_t threads, const std::string &instructions) {
    if (heads == 0 || width % heads || width % 2 || width < 4)
        throw std::invalid_argument("the width is an even multiple of the heads");
    if (threads < 1) throw std::invalid_argument("at least one thread works");
    Tensors tensors;
    std::vector<Array> kept;
    for (const auto &[name, array] : weights) {
        kept.push_back(nb::cast<Array>(array));
        Tensor tensor = tensor_of(kept.back());
        tensor.mapped = mapped;
        tensors.emplace(nb::cast<std::string>(name), std::move(tensor));
    }
    const Shape shape{layers, width, heads, feed_forward, codebooks, vocabulary, cross_attention};
    const nb::gil_scoped_release unlocked;
    new (self) Step(instructions, shape, tensors, precision_of(precision), threads);
}

int open(Step &self, const std::optional<Floats> &cross, const std::optional<Flags> &cross_mask,
         const std::optional<Floats> &prepended, const std::vector<float> &guidance, float temperature,
         std::size_t top_k, float top_p, const std::vector<std::uint64_t> &seeds, std::uint64_t offset,
         std::size_t positions) {
    const std::size_t G = guidance.size(), D = self.shape().width;
    Conditioning conditioning;
    for (const auto *states : {&cross, &prepended})
        if (*states && ((*states)->shape(0) != G || (*states)->shape(2) != D))
            throw std::invalid_argument("states are [guidance rows, length, width]");
    if (cross) {
        conditioning.cross = cross->data();
        conditioning.cross_length = cross->shape(1);
        if (cross_mask) {
            if (cross_mask->shape(0) != G || cross_mask->shape(1) != cross->shape(1))
                throw std::invalid_argument("the mask is [guidance rows, length]");
            conditioning.cross_mask = cross_mask->data();
        }
    }
    if (prepended) {
        conditioning.prepended = prepended->data();
        conditioning.prepended_length = prepended->shape(1);
    }
    const Sampling sampling{guidance, temperature, top_k, top_p, seeds, offset};
    const nb::gil_scoped_release unlocked;
    return self.open(conditioning, sampling, positions);
}

void feed(Step &self, int sequence, const Tokens &tokens) {
    if (tokens.shape(0) != self.shape().codebooks) throw std::invalid_argument("tokens are [codebooks, steps]");
    const nb::gil_scoped_release unlocked;
    self.feed(sequence, tokens.data(), tokens.shape(1));
}

void check_step(const Step &self, const std::vector<int> &sequences, const Tokens &tokens) {
    if (tokens.shape(0) != sequences.size() || tokens.shape(1) != self.shape().codebooks)
        throw std::invalid_argument("tokens are [sequences, codebooks]");
}

// An array of numpy's own over new memory.
template <typename Number>
nb::ndarray<nb::numpy, Number> array_of(std::unique_ptr<Number[]> numbers, std::initializer_list<std::size_t> shape) {
    Number *data = numbers.release();
    const nb::capsule owner(data, [](void *memory) noexcept { delete[] static_cast<Number *>(memory); });
    return nb::ndarray<nb::numpy, Number>(data, shape, owner);
}

nb::ndarray<nb::numpy, std::int64_t> step(Step &self, const std::vector<int> &sequences, const Tokens &tokens) {
    check_step(self, sequences, tokens);
    const std::size_t B = sequences.size(), K = self.shape().codebooks;
    std::unique_ptr<std::int64_t[]> drawn(new std::int64_t[B * K]);
    {
        const nb::gil_scoped_release unlocked;
        self.step(sequences, tokens.data(), drawn.get());
    }
    return array_of(std::move(drawn), {B, K});
}

nb::ndarray<nb::numpy, float> logits(Step &self, const std::vector<int> &sequences, const Tokens &tokens) {
    check_step(self, sequences, tokens);
    const std::size_t B = sequences.size(), K = self.shape().codebooks, V = self.shape().vocabulary;
    std::unique_ptr<float[]> guided(new float[B * K * V]);
    {
        const nb::gil_scoped_release unlocked;
        self.logits(sequences, tokens.data(), guided.get());
    }
    return array_of(std::move(guided), {B, K, V});
}

}  // namespace

NB_MODULE(_step, module) {
    module.doc() = "The decoder's step in C++; see runtime/_native.py.";
    module.def("instruction_sets", [] {
        std::vector<std::string> names;
        for (const Kernels *kernels : runnable_kernels()) names.push_back(kernels->name);
        return names;
    });
    nb::class_<Step>(module, "Step")
        .def("__init__", &construct, nb::kw_only(), nb::arg("layers"), nb::arg("width"), nb::arg("heads"),
             nb::arg("feed_forward"), nb::arg("codebooks"), nb::arg("vocabulary"), nb::arg("cross_attention"),
             nb::arg("weights"), nb::arg("mapped"), nb::arg("precision"), nb::arg("threads"), nb::arg("instructions"))
        .def_prop_ro("instructions", &Step::instructions)
        .def_prop_ro("threads", &Step::threads)
        .def("open", &open, nb::kw_only(), nb::arg("cross").none(), nb::arg("cross_mask").none(),
             nb::arg("prepended").none(), nb::arg("guidance"), nb::arg("temperature"), nb::arg("top_k"),
             nb::arg("top_p"), nb::arg("seeds"), nb::arg("offset"), nb::arg("positions"))
        .def("feed", &feed)
        .def("step", &step)
        .def("logits", &logits)
        .def("close", &Step::close);
}
