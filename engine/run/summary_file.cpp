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

/// The datasets of variables of one name, or of an indicator.
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

  /// Begins those of what the draws say, which get their years later.
  YearlyDatasets begin(std::span<const YearlyTable> kinds) {
    const YearlyTable& first = kinds.front();
    const std::vector<std::string> axes = axes_of(first);
    add_kinds(writer_, kinds);
    YearlyDatasets datasets(kinds, inner_of(first));
    const auto add = [&](const Part& part, auto figures) {
      datasets.add_part(writer_, dataset_of(part, first.variable), figures);
    };
    add({"", axes, ""}, &YearFigures::values);
    if (first.quantiles > 0) {
      add({"_quantiles", with("quantile", axes), ", quantiles of the draws"},
          &YearFigures::quantiles);
    }
    if (first.layers > 0) {
      add({"_sd", with("layer", axes), ", standard deviation of the draws"},
          &YearFigures::deviations);
    }
    if (first.indicator) add_of_areas(first, axes.front(), datasets);
    return datasets;
  }

 private:
  /// One dataset of a variable: what its name and long name end with.
  struct Part {
    std::string suffix;
    std::vector<std::string> axes;
    std::string meaning;
    std::string folder = "summary/";
  };

  template <class Item>
  static std::vector<std::string> axes_of(const Item& item) {
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

  static store::Dataset dataset_of(const Part& part, const Variable& variable) {
    return {part.folder + variable.name + part.suffix, part.axes,
            attributes_of(variable, part.meaning)};
  }

  /// How many figures stand together beside the axis of the kinds.
  template <class Item>
  std::size_t inner_of(const Item& item) const {
    const bool last = item.variable.category.place == CategoryPlace::last;
    return last || !tells_people_apart(item) ? 1 : axes_.ages.size() * axes_.sexes.size();
  }

  void add(const Part& part, std::span<const Summarised> kinds,
           std::vector<double> Summarised::*figures) {
    const Summarised& first = kinds.front();
    writer_.add_dataset(dataset_of(part, first.variable),
                        side_by_side(kinds, figures, inner_of(first)));
  }

  /// An indicator without the groups of areas: the areas stand first on their axis.
  void add_of_areas(const YearlyTable& table, const std::string& years, YearlyDatasets& datasets) {
    const std::size_t areas = frame_.areas.size();
    datasets.add_part(writer_, dataset_of({"", {years, "area"}, "", ""}, table.variable),
                      &YearFigures::values, areas);
    if (table.quantiles == 0) return;
    datasets.add_part(
        writer_,
        dataset_of({"_quantiles", {"quantile", years, "area"}, ", quantiles of the draws", ""},
                   table.variable),
        &YearFigures::quantiles, areas);
  }

  store::Writer& writer_;
  const Frame& frame_;
  const SummaryAxes& axes_;
};

}  // namespace

std::vector<YearlyDatasets> begin_summary(store::Writer& writer, const Frame& frame,
                                          std::span<const YearlyTable> sums) {
  const SummaryAxes axes = summary_axes(frame);
  add_scales(writer, axes, std::any_of(sums.begin(), sums.end(), [](const YearlyTable& table) {
               return table.layers > 0;
             }));
  ItemWriter item_writer(writer, frame, axes);
  std::vector<YearlyDatasets> datasets;
  for (const auto kinds : by_name(sums)) datasets.push_back(item_writer.begin(kinds));
  return datasets;
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
