#include "engine/batch/member_facts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/digest.hpp"
#include "engine/run/version.hpp"

namespace kohort {
namespace {

using Names = std::vector<std::string>;

template <class Items, class Label>
Names labels_of(const Items& items, Label&& label) {
  Names labels;
  for (const auto& item : items) labels.push_back(label(item));
  return labels;
}

Names years_of(const Frame& frame) {
  Names years;
  for (std::size_t at = 0; at <= frame.intervals; ++at) {
    years.push_back(std::to_string((frame.base_year + static_cast<int>(at) * frame.step).value()));
  }
  return years;
}

/// The kinds that variables are told apart by, each with its unit.
void add_kinds(const Model& model, std::vector<CommonAxis>& axes) {
  for (const Variable& variable : model.variables()) {
    const Category& category = variable.category;
    if (category.axis.empty()) continue;
    auto axis = std::find_if(axes.begin(), axes.end(),
                             [&](const CommonAxis& one) { return one.name == category.axis; });
    if (axis == axes.end()) axis = axes.insert(axes.end(), {category.axis, {}});
    const std::string label =
        category.unit.empty() ? category.label : category.label + " in " + category.unit;
    if (std::find(axis->labels.begin(), axis->labels.end(), label) == axis->labels.end()) {
      axis->labels.push_back(label);
    }
  }
}

std::vector<CommonAxis> axes_of(const ScenarioRun& run) {
  const Frame& frame = run.frame();
  const EnsembleShape& shape = run.options().shape;
  const SummaryAxes sums = summary_axes(frame);
  const auto text = [](const std::string& label) { return label; };
  std::vector<CommonAxis> axes{
      {"draws", {std::to_string(shape.draws)}},
      {"first_draw", {std::to_string(shape.first_draw)}},
      {"seed", {std::to_string(shape.seed)}},
      {"year", years_of(frame)},
      {"area", labels_of(frame.areas, [](const AreaDescription& area) { return area.code; })},
      {"group", labels_of(frame.groups, text)},
      {"sex", labels_of(frame.sexes, text)},
      {"age", {std::to_string(frame.open_age)}},
      {"summary_area", labels_of(sums.areas, [](const SummaryArea& area) { return area.label; })},
      {"summary_age", labels_of(sums.ages, [](const AgeGroup& ages) { return ages.name; })}};
  if (shape.draws > 1) {
    axes.push_back({"quantile", labels_of(run.options().keep.quantiles,
                                          [](double share) { return fmt::format("{}", share); })});
  }
  add_kinds(run.model(), axes);
  return axes;
}

std::string key_of(const ScenarioRun& run) {
  const EnsembleShape& shape = run.options().shape;
  Digest digest;
  for (const std::string_view text : {program_version(), git_commit(), compiler_flags()}) {
    digest.add_text(text);
  }
  digest.add_text(run.resolved_scenario());
  digest.add_text(fmt::format("{} {} {}", shape.seed, shape.draws, shape.first_draw));
  for (const InputRecord& input : run.inputs()) {
    for (const std::string& text : {input.parameter, input.value, input.sha256}) {
      digest.add_text(text);
    }
  }
  return digest.hexadecimal();
}

std::size_t figures_of(const ScenarioRun& run, const Names& wanted) {
  const Frame& frame = run.frame();
  const SummaryAxes axes = summary_axes(frame);
  std::size_t figures = 0;
  const auto add = [&](const std::vector<Variable>& variables, bool indicators) {
    for (const Variable& variable : variables) {
      const bool held =
          wanted.empty() || std::find(wanted.begin(), wanted.end(), variable.name) != wanted.end();
      if (!held) continue;
      const bool people = !indicators && variable.detail == Detail::people;
      figures += (frame.intervals + (variable.moment == Moment::stock ? 1 : 0)) *
                 (people ? axes.cells() : axes.areas.size());
    }
  };
  add(run.model().variables(), false);
  add(run.model().indicators(), true);
  return figures;
}

const CommonAxis* find(const std::vector<CommonAxis>& axes, const std::string& name) {
  const auto found = std::find_if(axes.begin(), axes.end(),
                                  [&](const CommonAxis& axis) { return axis.name == name; });
  return found == axes.end() ? nullptr : &*found;
}

/// Of many labels the first and the last.
std::string in_words(const Names& labels) {
  constexpr std::size_t most = 6;
  if (labels.empty()) return "none";
  if (labels.size() <= most) return fmt::format("{}", fmt::join(labels, ", "));
  return fmt::format("{} to {} ({} of them)", labels.front(), labels.back(), labels.size());
}

std::string remedy_for(const std::string& axis) {
  if (axis == "draws" || axis == "seed") return "say " + axis + " in the plan";
  if (axis == "first_draw") return "set = [\"first_draw=0\"] in the plan";
  if (axis == "quantile") return "set = [\"output.quantiles=[...]\"] in the plan, for all";
  if (axis == "year") return "say end_year in the plan, and let all begin in the same year";
  return "let all scenarios have the same, or put this one into a plan of its own";
}

}  // namespace

MemberFacts facts_of(const ScenarioRun& run, const std::vector<std::string>& differences_of) {
  Names names;
  for (const auto& variables : {run.model().variables(), run.model().indicators()}) {
    for (const Variable& variable : variables) names.push_back(variable.name);
  }
  return {run.resolved_scenario(),
          key_of(run),
          run.plan(),
          figures_of(run, differences_of),
          std::move(names),
          run.options().keep.quantiles,
          axes_of(run)};
}

void require_common_axes(std::span<const KnownMember> members) {
  if (members.empty()) return;
  const KnownMember& first = members.front();
  Mistakes mistakes;
  for (const KnownMember& other : members.subspan(1)) {
    for (const CommonAxis& axis : other.facts->axes) {
      const CommonAxis* of_first = find(first.facts->axes, axis.name);
      if (of_first == nullptr || of_first->labels == axis.labels) continue;
      mistakes.add(
          {other.member->where,
           fmt::format("scenario '{}' has {} {}, and '{}' has {}", other.member->name, axis.name,
                       in_words(axis.labels), first.member->name, in_words(of_first->labels)),
           remedy_for(axis.name)});
    }
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort
