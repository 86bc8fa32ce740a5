#include "engine/run/thresholds.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort {

namespace p = parameters;

namespace {

/// "did you mean ...?", or else what there is.
std::string remedy_for(const std::string& word, const std::vector<std::string>& words) {
  if (const auto meant = nearest(word, words)) return fmt::format("did you mean '{}'?", *meant);
  std::string list;
  for (const std::string& one : words) {
    if (list.size() > 120) return list + ", ...";
    list += (list.empty() ? "there is " : ", ") + one;
  }
  return list;
}

/// Reads blocks [[output.threshold]], and what is wrong with them.
class ThresholdReader {
 public:
  ThresholdReader(const Frame& frame, const Model& model)
      : frame_(frame), axes_(summary_axes(frame)) {
    for (const Variable& variable : model.variables()) all_.push_back({variable, false});
    for (const Variable& variable : model.indicators()) all_.push_back({variable, true});
  }

  Threshold read(const Settings& block) {
    Threshold threshold;
    threshold.name = block[p::threshold_name];
    if (threshold.name.empty() || !names_.insert(threshold.name).second) {
      wrong(block, p::threshold_name, fmt::format("a second '{}', or no name", threshold.name),
            "give each threshold a name of its own");
    }
    read_quantity(block, threshold);
    read_people(block, threshold);
    read_limit(block, threshold);
    return threshold;
  }

  void finish() const { mistakes_.throw_if_any(Fault::scenario); }

 private:
  struct Quantity {
    Variable variable;
    bool indicator;
  };

  void read_quantity(const Settings& block, Threshold& threshold) {
    const std::string name = block[p::threshold_of];
    const auto named = [&](const Quantity& one) { return one.variable.name == name; };
    const auto first = std::find_if(all_.cbegin(), all_.cend(), named);
    if (first == all_.cend()) {
      std::set<std::string> names;
      for (const Quantity& one : all_) names.insert(one.variable.name);
      wrong(block, p::threshold_of, fmt::format("there is no '{}'", name),
            remedy_for(name, {names.begin(), names.end()}));
      return;
    }
    const auto last = std::find_if_not(first, all_.cend(), named);
    const auto found = find_kind(block, {first, last});
    if (found == last) return;
    threshold.variable = found->variable;
    threshold.indicator = found->indicator;
    threshold.number =
        static_cast<std::size_t>(std::count_if(all_.cbegin(), found, [&](const Quantity& before) {
          if (before.indicator != found->indicator) return false;
          return !found->indicator || before.variable.moment == found->variable.moment;
        }));
  }

  using Quantities = std::vector<Quantity>::const_iterator;

  /// Among the kinds of one quantity the one that a block names; the end where it is wrong.
  Quantities find_kind(const Settings& block, std::pair<Quantities, Quantities> kinds) {
    const auto [first, last] = kinds;
    const auto label = block.maybe(p::threshold_kind);
    if (first->variable.category.axis.empty()) {
      if (!label) return first;
      wrong(block, p::threshold_kind, "it is of one kind alone", "leave it out");
      return last;
    }
    std::vector<std::string> labels;
    for (auto one = first; one != last; ++one) {
      if (label && one->variable.category.label == *label) return one;
      labels.push_back(one->variable.category.label);
    }
    wrong(block, p::threshold_kind,
          label ? fmt::format("there is no kind '{}'", *label) : "it is of several kinds",
          remedy_for(label.value_or(""), labels));
    return last;
  }

  void read_people(const Settings& block, Threshold& threshold) {
    const std::string code = block[p::threshold_area];
    if (const SummaryArea* area = find_area(axes_, code)) {
      threshold.area = *area;
    } else {
      std::vector<std::string> codes;
      for (const SummaryArea& one : axes_.areas) codes.push_back(one.label);
      wrong(block, p::threshold_area, fmt::format("there is no area or group '{}'", code),
            remedy_for(code, codes));
    }
    if (!threshold.indicator && threshold.variable.detail == Detail::people) {
      read_ages(block, threshold);
      read_sex(block, threshold);
      return;
    }
    for (const Text* field : {&p::threshold_ages, &p::threshold_sex}) {
      if (!block.maybe(*field)) continue;
      wrong(block, *field,
            threshold.indicator ? "an indicator is of all ages and sexes, or says of which"
                                : "this is not told apart by age and sex",
            "leave it out");
    }
  }

  void read_ages(const Settings& block, Threshold& threshold) {
    threshold.ages = axes_.ages.back();
    const auto text = block.maybe(p::threshold_ages);
    if (!text || *text == threshold.ages.name) return;
    const AgesRead read = ages_of(*text, frame_);
    if (read.group) {
      threshold.ages = *read.group;
    } else {
      wrong(block, p::threshold_ages, read.what, read.remedy);
    }
  }

  void read_sex(const Settings& block, Threshold& threshold) {
    threshold.sex = axes_.sexes.back();
    const auto word = block.maybe(p::threshold_sex);
    if (!word) return;
    const auto found = std::find_if(axes_.sexes.begin(), axes_.sexes.end(),
                                    [&](const SummarySex& sex) { return sex.label == *word; });
    if (found != axes_.sexes.end()) {
      threshold.sex = *found;
      return;
    }
    std::vector<std::string> words;
    for (const SummarySex& sex : axes_.sexes) words.push_back(sex.label);
    wrong(block, p::threshold_sex, fmt::format("'{}' is not projected", *word),
          remedy_for(*word, words));
  }

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

  const Frame& frame_;
  SummaryAxes axes_;
  std::vector<Quantity> all_;
  std::set<std::string> names_;
  Mistakes mistakes_;
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

ThresholdCounter::ThresholdCounter(const Model& model, const Frame& frame,
                                   std::span<const DrawBlock> blocks,
                                   std::vector<Threshold> thresholds)
    : model_(model), frame_(frame), blocks_(blocks) {
  const std::size_t draws = blocks.back().first + blocks.back().count - blocks.front().first;
  constexpr double untold = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> years(frame.intervals + 1, untold);
  for (Threshold& threshold : thresholds) outcomes_.push_back({std::move(threshold), years, years});
  beyond_.assign(outcomes_.size(), std::vector<unsigned char>(draws));
  ever_ = beyond_;
}

void ThresholdCounter::take(bool base, std::size_t block, const State& state,
                            const Ledger& ledger) {
  const std::size_t count = blocks_[block].count;
  const std::size_t first = blocks_[block].first - blocks_.front().first;
  for (std::size_t at = 0; at < outcomes_.size(); ++at) {
    const Threshold& threshold = outcomes_[at].threshold;
    if (base && threshold.variable.moment == Moment::flow) continue;
    const std::vector<double> values = figures(threshold, count, state, ledger);
    for (std::size_t draw = 0; draw < count; ++draw) {
      const bool passed =
          threshold.above ? values[draw] > threshold.limit : values[draw] < threshold.limit;
      beyond_[at][first + draw] = passed ? 1 : 0;
      if (passed) ever_[at][first + draw] = 1;
    }
  }
}

std::vector<double> ThresholdCounter::figures(const Threshold& threshold, std::size_t count,
                                              const State& state, const Ledger& ledger) const {
  if (!threshold.indicator) {
    return sums(threshold, count, model_.values(state, ledger, threshold.number));
  }
  const Moment moment = threshold.variable.moment;
  const std::vector<Variable> indicators = model_.indicators();
  const auto rows = static_cast<std::size_t>(
      std::count_if(indicators.begin(), indicators.end(),
                    [&](const Variable& indicator) { return indicator.moment == moment; }));
  std::vector<double> all(rows * count);
  model_.indicate(moment, state, ledger, threshold.area.members, all);
  const auto row = all.begin() + static_cast<std::ptrdiff_t>(threshold.number * count);
  return {row, row + static_cast<std::ptrdiff_t>(count)};
}

std::vector<double> ThresholdCounter::sums(const Threshold& threshold, std::size_t count,
                                           std::span<const double> values) const {
  const VariableCells cells(frame_, threshold.variable);
  std::vector<double> sums(count);
  const auto add_row = [&](std::size_t row) {
    for (const Area area : threshold.area.members) {
      const auto draws = values.subspan((row * cells.areas() + area.position()) * count, count);
      std::transform(sums.begin(), sums.end(), draws.begin(), sums.begin(), std::plus<>());
    }
  };
  if (threshold.variable.detail == Detail::areas) {
    add_row(0);
    return sums;
  }
  const std::size_t known = cells.first_age().position();
  const std::size_t last = std::min(threshold.ages.last.position(), known + cells.ages() - 1);
  for (const Sex sex : threshold.sex.members) {
    for (std::size_t age = std::max(threshold.ages.first.position(), known); age <= last; ++age) {
      for (std::size_t group = 0; group < cells.groups(); ++group) {
        add_row((sex.position() * cells.ages() + age - known) * cells.groups() + group);
      }
    }
  }
  return sums;
}

void ThresholdCounter::finish(std::size_t done) {
  for (std::size_t at = 0; at < outcomes_.size(); ++at) {
    ThresholdOutcome& outcome = outcomes_[at];
    if (done == 0 && outcome.threshold.variable.moment == Moment::flow) continue;
    outcome.passed[done] = share(beyond_[at]);
    outcome.ever[done] = share(ever_[at]);
  }
}

}  // namespace kohort
