// Rules by which small counts are kept from telling of single people.
#pragma once

#include <cmath>
#include <string>

#include <fmt/format.h>

namespace kohort::exchange {

/// What is done to counts before they leave the program. It is about counts alone: costs and
/// indicators stay as they are.
struct Disclosure {
  enum class Rule {
    none,
    suppress,  ///< counts from 1 to `bound` are not shown
    round,     ///< counts are shown as the nearest multiple of `bound`
  };

  Rule rule = Rule::none;
  int bound = 0;
};

/// A figure as it may be shown; expected numbers are whole numbers under a rule, and are judged as
/// such. Not a number where it is suppressed.
inline double disclosed(double figure, const Disclosure& disclosure) {
  if (disclosure.rule == Disclosure::Rule::none || std::isnan(figure)) return figure;
  const double bound = disclosure.bound;
  if (disclosure.rule == Disclosure::Rule::round) return bound * std::round(figure / bound);
  const double whole = std::round(figure);
  const double size = std::abs(whole);  // net migration can be negative
  return size >= 1.0 && size <= bound ? std::nan("") : whole;
}

/// The rule in words, for a file that it was applied to; empty where there is none.
inline std::string to_words(const Disclosure& disclosure, bool swedish) {
  const int bound = disclosure.bound;
  switch (disclosure.rule) {
    case Disclosure::Rule::none:
      return "";
    case Disclosure::Rule::suppress:
      return swedish ? fmt::format("antal 1-{} visas som ..", bound)
                     : fmt::format("counts of 1-{} are shown as ..", bound);
    case Disclosure::Rule::round:
      return swedish ? fmt::format("antal är avrundade till närmaste multipel av {}", bound)
                     : fmt::format("counts are rounded to the nearest multiple of {}", bound);
  }
  return "";
}

}  // namespace kohort::exchange
