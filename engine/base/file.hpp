// Whole files as text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace kohort {

/// The bytes of a file, or why they cannot be had.
struct FileText {
  std::optional<std::string> text;
  std::string reason;  ///< in the system's words, where there is no text
};

FileText read_file(const std::filesystem::path& file);

}  // namespace kohort
