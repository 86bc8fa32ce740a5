#include "models/population/adjust/totals.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/population/adjust/reading.hpp"

namespace kohort::population {

namespace p = parameters;

namespace {

/// One of the names that a table of totals may call areas by.
using NamedAreas = Index<struct NamedAreasAxis>;
using NamedAges = Index<struct NamedAgesAxis>;

std::vector<Lever> moves_in_and_out(Moves moves) {
  std::vector<Lever> levers = moves_in(moves);
  if (moves != Moves::international) {
    levers.push_back({Adjusted::domestic_out, Flow::domestic_out, -1.0});
  }
  if (moves != Moves::domestic) {
    levers.push_back({Adjusted::emigration, Flow::emigration, -1.0});
  }
  return levers;
}

std::vector<Lever> levers_of(Counted counted, Moves moves) {
  switch (counted) {
    case Counted::persons:
      return moves_in_and_out(moves);
    case Counted::births:
      return {{Adjusted::fertility, Flow::births, 1.0}};
    case Counted::deaths:
      return {{Adjusted::mortality, Flow::deaths, 1.0}};
    case Counted::immigration:
      return {{Adjusted::immigration, Flow::immigration, 1.0}};
    case Counted::emigration:
      return {{Adjusted::emigration, Flow::emigration, 1.0}};
    case Counted::domestic_in:
      return {{Adjusted::domestic_in, Flow::domestic_in, 1.0}};
  }
  return {};
}

/// As the scenario says it.
const std::string& word_of(Counted counted) {
  const auto& words = p::total_of.words;
  return std::find_if(words.begin(), words.end(),
                      [=](const auto& one) { return one.second == counted; })
      ->first;
}

/// One block [[population.total]].
class TotalBlock {
 public:
  TotalBlock(const Source& source, const Settings& block)
      : source_(source), frame_(source.frame), block_(block), names_(names_of_areas(frame_)) {
    const TableReference reference = with_gaps(*block[p::total_table].table());
    WantedAxis areas{.name = "area", .labels = names_};
    for (const AreaDescription& area : frame_.other_areas) areas.left_out.push_back(area.code);
    WantedAxis ages{.name = "age_group"};
    for (const AgeGroup& group : frame_.age_groups) ages.labels.push_back(group.name);
    ages.remedy = "it must be a name of projection.age_groups";
    table_ = source.tables.read<Interval, NamedAreas, Sex, Age, NamedAges>(
        p::total_table, reference,
        {optional(frame_.flow_years()), areas, frame_.sex_axis(), optional(frame_.age_axis()),
         ages});
    check_fields();
    require(table_.varies_along<Interval>(), "the table has no column year", "add it");
    require(!(by_age() && by_group()), "the table has both age and age_group", "choose one");
    const bool by_child = table_.varies_along<Sex>() && block[p::total_of] == Counted::births;
    require(!by_child, "births by sex follow from the sex ratio at birth",
            "give births of both sexes together");
    if (by_age() &&
        source.tables.age_definition(p::total_table, reference) != AgeDefinition::end_of_year) {
      require(false, "the table is by age at the event", "give it by age at the year's end");
    }
  }

  void add_to(std::vector<Demand>& demands) const {
    const auto along = [](bool varies, std::size_t count) { return varies ? count : 1; };
    const std::size_t names = along(table_.varies_along<NamedAreas>(), names_.size());
    const std::size_t sexes = along(table_.varies_along<Sex>(), frame_.sexes.size());
    const std::size_t ages = along(by_age(), frame_.ages());
    const std::size_t groups = along(by_group(), frame_.age_groups.size());
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      for (const NamedAreas name : positions<NamedAreas>(names)) {
        for (const Sex sex : positions<Sex>(sexes)) {
          for (const Age age : positions<Age>(ages)) {
            for (const NamedAges group : positions<NamedAges>(groups)) {
              const double total = table_(interval, name, sex, age, group);
              if (!std::isnan(total)) demands.push_back(demand(interval, name, sex, age, group));
            }
          }
        }
      }
    }
  }

 private:
  bool by_age() const { return table_.varies_along<Age>(); }
  bool by_group() const { return table_.varies_along<NamedAges>(); }

  /// What is said and would not be heard.
  void check_fields() const {
    const auto refuse = [&](const Parameter& field, const char* what) {
      if (block_.setting(field).origin == Origin::fallback) return;
      throw Error(Fault::scenario, block_.mistake(field, what, "leave it out"));
    };
    if (table_.varies_along<NamedAreas>()) {
      refuse(p::total_areas, "the table has a column area that says it row by row");
    }
    if (block_[p::total_of] != Counted::persons) {
      refuse(p::total_flows, "a flow is met by changing this flow alone");
    }
  }

  void require(bool holds, const char* what, const char* remedy) const {
    if (holds) return;
    throw Error(Fault::scenario, block_.mistake(p::total_table, what, remedy));
  }

  Demand demand(Interval interval, NamedAreas name, Sex sex, Age age, NamedAges group) const {
    Demand made;
    made.interval = interval;
    made.total = table_(interval, name, sex, age, group);
    made.stock = block_[p::total_of] == Counted::persons;
    made.levers = levers_of(block_[p::total_of], block_[p::total_flows]);
    made.method = block_[p::total_method];
    made.where = block_.location();
    const bool by_area = table_.varies_along<NamedAreas>();
    const std::string areas = by_area ? names_[name.position()] : block_[p::total_areas];
    made.areas = areas_called(areas, frame_);
    if (made.areas.empty()) unknown_areas(areas);
    made.name = fmt::format("{} in {}, areas {}", word_of(block_[p::total_of]),
                            frame_.end_of(interval).value(), areas);
    choose_people(sex, age, group, made);
    return made;
  }

  void choose_people(Sex sex, Age age, NamedAges group, Demand& made) const {
    made.sexes = all_of<Sex>(frame_.sexes.size());
    made.ages = all_of<Age>(frame_.ages());
    if (table_.varies_along<Sex>()) {
      made.sexes = {sex};
      made.name += ", " + frame_.sexes[sex.position()];
    }
    if (by_age()) {
      made.ages = {age};
      made.name += fmt::format(", aged {}", frame_.first_age(age));
    }
    if (!by_group()) return;
    const AgeGroup& ages = frame_.age_groups[group.position()];
    made.name += ", aged " + ages.name;
    std::erase_if(made.ages, [&](Age one) { return one < ages.first || ages.last < one; });
  }

  [[noreturn]] void unknown_areas(const std::string& name) const {
    const auto meant = nearest(name, names_);
    throw Error(
        Fault::scenario,
        block_.mistake(p::total_areas, fmt::format("no area and no group is called '{}'", name),
                       meant ? fmt::format("did you mean '{}'?", *meant)
                             : "write a code, or the name of a group of areas"));
  }

  const Source& source_;
  const Frame& frame_;
  const Settings& block_;
  std::vector<std::string> names_;
  BroadcastTable<Interval, NamedAreas, Sex, Age, NamedAges> table_;
};

}  // namespace

void add_totals(const Source& source, std::vector<Demand>& demands) {
  const std::vector<Settings> blocks = source.settings[p::totals];
  for (const Settings& block : blocks) TotalBlock(source, block).add_to(demands);
}

}  // namespace kohort::population
