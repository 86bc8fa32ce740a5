// File names as they are shown and stored.
#pragma once

#include <filesystem>
#include <string>

namespace kohort {

/// `file` as seen from `folder`, so that what is stored does not depend on where the project lies;
/// the name itself where no relative path leads there.
inline std::string seen_from(const std::filesystem::path& folder, const std::string& file) {
  const std::string relative =
      std::filesystem::path(file).lexically_relative(folder.lexically_normal()).string();
  return relative.empty() ? file : relative;
}

}  // namespace kohort
