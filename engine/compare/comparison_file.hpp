// Comparisons as an HDF5 file: see engine/store/FORMAT.md.
#pragma once

#include <filesystem>
#include <span>

#include "engine/compare/comparison.hpp"
#include "engine/store/writer.hpp"

namespace kohort::compare {

/// Of the form of files of comparisons; it rises as `kohort_format` does.
inline constexpr std::int64_t comparison_format = 1;

/// Writes all figures and measures. `about` are attributes of the root that say which program made
/// the file, and of what. Throws `Error` (Fault::storage) where writing fails.
void write_comparisons(const std::filesystem::path& file, const store::Attributes& about,
                       std::span<const Comparison> comparisons);

}  // namespace kohort::compare
