#include "models/care/calibrate/share_cells.hpp"

#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/refuse.hpp"

namespace kohort::care {

void require(bool holds, const char* otherwise) {
  if (!holds) throw std::invalid_argument(otherwise);
}

std::string described(CareAge from) {
  if (from == CareAge(0)) return "all ages";
  return fmt::format("those {} years or more above the first age", from.position());
}

std::string described(const Scope& scope) {
  if (!scope.sex) return described(scope.from);
  return fmt::format("{} of sex {}", described(scope.from), scope.sex->position());
}

void check_shares(std::span<const double> shares, bool zero_allowed, const std::string& whose) {
  double sum = 0.0;
  for (std::size_t series = 0; series < shares.size(); ++series) {
    sum += shares[series];
    if (shares[series] > 0.0 || (zero_allowed && shares[series] == 0.0)) continue;
    refuse_input(
        fmt::format("the share of series {} (counted from 0) among {} is {}", series, whose,
                    shares[series]),
        zero_allowed ? "give a share of 0 or more" : "give a share above 0, or drop the series");
  }
  if (sum < 1.0) return;
  refuse_input(fmt::format("the shares of all series among {} sum to {}", whose, sum),
               "give them as parts of 1 whose sum is below 1; the series exclude each other");
}

}  // namespace kohort::care
