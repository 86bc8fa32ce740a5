// Compressed files, as tests make them.
#pragma once

#include <string>

namespace kohort::test {

/// The text as a gzip file.
std::string gzip(const std::string& text);

}  // namespace kohort::test
