// "Did you mean ...?"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kohort {

/// The candidate that `word` was probably meant to be: the nearest by edit distance (Damerau
/// 1964) if that is at most a third of the word's length, else none;
/// none for words of one or two letters. The first of equals wins.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// What to do about a word that is none of those allowed: "did you mean ...?", or else which there
/// are, of many the first.
std::string nearest_or_all(std::string_view word, std::span<const std::string> allowed);

}  // namespace kohort
