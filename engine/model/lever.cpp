#include "engine/model/lever.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort {

/// Reads the fields of one block.
class Target::Reader {
 public:
  Reader(const Settings& block, const Frame& frame, Mistakes& mistakes)
      : block_(block), frame_(frame), mistakes_(mistakes) {}

  std::set<Area> areas(const TextList& field) {
    std::set<Area> areas;
    for (const std::string& name : block_[field]) {
      const std::vector<Area> called = areas_called(name, frame_);
      areas.insert(called.begin(), called.end());
      if (!called.empty()) continue;
      const auto meant = nearest(name, names_of_areas(frame_));
      wrong(field, fmt::format("no area and no group is called '{}'", name),
            meant ? fmt::format("did you mean '{}'?", *meant) : "write codes, or names of groups");
    }
    return areas;
  }

  std::set<Sex> sexes(const TextList& field) {
    std::set<Sex> sexes;
    for (const std::string& name : block_[field]) {
      if (const auto sex = frame_.position_of(name)) {
        sexes.insert(*sex);
      } else {
        wrong(field, fmt::format("found '{}'", name), "write female or male");
      }
    }
    return sexes;
  }

  AgeGroup ages(const Text& field, const AgeGroup& all) {
    const auto text = block_.maybe(field);
    if (!text) return all;
    AgesRead read = ages_of(*text, frame_);
    if (read.group) return *read.group;
    wrong(field, std::move(read.what), std::move(read.remedy));
    return all;
  }

  void check_years(const TargetFields& fields, int from, int to) {
    const int first = frame_.end_of(Interval(0)).value();
    const int last = frame_.end_year().value();
    const std::string remedy =
        fmt::format("the intervals of the projection end in {} to {}", first, last);
    if (from > last) {
      wrong(fields.from, fmt::format("{} is after the last year", from), remedy);
    } else if (to < first) {
      wrong(fields.to, fmt::format("{} is before the first year", to), remedy);
    } else if (from > to) {
      wrong(fields.to, fmt::format("{} is before its first year, {}", to, from), remedy);
    } else {
      check_an_interval_ends(fields, from, to);
    }
  }

 private:
  /// Years that lie within one interval are in effect in none.
  void check_an_interval_ends(const TargetFields& fields, int from, int to) {
    const int first = frame_.end_of(Interval(0)).value();
    const int last_before = to - (to - first) % frame_.step;
    if (to >= first && last_before >= from) return;
    wrong(block_.given(fields.from) ? static_cast<const Parameter&>(fields.from) : fields.to,
          fmt::format("no interval of {} years ends in {} to {}, so that it would do nothing",
                      frame_.step, from, to),
          fmt::format("intervals count by the year in which they end: let it hold in {} or {}",
                      last_before, last_before + frame_.step));
  }

  void wrong(const Parameter& field, std::string what, std::string remedy) {
    mistakes_.add(block_.mistake(field, std::move(what), std::move(remedy)));
  }

  const Settings& block_;
  const Frame& frame_;
  Mistakes& mistakes_;
};

Target::Target(const Settings& block, const Frame& frame, const TargetFields& fields,
               Mistakes& mistakes)
    : first_end_(frame.end_of(Interval(0)).value()),
      step_(frame.step),
      from_(static_cast<int>(block.maybe(fields.from).value_or(first_end_))),
      to_(static_cast<int>(block.maybe(fields.to).value_or(frame.end_year().value()))) {
  Reader reader(block, frame, mistakes);
  areas_ = reader.areas(fields.areas);
  if (fields.sexes != nullptr) sexes_ = reader.sexes(*fields.sexes);
  ages_ = {"", Age(0), Age(frame.ages() - 1)};
  if (fields.ages != nullptr) ages_ = reader.ages(*fields.ages, ages_);
  reader.check_years(fields, from_, to_);
}

double Target::in_effect_in(int year, int phase_in) const {
  if (!covers_year(year)) return 0.0;
  return std::min(1.0, static_cast<double>(year - from_ + 1) / phase_in);
}

Interval Target::interval_of(int year) const {
  if (year <= first_end_) return Interval(0);
  return Interval(static_cast<std::size_t>((year - first_end_ + step_ - 1) / step_));
}

LeverFields::LeverFields(const std::string& list, double most, LeverForm form)
    : name({.name = list + ".name",
            .required = form == LeverForm::intervention,
            .text = "what the command line calls it, as in --set " + list + "[NAME].factor=0.9",
            .example =
                form == LeverForm::intervention ? Value(std::string("prevention")) : Value()}),
      factor({.name = list + ".factor",
              .unit = "1",
              .range = {0.0, most},
              .required = form == LeverForm::of_model,
              .text = "by how much where it works in full; where levers overlap, their product",
              .example = 0.9}),
      areas({.name = list + ".areas",
             .fallback = std::vector<std::string>{},
             .text = "codes of areas or names of groups of areas; all unless given"}),
      sexes({.name = list + ".sexes",
             .fallback = std::vector<std::string>{},
             .text = "female, male; both unless given"}),
      ages({.name = list + ".ages",
            .text = "ages at the year's end, such as \"65-84\" or \"80+\"; all unless given",
            .example = std::string("65-84")}),
      from({.name = list + ".from",
            .unit = "year",
            .range = {1700, 2300},
            .text = "the first year; the first of all unless given",
            .example = std::int64_t{2025}}),
      to({.name = list + ".to",
          .unit = "year",
          .range = {1700, 2300},
          .text = "the last year; the last of all unless given",
          .example = std::int64_t{2034}}),
      phase_in({.name = list + ".phase_in",
                .unit = "years",
                .range = {1, 100},
                .fallback = std::int64_t{1},
                .text = "years in which it comes into effect, a like part of it in each: with 5, a "
                        "fifth in the first year and all of it from the fifth on",
                .source = "an assumption: at once"}),
      course({.name = list + ".course",
              .unit = "1",
              .range = {0.0, 1.0},
              .axes = {"year"},
              .text = "the part of it that is in effect in each year, in place of phase_in; a year "
                      "for every interval"}),
      reach({.name = list + ".reach",
             .unit = "1",
             .range = {0.0, 1.0},
             .fallback = 1.0,
             .text = "the share of the people meant whom it reaches",
             .source = "an assumption: all"}) {}

std::vector<const Parameter*> LeverFields::with(std::initializer_list<const Parameter*> own) const {
  std::vector<const Parameter*> fields{&name};
  fields.insert(fields.end(), own);
  for (const Parameter* one : std::initializer_list<const Parameter*>{
           &factor, &areas, &sexes, &ages, &from, &to, &phase_in, &course, &reach}) {
    fields.push_back(one);
  }
  return fields;
}

}  // namespace kohort
