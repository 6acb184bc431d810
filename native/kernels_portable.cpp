// For any processor.
#include "kernels_plain.hpp"

namespace musicgen {

const Kernels portable_kernels = {"portable", panel_float32, panel_bfloat16, panels_int8,
                                  quantise,   gelu,          softmax,        layer_norm};

}  // namespace musicgen
