// Where a result, or a text beside it, may be written.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace kohort::store {

/// The file that a result of this name will be: symbolic links are followed, so that a link stays
/// one and what it leads to is replaced.
///
/// Throws `Error` (Fault::scenario) where something stands there that a result may not replace:
/// anything but an HDF5 file or an empty one; and `Error` (Fault::storage) where the folder does
/// not exist or may not be written to. Whoever computes a result asks before computing it; the
/// writer asks again before it replaces a file.
std::filesystem::path result_target(const std::filesystem::path& file);

/// The same of a file of another kind, such as a table: its name must have one of the endings, such
/// as ".csv", and then a regular file of that name may be replaced.
std::filesystem::path file_target(const std::filesystem::path& file,
                                  const std::vector<std::string_view>& endings);

/// The same for a text that begins with `mark`, by which the program knows its own: it may replace
/// one that does so too, or an empty file.
std::filesystem::path text_target(const std::filesystem::path& file, std::string_view mark);

}  // namespace kohort::store
