// Files compressed by gzip.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kohort {

/// Whether the bytes begin as a gzip file does (RFC 1952).
bool is_gzip(std::string_view bytes);

/// The text in a gzip file; none where it is broken or cut off.
std::optional<std::string> inflate_gzip(std::string_view bytes);

}  // namespace kohort
