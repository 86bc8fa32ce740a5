#include "models/population/fit/window.hpp"

#include <algorithm>

#include "engine/estimate/history_weights.hpp"

namespace kohort::population::fit {

namespace p = parameters;

Year last_year(const Source& source) {
  const auto last = source.settings.maybe(p::last_year);
  return last ? Year(static_cast<int>(*last)) : source.frame.base_year;
}

Years last_years(const Source& source, const Integer& count) {
  const Year last = last_year(source);
  return {last + (1 - static_cast<int>(source.settings[count])), last};
}

Window window(const Source& source, const p::WindowParameters& component) {
  const Years years = last_years(source, component.years);
  switch (source.settings[component.weights]) {
    case Weighting::uniform:
      return {years, uniform_weights(years.count())};
    case Weighting::linear:
      return {years, linear_weights(years.count())};
    case Weighting::exponential:
      return {years, exponential_weights(years.count(), source.settings[component.alpha])};
  }
  return {};
}

Years together(Years one, Years other) {
  return {std::min(one.first(), other.first()), std::max(one.last(), other.last())};
}

}  // namespace kohort::population::fit
