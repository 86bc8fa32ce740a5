#include "engine/report/scenario_result.hpp"

#include <algorithm>
#include <numeric>
#include <variant>

#include <fmt/format.h>

namespace kohort::report {
namespace {

const std::string scenario_axis = "scenario";

std::size_t product(const std::vector<std::size_t>& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

struct AsText {
  std::vector<std::string> operator()(const std::vector<std::string>& labels) const {
    return labels;
  }
  template <class Number>
  std::vector<std::string> operator()(const std::vector<Number>& labels) const {
    std::vector<std::string> texts;
    for (const Number label : labels) texts.push_back(fmt::format("{}", label));
    return texts;
  }
};

}  // namespace

Figures kept_of(const Figures& figures, const std::vector<Kept>& kept) {
  Figures part;
  std::vector<std::size_t> counts;
  for (std::size_t axis = 0; axis < kept.size(); ++axis) {
    counts.push_back(kept[axis].positions.size());
    if (!kept[axis].as_axis) continue;
    part.axes.push_back(figures.axes[axis]);
    part.lengths.push_back(counts.back());
  }
  const std::size_t cells = product(counts);
  part.values.reserve(cells);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    std::size_t rest = cell;
    std::size_t from = 0;
    std::size_t stride = 1;
    for (std::size_t axis = kept.size(); axis-- > 0;) {
      from += kept[axis].positions[rest % counts[axis]] * stride;
      rest /= counts[axis];
      stride *= figures.lengths[axis];
    }
    part.values.push_back(figures.values[from]);
  }
  return part;
}

bool ScenarioResult::runs_along_scenarios(const std::string& path) const {
  if (!position_) return false;
  const std::vector<std::string> axes = reader_->describe(path).axes;
  return !axes.empty() && axes.front() == scenario_axis;
}

std::vector<std::string> ScenarioResult::axes(const std::string& path) const {
  std::vector<std::string> axes = reader_->describe(path).axes;
  if (runs_along_scenarios(path)) axes.erase(axes.begin());
  return axes;
}

Figures ScenarioResult::figures(const std::string& path) const {
  Figures figures{axes(path), reader_->lengths(path), {}};
  if (runs_along_scenarios(path)) {
    figures.lengths.erase(figures.lengths.begin());
    figures.values = reader_->values_at(path, {*position_});
  } else {
    figures.values = reader_->values(path);
  }
  return figures;
}

std::vector<double> ScenarioResult::at(const std::string& path,
                                       std::vector<std::size_t> first) const {
  if (runs_along_scenarios(path)) first.insert(first.begin(), *position_);
  return reader_->values_at(path, first);
}

std::string ScenarioResult::attribute(const std::string& path, const std::string& name) const {
  const store::Dataset dataset = reader_->describe(path);
  const auto found = std::find_if(dataset.attributes.begin(), dataset.attributes.end(),
                                  [&](const auto& attribute) { return attribute.first == name; });
  return found == dataset.attributes.end() ? "" : std::get<std::string>(found->second);
}

std::vector<std::string> ScenarioResult::labels(const std::string& name) const {
  if (!reader_->has(name)) return {};
  return std::visit(AsText{}, reader_->labels(name));
}

std::vector<ScenarioResult> scenarios_of(const std::shared_ptr<const store::Reader>& reader) {
  const ScenarioResult whole(reader, std::nullopt);
  if (!reader->has(scenario_axis)) return {whole};
  std::vector<ScenarioResult> scenarios;
  const std::vector<std::string> names = whole.labels(scenario_axis);
  const std::vector<std::string> status = whole.labels("scenario_status");
  const std::string base = reader->text("base").value_or("");
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (at < status.size() && status[at] == "failed") continue;
    const auto place = names[at] == base ? scenarios.begin() : scenarios.end();
    scenarios.emplace(place, reader, at);
  }
  return scenarios;
}

}  // namespace kohort::report
