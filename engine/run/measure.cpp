#include "engine/run/measure.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort {
namespace {

/// Whether variables of one name that count different kinds can be added.
bool add_up(const Variable& variable) {
  return variable.category.unit.empty() || variable.unit != "1";
}

}  // namespace

MeasureFields::MeasureFields(const std::string& list)
    : of({.name = list + ".of",
          .fallback = std::string("population/persons"),
          .text = "a variable or an indicator, by its name in the result"}),
      kind({.name = list + ".kind",
            .text = "which kind, of a variable that counts several: a state of care, a service; "
                    "all together where they are counted in one unit: all"}),
      area({.name = list + ".area",
            .fallback = std::string("all"),
            .text = "an area, a group of areas, all or all_but_rest"}),
      ages({.name = list + ".ages",
            .text = "whole age groups, like \"80+\" or \"20-64\"; all unless given; of variables "
                    "alone"}),
      sex({.name = list + ".sex",
           .text = "female or male; both unless given; of variables alone"}) {}

MeasureReader::MeasureReader(const MeasureFields& fields, const Frame& frame, const Model& model,
                             Mistakes& mistakes)
    : fields_(fields), frame_(frame), axes_(summary_axes(frame)), mistakes_(mistakes) {
  for (const Variable& variable : model.variables()) all_.push_back({variable, false});
  for (const Variable& variable : model.indicators()) all_.push_back({variable, true});
}

Measure MeasureReader::read(const Settings& block) {
  Measure measure;
  read_quantity(block, measure);
  read_people(block, measure);
  return measure;
}

Measure MeasureReader::people_of(const Measure& measure, const AgeGroup& ages) const {
  const auto persons = std::find_if(all_.begin(), all_.end(), [](const Quantity& one) {
    return one.variable.name == "population/persons";
  });
  Measure people{persons->variable, false, {number_of(persons)}, measure.area, ages, measure.sex};
  if (people.sex.members.empty()) people.sex = axes_.sexes.back();
  return people;
}

void MeasureReader::read_quantity(const Settings& block, Measure& measure) {
  const std::string name = block[fields_.of];
  const auto named = [&](const Quantity& one) { return one.variable.name == name; };
  const auto first = std::find_if(all_.cbegin(), all_.cend(), named);
  if (first == all_.cend()) {
    std::set<std::string> names;
    for (const Quantity& one : all_) names.insert(one.variable.name);
    const std::vector<std::string> list(names.begin(), names.end());
    wrong(block, fields_.of, fmt::format("there is no '{}'", name), nearest_or_all(name, list));
    return;
  }
  const auto found = find_kinds(block, first, std::find_if_not(first, all_.cend(), named));
  if (found.first == found.second) return;
  measure.variable = found.first->variable;
  measure.indicator = found.first->indicator;
  for (auto one = found.first; one != found.second; ++one) {
    measure.numbers.push_back(number_of(one));
  }
  if (measure.numbers.size() > 1) measure.variable.category.label = everywhere;
}

/// Among the kinds of one quantity the one that a block names, or all of them; nothing where that
/// is wrong.
std::pair<MeasureReader::Quantities, MeasureReader::Quantities> MeasureReader::find_kinds(
    const Settings& block, Quantities first, Quantities last) {
  const auto label = block.maybe(fields_.kind);
  if (first->variable.category.axis.empty()) {
    if (!label) return {first, last};
    wrong(block, fields_.kind, "it is of one kind alone", "leave it out");
    return {last, last};
  }
  std::vector<std::string> labels;
  for (auto one = first; one != last; ++one) {
    if (label && one->variable.category.label == *label) return {one, one + 1};
    labels.push_back(one->variable.category.label);
  }
  const bool together = add_up(first->variable);
  if (label == std::string(everywhere) && together) return {first, last};
  if (together) labels.emplace_back(everywhere);
  wrong(block, fields_.kind,
        label ? fmt::format("there is no kind '{}'", *label) : "it is of several kinds",
        nearest_or_all(label.value_or(""), labels));
  return {last, last};
}

std::size_t MeasureReader::number_of(Quantities quantity) const {
  return static_cast<std::size_t>(
      std::count_if(all_.cbegin(), quantity, [&](const Quantity& before) {
        if (before.indicator != quantity->indicator) return false;
        return !quantity->indicator || before.variable.moment == quantity->variable.moment;
      }));
}

void MeasureReader::read_people(const Settings& block, Measure& measure) {
  const std::string code = block[fields_.area];
  if (const SummaryArea* area = find_area(axes_, code)) {
    measure.area = *area;
  } else {
    std::vector<std::string> codes;
    for (const SummaryArea& one : axes_.areas) codes.push_back(one.label);
    wrong(block, fields_.area, fmt::format("there is no area or group '{}'", code),
          nearest_or_all(code, codes));
  }
  if (measure.of_people()) {
    read_ages(block, measure);
    read_sex(block, measure);
    return;
  }
  for (const Text* field : {&fields_.ages, &fields_.sex}) {
    if (!block.maybe(*field)) continue;
    wrong(block, *field,
          measure.indicator ? "an indicator is of all ages and sexes, or says of which"
                            : "this is not told apart by age and sex",
          "leave it out");
  }
}

void MeasureReader::read_ages(const Settings& block, Measure& measure) {
  measure.ages = axes_.ages.back();
  const auto text = block.maybe(fields_.ages);
  if (!text || *text == measure.ages.name) return;
  const AgesRead read = ages_of(*text, frame_);
  if (read.group) {
    measure.ages = *read.group;
  } else {
    wrong(block, fields_.ages, read.what, read.remedy);
  }
}

void MeasureReader::read_sex(const Settings& block, Measure& measure) {
  measure.sex = axes_.sexes.back();
  const auto word = block.maybe(fields_.sex);
  if (!word) return;
  const auto found = std::find_if(axes_.sexes.begin(), axes_.sexes.end(),
                                  [&](const SummarySex& sex) { return sex.label == *word; });
  if (found != axes_.sexes.end()) {
    measure.sex = *found;
    return;
  }
  std::vector<std::string> words;
  for (const SummarySex& sex : axes_.sexes) words.push_back(sex.label);
  wrong(block, fields_.sex, fmt::format("'{}' is not projected", *word),
        nearest_or_all(*word, words));
}

void MeasureReader::wrong(const Settings& block, const Parameter& field, std::string what,
                          std::string remedy) {
  mistakes_.add(block.mistake(field, std::move(what), std::move(remedy)));
}

}  // namespace kohort
