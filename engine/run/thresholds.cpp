#include "engine/run/thresholds.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

namespace kohort {

namespace p = parameters;

namespace {

/// Reads blocks [[output.threshold]], and what is wrong with them.
class ThresholdReader {
 public:
  ThresholdReader(const Frame& frame, const Model& model)
      : measures_(p::threshold_fields, frame, model, mistakes_) {}

  Threshold read(const Settings& block) {
    Threshold threshold;
    threshold.name = block[p::threshold_name];
    if (threshold.name.empty() || !names_.insert(threshold.name).second) {
      wrong(block, p::threshold_name, fmt::format("a second '{}', or no name", threshold.name),
            "give each threshold a name of its own");
    }
    threshold.measure = measures_.read(block);
    read_limit(block, threshold);
    return threshold;
  }

  void finish() const { mistakes_.throw_if_any(Fault::scenario); }

 private:
  void read_limit(const Settings& block, Threshold& threshold) {
    const auto above = block.maybe(p::threshold_above);
    const auto below = block.maybe(p::threshold_below);
    if (above.has_value() == below.has_value()) {
      wrong(block, p::threshold_above,
            above ? "below is given too" : "neither it nor below is given", "give one of the two");
      return;
    }
    threshold.above = above.has_value();
    threshold.limit = above ? *above : *below;
  }

  void wrong(const Settings& block, const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block.mistake(field, std::move(what), std::move(remedy)));
  }

  Mistakes mistakes_;
  MeasureReader measures_;
  std::set<std::string> names_;
};

double share(const std::vector<unsigned char>& flags) {
  const auto count = std::count(flags.begin(), flags.end(), static_cast<unsigned char>(1));
  return static_cast<double>(count) / static_cast<double>(flags.size());
}

}  // namespace

std::vector<Threshold> read_thresholds(const Settings& settings, const Frame& frame,
                                       const Model& model) {
  ThresholdReader reader(frame, model);
  std::vector<Threshold> thresholds;
  for (const Settings& block : settings[p::thresholds]) thresholds.push_back(reader.read(block));
  reader.finish();
  return thresholds;
}

ThresholdOutcome outcome_of(const Threshold& threshold, const DrawFigures& figures) {
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> years(figures.years(), untold);
  ThresholdOutcome outcome{threshold, years, years};
  std::vector<unsigned char> beyond(figures.draws);
  std::vector<unsigned char> ever(figures.draws);
  const bool flow = threshold.measure.variable.moment == Moment::flow;
  for (std::size_t year = flow ? 1 : 0; year < figures.years(); ++year) {
    const std::span<const double> values = figures.of(year);
    for (std::size_t draw = 0; draw < figures.draws; ++draw) {
      const bool passed =
          threshold.above ? values[draw] > threshold.limit : values[draw] < threshold.limit;
      beyond[draw] = passed ? 1 : 0;
      if (passed) ever[draw] = 1;
    }
    outcome.passed[year] = share(beyond);
    outcome.ever[year] = share(ever);
  }
  return outcome;
}

}  // namespace kohort
