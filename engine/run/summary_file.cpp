#include "engine/run/summary_file.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/run/kinds.hpp"

namespace kohort {
namespace {

void add_scales(store::Writer& writer, const SummaryAxes& axes, bool layers) {
  std::vector<std::string> labels;
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  for (const SummaryArea& area : axes.areas) {
    labels.push_back(area.label);
    names.push_back(area.name);
    kinds.push_back(area.kind);
  }
  writer.add_scale({"summary_area", "code of the area, or areas together", "", labels});
  writer.add_labels({"summary_area_name", "name of the area or group", "", names}, "summary_area");
  writer.add_labels({"summary_area_kind", "area, closing rest, group, or all", "", kinds},
                    "summary_area");
  std::vector<std::string> ages;
  for (const AgeGroup& group : axes.ages) ages.push_back(group.name);
  writer.add_scale({"summary_age", "ages together", "", ages});
  std::vector<std::string> sexes;
  for (const SummarySex& sex : axes.sexes) sexes.push_back(sex.label);
  writer.add_scale({"summary_sex", "sex, or both", "", sexes});
  if (layers) {
    writer.add_scale({"layer", "what the spread of the draws is due to", "", summary_layers});
  }
}

/// Variables of one name or an indicator, with what is known of their draws.
class ItemWriter {
 public:
  ItemWriter(store::Writer& writer, const Frame& frame, const SummaryAxes& axes)
      : writer_(writer), frame_(frame), axes_(axes) {}

  /// What the draws of another run leave of them when taken away, one by one.
  void add_difference(std::span<const Summarised> kinds) {
    const std::vector<std::string> axes = axes_of(kinds.front());
    add({"", axes, ", difference to the base", "difference/"}, kinds, &Summarised::values);
    if (kinds.front().quantiles.empty()) return;
    add({"_quantiles", with("quantile", axes),
         ", difference to the base draw by draw, quantiles of the draws", "difference/"},
        kinds, &Summarised::quantiles);
  }

  void add(std::span<const Summarised> kinds) {
    const Variable& variable = kinds.front().variable;
    const std::vector<std::string> axes = axes_of(kinds.front());
    add_kinds(writer_, kinds);
    add({"", axes, ""}, kinds, &Summarised::values);
    if (!kinds.front().quantiles.empty()) {
      add({"_quantiles", with("quantile", axes), ", quantiles of the draws"}, kinds,
          &Summarised::quantiles);
    }
    if (!kinds.front().deviations.empty()) {
      add({"_sd", with("layer", axes), ", standard deviation of the draws"}, kinds,
          &Summarised::deviations);
    }
    if (!kinds.front().indicator) return;
    add_of_areas(variable, {axes.front(), "area"}, "", kinds.front().values);
    if (kinds.front().quantiles.empty()) return;
    add_of_areas(variable, {"quantile", axes.front(), "area"}, ", quantiles of the draws",
                 kinds.front().quantiles);
  }

 private:
  /// One dataset of a variable: what its name and long name end with.
  struct Part {
    std::string suffix;
    std::vector<std::string> axes;
    std::string meaning;
    std::string folder = "summary/";
  };

  static std::vector<std::string> axes_of(const Summarised& item) {
    const Variable& variable = item.variable;
    std::vector<std::string> axes{variable.moment == Moment::stock ? "year" : "flow_year",
                                  "summary_area"};
    const Category& category = variable.category;
    const bool kinds = !category.axis.empty();
    if (kinds && category.place == CategoryPlace::after_area) axes.push_back(category.axis);
    if (tells_people_apart(item)) axes.insert(axes.end(), {"summary_age", "summary_sex"});
    if (kinds && category.place == CategoryPlace::last) axes.push_back(category.axis);
    return axes;
  }

  static std::vector<std::string> with(const std::string& first, std::vector<std::string> axes) {
    axes.insert(axes.begin(), first);
    return axes;
  }

  void add(const Part& part, std::span<const Summarised> kinds,
           std::vector<double> Summarised::*figures) {
    const Variable& variable = kinds.front().variable;
    const bool last = variable.category.place == CategoryPlace::last;
    const bool people = tells_people_apart(kinds.front());
    const std::size_t inner = last || !people ? 1 : axes_.ages.size() * axes_.sexes.size();
    add_together(writer_,
                 {part.folder + variable.name + part.suffix, part.axes,
                  attributes_of(variable, part.meaning)},
                 kinds, figures, inner);
  }

  /// An indicator without the groups of areas.
  void add_of_areas(const Variable& variable, const std::vector<std::string>& axes,
                    const std::string& meaning, std::span<const double> figures) {
    const std::string suffix = axes.size() > 2 ? "_quantiles" : "";
    writer_.add_dataset({variable.name + suffix, axes, attributes_of(variable, meaning)},
                        of_areas(figures));
  }

  /// The areas stand first on their axis.
  std::vector<double> of_areas(std::span<const double> figures) const {
    const std::size_t row = axes_.areas.size();
    std::vector<double> areas;
    for (std::size_t at = 0; at < figures.size(); ++at) {
      if (at % row < frame_.areas.size()) areas.push_back(figures[at]);
    }
    return areas;
  }

  store::Writer& writer_;
  const Frame& frame_;
  const SummaryAxes& axes_;
};

}  // namespace

void write_summary(store::Writer& writer, const Frame& frame, std::span<const Summarised> items) {
  const SummaryAxes axes = summary_axes(frame);
  const bool layers = std::any_of(items.begin(), items.end(),
                                  [](const Summarised& item) { return !item.deviations.empty(); });
  add_scales(writer, axes, layers);
  ItemWriter item_writer(writer, frame, axes);
  for (const auto kinds : by_name(items)) item_writer.add(kinds);
}

void write_differences(store::Writer& writer, const Frame& frame,
                       std::span<const Summarised> items) {
  const SummaryAxes axes = summary_axes(frame);
  ItemWriter item_writer(writer, frame, axes);
  for (const auto kinds : by_name(items)) item_writer.add_difference(kinds);
}

void write_thresholds(store::Writer& writer, std::span<const ThresholdOutcome> outcomes) {
  if (outcomes.empty()) return;
  const auto texts = [&](auto&& text_of) {
    std::vector<std::string> list;
    for (const ThresholdOutcome& outcome : outcomes) list.push_back(text_of(outcome.threshold));
    return list;
  };
  const auto add_texts = [&](const char* name, const char* long_name, auto&& text_of) {
    writer.add_labels({name, long_name, "", texts(text_of)}, "threshold");
  };
  writer.add_scale({"threshold", "name of the threshold", "",
                    texts([](const Threshold& one) { return one.name; })});
  add_texts("threshold_of", "what is held against the threshold",
            [](const Threshold& one) { return one.measure.variable.name; });
  add_texts("threshold_kind", "which kind of it; empty where there is one",
            [](const Threshold& one) { return one.measure.variable.category.label; });
  add_texts("threshold_area", "of which areas",
            [](const Threshold& one) { return one.measure.area.label; });
  add_texts("threshold_ages", "of which ages; empty for an indicator",
            [](const Threshold& one) { return one.measure.ages.name; });
  add_texts("threshold_sex", "of which sex; empty for an indicator",
            [](const Threshold& one) { return one.measure.sex.label; });
  add_texts("threshold_side", "above or below: where the threshold is passed",
            [](const Threshold& one) { return std::string(one.above ? "above" : "below"); });
  std::vector<double> limits;
  std::vector<double> passed;
  std::vector<double> ever;
  Basis basis = Basis::observed;
  for (const ThresholdOutcome& outcome : outcomes) {
    limits.push_back(outcome.threshold.limit);
    passed.insert(passed.end(), outcome.passed.begin(), outcome.passed.end());
    ever.insert(ever.end(), outcome.ever.begin(), outcome.ever.end());
    basis = std::max(basis, outcome.threshold.measure.variable.basis);
  }
  writer.add_labels(
      {"threshold_limit", "the threshold, in the unit of what is held against it", "1", limits},
      "threshold");
  const std::string weakest(to_string(basis));
  writer.add_dataset({"thresholds/probability",
                      {"threshold", "year"},
                      {{"units", "1"},
                       {"long_name", "share of the draws beyond the threshold in the year"},
                       {"basis", weakest}}},
                     passed);
  writer.add_dataset({"thresholds/probability_by_then",
                      {"threshold", "year"},
                      {{"units", "1"},
                       {"long_name", "share of the draws beyond it in the year or before"},
                       {"basis", weakest}}},
                     ever);
}

}  // namespace kohort
