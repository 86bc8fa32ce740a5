#include "engine/run/lever_search.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace kohort {
namespace {

/// The number that twelve digits write.
double rounded(double value) { return std::stod(fmt::format("{:.12g}", value)); }

/// Neither falls where it has risen before, nor the other way round. Sums may differ by rounding.
bool goes_one_way(const std::vector<Tried>& tried, double Tried::*response) {
  constexpr double rounding = 1e-9;
  bool rises = false;
  bool falls = false;
  for (std::size_t at = 1; at < tried.size(); ++at) {
    const double before = tried[at - 1].*response;
    const double after = tried[at].*response;
    const double slack = rounding * std::max(std::abs(before), std::abs(after));
    rises = rises || after > before + slack;
    falls = falls || after < before - slack;
  }
  return !(rises && falls);
}

class Search {
 public:
  Search(const LeverTask& task, const std::function<Tried(double)>& try_lever)
      : task_(task), try_lever_(try_lever) {}

  SearchResult run() {
    const Tried start = attempt(task_.start);
    if (meets(start)) return finish(SearchEnd::met_already, start);
    std::optional<Tried> nearest;
    for (const double bound : {task_.bounds.least, task_.bounds.most}) {
      const std::optional<Tried> found = towards(bound);
      if (found && (!nearest || change(*found) < change(*nearest))) nearest = found;
    }
    return finish(nearest ? SearchEnd::found : SearchEnd::out_of_reach, nearest);
  }

 private:
  Tried attempt(double lever) {
    tried_.push_back(try_lever_(lever));
    return tried_.back();
  }
  bool meets(const Tried& tried) const { return tried.probability >= task_.probability; }
  double change(const Tried& tried) const { return std::abs(tried.lever - task_.start); }

  /// The nearest value on the way to a bound that meets the goal; none where the bound does not.
  std::optional<Tried> towards(double bound) {
    if (bound == task_.start) return std::nullopt;
    Tried nearest = attempt(bound);
    if (!meets(nearest)) return std::nullopt;
    const double distance = std::abs(bound - task_.start);
    const double step = bound > task_.start ? task_.step : -task_.step;
    double missing = 0.0;  // steps from the start to the furthest value that does not meet it
    // Rounding must not make a step more of a distance that is a whole number of them.
    double meeting = std::ceil(distance / task_.step * (1.0 - 1e-12));
    while (meeting - missing > 1.0) {
      const double middle = std::floor((missing + meeting) / 2.0);
      const Tried tried = attempt(rounded(task_.start + middle * step));
      if (meets(tried)) {
        meeting = middle;
        nearest = tried;
      } else {
        missing = middle;
      }
    }
    return nearest;
  }

  SearchResult finish(SearchEnd end, const std::optional<Tried>& answer) {
    std::sort(tried_.begin(), tried_.end(),
              [](const Tried& a, const Tried& b) { return a.lever < b.lever; });
    const bool certain = std::all_of(tried_.begin(), tried_.end(), [](const Tried& one) {
      return one.probability == 0.0 || one.probability == 1.0;
    });
    const bool monotone = goes_one_way(tried_, &Tried::probability) &&
                          (!certain || goes_one_way(tried_, &Tried::figure));
    return {end, answer, std::move(tried_), monotone};
  }

  const LeverTask& task_;
  const std::function<Tried(double)>& try_lever_;
  std::vector<Tried> tried_;
};

}  // namespace

SearchResult search_lever(const LeverTask& task, const std::function<Tried(double)>& try_lever) {
  return Search(task, try_lever).run();
}

}  // namespace kohort
