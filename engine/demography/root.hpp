// The root of a function of one variable, near a guess.
#pragma once

#include <cmath>
#include <optional>
#include <utility>

namespace kohort {

/// A root of the continuous `function` inside [low, high], at whose ends its signs differ, to the
/// last bits of double precision. Regula falsi with the Illinois rule: Dowell & Jarratt (1971),
/// BIT 11.
template <class Function>
double root_between(Function&& function, double low, double high) {
  double at_low = function(low);
  double at_high = function(high);
  for (int step = 0; step < 200 && at_low != 0.0 && at_high != 0.0; ++step) {
    // Every fourth step halves, for functions that bend too much for the chord.
    double middle = step % 4 == 3 ? low + (high - low) / 2.0
                                  : (low * at_high - high * at_low) / (at_high - at_low);
    if (!(middle > std::fmin(low, high)) || !(middle < std::fmax(low, high))) {
      middle = low + (high - low) / 2.0;
    }
    if (middle == low || middle == high) break;
    const double at_middle = function(middle);
    if ((at_middle < 0.0) != (at_high < 0.0)) {
      low = high;
      at_low = at_high;
    } else {
      at_low /= 2.0;  // the end that stays counts for less
    }
    high = middle;
    at_high = at_middle;
  }
  return at_low == 0.0 ? low : high;
}

/// A root of the continuous `function` near `guess`: in the first of the intervals of half-width
/// `reach`, 2 `reach`, 4 `reach`... that shows a change of sign; none after forty doublings.
template <class Function>
std::optional<double> root_near(Function&& function, double guess, double reach) {
  for (int doubling = 0; doubling < 40; ++doubling, reach *= 2.0) {
    const double below = function(guess - reach);
    const double above = function(guess + reach);
    if (!std::isfinite(below) || !std::isfinite(above)) return std::nullopt;
    if ((below <= 0.0 && above >= 0.0) || (below >= 0.0 && above <= 0.0)) {
      return root_between(std::forward<Function>(function), guess - reach, guess + reach);
    }
  }
  return std::nullopt;
}

}  // namespace kohort
