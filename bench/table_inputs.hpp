// Inputs of the measured work from tables of another program, so that both can be held against
// each other.
#pragma once

#include <filesystem>

#include "engine/measure/inputs.hpp"

namespace kohort::measure {

/// Reads NAME.f64 of a folder, little-endian doubles with the last axis innermost: p0 [area][sex]
/// [age] persons; q, o and i [year][area][sex][age] chances of dying, of leaving, persons arriving;
/// f [year][area][bearing age]; b [sex][age] and k [year][draw], of which exp(b k) is the factor of
/// dying; phi and psi [year][draw], logarithms of the factors of bearing and arriving. The tables
/// of each year are to be those of the first times a factor: of q one for each sex and age, of o, i
/// and f one for all. Leavers of W4 are shared out as persons stand. Throws `std::runtime_error`
/// where a file is missing or not so.
Inputs read_inputs(const std::filesystem::path& folder);

}  // namespace kohort::measure
