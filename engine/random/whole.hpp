// Whole numbers of persons, whichever type they are stored in.
#pragma once

#include <cstdint>
#include <type_traits>

namespace kohort {

/// The type of a count: 64-bit integers, or doubles that are whole (up to 2^53, where they are
/// exact).
template <class Count>
inline constexpr bool is_count =
    std::is_same_v<Count, std::int64_t> || std::is_same_v<Count, double>;

/// Throws `Error` (Fault::model) that names what was to be drawn and what was found.
[[noreturn]] void refuse_to_draw(const char* what, double found);

/// The count as an integer. Throws `Error` (Fault::model) where it is negative, not whole or too
/// large.
template <class Count>
std::int64_t whole(Count count) {
  static_assert(is_count<Count>);
  const auto integer = count >= Count{0} && count <= static_cast<Count>(std::int64_t{1} << 53U)
                           ? static_cast<std::int64_t>(count)
                           : std::int64_t{-1};
  if (integer < 0 || static_cast<Count>(integer) != count) {
    refuse_to_draw("a count that is not a whole number of persons", static_cast<double>(count));
  }
  return integer;
}

/// Throws `Error` (Fault::model) where it is none.
inline void require_probability(double probability) {
  if (probability >= 0.0 && probability <= 1.0) return;
  refuse_to_draw("a binomial needs a probability of 0 to 1", probability);
}

}  // namespace kohort
