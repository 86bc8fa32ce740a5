// Texts that the program writes beside its results, such as a scenario that it has found.
#pragma once

#include <filesystem>
#include <string_view>

namespace kohort::store {

/// Writes a text, which begins with `mark`, under its final name, whole or not at all. Replaces
/// what `text_target` allows, and throws as that does; `Error` (Fault::storage) where writing
/// fails.
void write_text(const std::filesystem::path& file, std::string_view mark, std::string_view text);

}  // namespace kohort::store
