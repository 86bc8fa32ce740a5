#include "engine/run/result_file.hpp"

#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/base/digest.hpp"
#include "engine/base/interrupted.hpp"
#include "engine/base/path.hpp"
#include "engine/model/frozen_tables.hpp"
#include "engine/run/goal_file.hpp"
#include "engine/run/kinds.hpp"
#include "engine/run/summary_file.hpp"
#include "engine/run/version.hpp"
#include "engine/store/writer.hpp"

namespace kohort {
namespace {

std::vector<std::int32_t> years(Year first, std::size_t count, int step) {
  std::vector<std::int32_t> labels;
  for (std::size_t at = 0; at < count; ++at) {
    labels.push_back(first.value() + static_cast<int>(at) * step);
  }
  return labels;
}

void add_area_labels(store::Writer& writer, const Frame& frame) {
  std::vector<std::string> codes;
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  for (const AreaDescription& area : frame.areas) {
    codes.push_back(area.code);
    names.push_back(area.name);
    kinds.emplace_back(area.rest ? "rest" : "area");
  }
  writer.add_scale({"area", "code of the area", "", codes});
  writer.add_labels({"area_name", "name of the area", "", names}, "area");
  writer.add_labels({"area_kind", "area, or closing rest of the country", "", kinds}, "area");
}

void add_scales(store::Writer& writer, const Frame& frame) {
  writer.add_scale({"year", "year of the stock, at 31 December", "year",
                    years(frame.base_year, frame.intervals + 1, frame.step)});
  writer.add_scale({"flow_year", "year of the flow; the last year of the interval", "year",
                    years(frame.base_year + frame.step, frame.intervals, frame.step)});
  add_area_labels(writer, frame);
  if (!frame.groups.empty()) writer.add_scale({"group", "group", "", frame.groups});
  writer.add_scale({"sex", "sex", "", frame.sexes});
  std::vector<std::int32_t> ages;
  for (const Age age : positions<Age>(frame.ages())) ages.push_back(frame.first_age(age));
  writer.add_scale({"age", "age attained at 31 December, or first of the group; the last is open",
                    "years", ages});
}

/// The axes of a variable in the result; of several kinds with theirs.
std::vector<std::string> axes_of(const Variable& variable, const Frame& frame) {
  std::vector<std::string> axes{variable.moment == Moment::stock ? "year" : "flow_year", "area"};
  const bool people = variable.detail == Detail::people;
  if (people && !frame.groups.empty()) axes.emplace_back("group");
  const Category& category = variable.category;
  const bool kinds = !category.axis.empty();
  if (kinds && category.place == CategoryPlace::after_area) axes.push_back(category.axis);
  if (people) axes.insert(axes.end(), {"sex", "age"});
  if (kinds && category.place == CategoryPlace::last) axes.push_back(category.axis);
  return axes;
}

/// The datasets of variables of one name, with what is kept of their draws.
class CellWriter {
 public:
  CellWriter(store::Writer& writer, const Frame& frame, const Provenance& provenance)
      : writer_(writer), frame_(frame), provenance_(provenance) {}

  /// Begins them; they get their years later.
  YearlyDatasets begin(std::span<const YearlyTable> kinds) {
    const YearlyTable& first = kinds.front();
    const std::vector<std::string> axes = axes_of(first.variable, frame_);
    add_kinds(writer_, kinds);
    YearlyDatasets datasets(kinds, inner_of(first.variable));
    const auto add = [&](const Part& part, auto figures) {
      const Variable& variable = first.variable;
      datasets.add_part(
          writer_, {variable.name + part.suffix, part.axes, attributes_of(variable, part.meaning)},
          figures);
    };
    add({"", axes, ""}, &YearFigures::values);
    if (first.quantiles > 0) {
      add({"_quantiles", with("quantile", axes), ", quantiles of the draws"},
          &YearFigures::quantiles);
    }
    if (first.draws == 0) return datasets;
    if (!writer_.has("draw")) {
      writer_.add_scale({"draw", "number of the draw", "1", draw_numbers()});
    }
    add({"_draws", with("draw", axes), ", every draw"}, &YearFigures::draws);
    return datasets;
  }

 private:
  /// One dataset of a variable: what its name and long name end with.
  struct Part {
    std::string suffix;
    std::vector<std::string> axes;
    std::string meaning;
  };

  /// How many figures stand together beside the axis of the kinds.
  std::size_t inner_of(const Variable& variable) const {
    if (variable.category.place == CategoryPlace::last) return 1;
    return VariableCells(frame_, variable).within_area();
  }

  static std::vector<std::string> with(const std::string& first, std::vector<std::string> axes) {
    axes.insert(axes.begin(), first);
    return axes;
  }

  std::vector<std::int32_t> draw_numbers() const {
    std::vector<std::int32_t> numbers(static_cast<std::size_t>(provenance_.draws));
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int32_t>(provenance_.first_draw));
    return numbers;
  }

  store::Writer& writer_;
  const Frame& frame_;
  const Provenance& provenance_;
};

/// Long names of the axes that only estimates run along.
std::string long_name_of(const std::string& axis) {
  if (axis == "origin") return "code of the area that people leave";
  if (axis == "destination") return "code of the area that people move to";
  if (axis == "estimated_area") return "code of the area whose people are estimated";
  if (axis == "check_age_group") return "ages in which the error is reported";
  if (axis == "cohort_row") return "age group reached; the last are those in the open one already";
  if (axis == "care_definition") return "by which users of care are counted";
  if (axis == "care_people") return "ages and sex that a published share of users is of";
  if (axis == "care_share_year") return "year that a published share of users is of";
  if (axis == "age_class") return "ages that share their destinations";
  return axis;
}

/// Axes that only estimates run along become scales when the first such estimate comes.
class EstimateWriter {
 public:
  explicit EstimateWriter(store::Writer& writer) : writer_(writer) {}

  void add(const Estimate& estimate) {
    store::Dataset dataset{estimate.name, {}, attributes(estimate)};
    for (const EstimateAxis& axis : estimate.axes) {
      if (!axis.labels.empty()) add_axis(axis);
      dataset.axes.push_back(axis.name);
    }
    writer_.add_dataset(dataset, estimate.values);
  }

 private:
  static store::Attributes attributes(const Estimate& estimate) {
    store::Attributes attributes{{"units", estimate.unit},
                                 {"long_name", estimate.long_name},
                                 {"basis", std::string(to_string(estimate.basis))}};
    if (!estimate.components.empty()) {
      attributes.emplace_back("components", fmt::format("{}", fmt::join(estimate.components, " ")));
    }
    return attributes;
  }

  void add_axis(const EstimateAxis& axis) {
    if (writer_.has(axis.name)) return;
    if (axis.name == "life_table_age") {
      std::vector<double> ages;
      for (const std::string& label : axis.labels) ages.push_back(std::stod(label));
      writer_.add_scale(
          {axis.name, "first exact age of the life-table group; the last is open", "years", ages});
    } else {
      writer_.add_scale({axis.name, long_name_of(axis.name), "", axis.labels});
    }
  }

  store::Writer& writer_;
};

nlohmann::ordered_json to_json(const InputRecord& record, const std::filesystem::path& folder) {
  nlohmann::ordered_json json;
  json["parameter"] = record.parameter;
  json["name"] = std::filesystem::path(record.file).filename().string();
  json["file"] = seen_from(folder, record.file);
  json["value"] = record.value;
  json["rows"] = record.rows;
  json["sha256"] = record.sha256;
  json["basis"] = to_string(record.basis);
  if (!record.known_from) {
    json["known_from"] = nullptr;
  } else if (record.known_from->year) {
    json["known_from"] = *record.known_from->year;
  } else {
    json["known_from"] = "year";
  }
  json["age_definition"] = nullptr;
  if (record.age_definition) json["age_definition"] = to_string(*record.age_definition);
  json["source"] = record.source;
  return json;
}

nlohmann::ordered_json to_json(const InterventionRecord& record) {
  nlohmann::ordered_json json;
  json["name"] = record.name;
  json["on"] = record.on;
  json[record.is_shift ? "shift" : "factor"] = record.size;
  json["se"] = record.se;
  if (record.drawn_values > 0) json["drawn_values"] = record.drawn_values;
  json["grade"] = record.grade;
  json["evidence"] = record.evidence;
  return json;
}

void add_provenance(store::Writer& writer, const Provenance& provenance) {
  nlohmann::ordered_json inputs = nlohmann::ordered_json::array();
  for (const InputRecord& record : provenance.inputs) {
    inputs.push_back(to_json(record, provenance.scenario_folder));
  }
  writer.add_attribute({"Conventions", std::string("CF-1.8")});
  writer.add_attribute({"title", provenance.title});
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"program_version", std::string(program_version())});
  writer.add_attribute({"git_commit", std::string(git_commit())});
  writer.add_attribute({"compiler_flags", std::string(compiler_flags())});
  writer.add_attribute({"scenario", provenance.resolved_scenario});
  writer.add_attribute({"scenario_sha256", sha256(provenance.resolved_scenario)});
  writer.add_attribute({"inputs", inputs.dump()});
  if (!provenance.interventions.empty()) {
    auto interventions = nlohmann::ordered_json::array();
    for (const InterventionRecord& one : provenance.interventions) {
      interventions.push_back(to_json(one));
    }
    writer.add_attribute({"interventions", interventions.dump()});
  }
  writer.add_attribute({"seed", provenance.seed});
  writer.add_attribute({"draws", provenance.draws});
  writer.add_attribute({"first_draw", provenance.first_draw});
  if (provenance.precision != Precision::in_double) {
    writer.add_attribute({"precision", std::string(to_string(provenance.precision))});
  }
}

}  // namespace

ResultFile::ResultFile(ResultPlace place, const Frame& frame, Provenance provenance)
    : place_(std::move(place)),
      frame_(frame),
      provenance_(std::move(provenance)),
      writer_(place_.file) {
  add_provenance(writer_, provenance_);
  add_scales(writer_, frame);
  if (provenance_.draws > 1) {
    writer_.add_scale({"quantile", "share of the draws below", "1", provenance_.quantiles});
  }
}

void ResultFile::begin(std::span<const YearlyTable> cells, std::span<const YearlyTable> sums) {
  CellWriter cell_writer(writer_, frame_, provenance_);
  for (const auto kinds : by_name(cells)) cells_.push_back(cell_writer.begin(kinds));
  sums_ = begin_summary(writer_, frame_, sums);
}

void ResultFile::take(FinishedYear year) {
  YearChunks chunks;
  const auto add = [&](std::vector<YearlyDatasets>& tables, std::span<const YearFigures> figures) {
    for (YearlyDatasets& datasets : tables) {
      datasets.add(year.interval, figures.first(datasets.kinds()), chunks);
      figures = figures.subspan(datasets.kinds());
    }
  };
  add(cells_, year.cells);
  add(sums_, year.sums);
  writer_.add_chunks(chunks.chunks);
}

void ResultFile::finish(const Conclusions& conclusions) {
  stop_if_asked(place_.stop);
  write_thresholds(writer_, conclusions.thresholds);
  write_goals(writer_, frame_, conclusions.goals);
  if (place_.add_more) place_.add_more(writer_);
  EstimateWriter estimate_writer(writer_);
  for (const Estimate& estimate : conclusions.estimates) {
    stop_if_asked(place_.stop);
    estimate_writer.add(estimate);
  }
  stop_if_asked(place_.stop);
  writer_.finish();
}

void write_frozen(const std::filesystem::path& file, const Frame& frame,
                  const Provenance& provenance, const Frozen& frozen) {
  store::Writer writer(file);
  add_provenance(writer, provenance);
  writer.add_attribute({"kohort_estimates", std::int64_t{frozen_format}});
  writer.add_attribute({"basis", std::string(to_string(frozen.basis))});
  if (frozen.known_from) {
    writer.add_attribute({"known_from", std::int64_t{frozen.known_from->value()}});
  }
  add_scales(writer, frame);
  EstimateWriter estimate_writer(writer);
  for (const Estimate& table : frozen.tables) estimate_writer.add(table);
  writer.finish();
}

}  // namespace kohort
