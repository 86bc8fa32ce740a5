#include "engine/model/frame.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/model/frame_groups.hpp"
#include "engine/model/frame_parameters.hpp"

namespace kohort {

namespace p = parameters;

namespace {

const std::string rest_code = "rest";

}  // namespace

Age Frame::age_of(CohortRow row) const { return Age(std::min(row.position(), ages() - 1)); }

Year Frame::end_of(Interval interval) const {
  return base_year + static_cast<int>(interval.position() + 1) * step;
}

WantedAxis Frame::area_axis() const {
  WantedAxis axis{.name = "area", .every = true};
  for (const AreaDescription& area : areas) axis.labels.push_back(area.code);
  for (const AreaDescription& area : other_areas) axis.known.push_back(area.code);
  if (areas.empty() || !areas.back().rest) axis.known.push_back(rest_code);
  return axis;
}

WantedAxis Frame::area_axis_named(const std::string& name) const {
  WantedAxis axis = area_axis();
  axis.name = name;
  axis.required = true;
  return axis;
}

WantedAxis Frame::own_area_axis() const {
  WantedAxis axis = area_axis_named("area");
  if (closed_by_rest()) {
    axis.known.push_back(axis.labels.back());
    axis.labels.pop_back();
  }
  return axis;
}

std::optional<Sex> Frame::position_of(std::string_view sex) const {
  const auto found = std::find(sexes.begin(), sexes.end(), sex);
  if (found == sexes.end()) return std::nullopt;
  return Sex(static_cast<std::size_t>(found - sexes.begin()));
}

WantedAxis Frame::group_axis() const {
  if (groups.empty()) {
    return {.name = "group",
            .labels = {"all"},
            .remedy =
                "the scenario tells no groups apart; name them in projection.groups, or choose "
                "one by where = { group = \"...\" }"};
  }
  return {.name = "group", .labels = groups};
}

WantedAxis Frame::sex_axis() const {
  return {.name = "sex", .labels = sexes, .known = {"female", "male"}};
}

WantedAxis Frame::age_axis() const {
  WantedAxis axis{.name = "age", .kind = WantedAxis::Kind::age};
  for (const Age age : positions<Age>(ages())) {
    axis.labels.push_back(std::to_string(first_age(age)));
  }
  return axis;
}

WantedAxis Frame::flow_years() const { return wanted_years({base_year + step, end_year()}, step); }

void declare_frame(Catalogue& catalogue) {
  catalogue.add_section("projection", "What is projected: years, ages, sexes, groups.");
  catalogue.add(p::base_year);
  catalogue.add(p::end_year);
  catalogue.add(p::step);
  catalogue.add(p::open_age);
  catalogue.add(p::sexes);
  catalogue.add(p::precision);
  catalogue.add(p::groups);
  catalogue.add(p::age_groups);
  catalogue.add(p::launch_year);
  catalogue.add(p::conditional_on);
  catalogue.add_section("areas", "For which areas. Codes are text, never numbers.");
  catalogue.add(p::area_table);
  catalogue.add(p::area_codes);
  catalogue.add(p::rest);
  catalogue.add(p::area_groups);
  catalogue.add(p::group_areas_by);
}

std::optional<Year> launch_year(const Settings& settings) {
  const auto year = settings.maybe(p::launch_year);
  if (!year) return std::nullopt;
  return Year(static_cast<int>(*year));
}

Tables tables_of(const Settings& settings, const Catalogue& catalogue) {
  const std::vector<std::string> later = settings[p::conditional_on];
  for (const std::string& name : later) {
    if (catalogue.find(name) != nullptr) continue;
    throw Error(Fault::scenario,
                settings.mistake(p::conditional_on, fmt::format("there is no parameter '{}'", name),
                                 "write whole names, such as \"care.profile\""));
  }
  Tables tables(launch_year(settings));
  tables.allow_later(later);
  return tables;
}

namespace {

void read_calendar(const Settings& settings, Frame& frame, Mistakes& mistakes) {
  frame.base_year = Year(static_cast<int>(settings[p::base_year]));
  frame.step = static_cast<int>(settings[p::step]);
  frame.open_age = static_cast<int>(settings[p::open_age]);
  const int years = static_cast<int>(settings[p::end_year]) - frame.base_year.value();
  if (frame.step != 1 && frame.step != 5) {
    mistakes.add(settings.mistake(p::step, fmt::format("found {}", frame.step), "write 1 or 5"));
    return;
  }
  if (years <= 0) {
    mistakes.add(settings.mistake(p::end_year,
                                  fmt::format("{} is not after the base year {}",
                                              settings[p::end_year], frame.base_year.value()),
                                  "write a later year"));
    return;
  }
  if (years % frame.step != 0) {
    mistakes.add(settings.mistake(
        p::end_year,
        fmt::format("{} is {} years after the base year {}, which steps of {} years do not reach",
                    settings[p::end_year], years, frame.base_year.value(), frame.step),
        fmt::format("write {}, or set projection.step = 1",
                    settings[p::end_year] - years % frame.step + frame.step)));
    return;
  }
  if (frame.open_age % frame.step != 0) {
    mistakes.add(settings.mistake(p::open_age, fmt::format("found {}", frame.open_age),
                                  fmt::format("write a multiple of {}", frame.step)));
  }
  frame.intervals = static_cast<std::size_t>(years / frame.step);
  const auto launch = launch_year(settings);
  if (launch && *launch < frame.base_year) {
    mistakes.add(settings.mistake(p::launch_year,
                                  fmt::format("{} is before the base year", launch->value()),
                                  "a forecast cannot start from a stock not yet counted"));
  }
}

void read_people(const Settings& settings, Frame& frame, Mistakes& mistakes) {
  frame.sexes = settings[p::sexes];
  frame.precision = settings[p::precision];
  const std::set<std::string> sexes(frame.sexes.begin(), frame.sexes.end());
  const bool known = std::all_of(sexes.begin(), sexes.end(), [](const std::string& sex) {
    return sex == "female" || sex == "male";
  });
  if (!known || sexes.empty() || sexes.size() != frame.sexes.size()) {
    mistakes.add(settings.mistake(p::sexes, "found other words, or one of them twice",
                                  "write [\"female\", \"male\"] or one of the two"));
  }
  frame.groups = settings[p::groups];
  const std::set<std::string> groups(frame.groups.begin(), frame.groups.end());
  if (groups.size() != frame.groups.size()) {
    mistakes.add(settings.mistake(p::groups, "a group stands there twice", "name each once"));
  }
}

/// The rows of the list of areas, in its order.
class AreaList {
 public:
  AreaList(const Csv& csv, const TableReference& reference, std::optional<std::string> grouped_by)
      : csv_(csv), reference_(reference), grouped_by_(std::move(grouped_by)) {}

  std::vector<AreaDescription> read() {
    std::vector<AreaDescription> areas;
    std::set<std::string> seen;
    for (std::size_t row = 0; row < csv_.rows(); ++row) {
      AreaDescription area{cell(row, "area", true), cell(row, "name", false), false,
                           cell(row, "county", false)};
      if (grouped_by_) area.word = cell(row, *grouped_by_, true);
      if (!is_wanted(row)) continue;
      if (area.name.empty()) area.name = area.code;
      if (area.code.empty()) add(row, "an area without a code", "give every area its code");
      if (area.code == rest_code) {
        add(row, "'rest' is no code of an area", "name the rest of the country in areas.rest");
      }
      if (!seen.insert(area.code).second) {
        add(row, fmt::format("area '{}' a second time", area.code), "list each area once");
      }
      areas.push_back(std::move(area));
    }
    mistakes_.throw_if_any(Fault::input);
    return areas;
  }

 private:
  bool is_wanted(std::size_t row) {
    for (const auto& [name, cells] : reference_.where) {
      const auto column = csv_.column(name);
      if (!column) {
        if (row == 0) add(row, "no column '" + name + "'", "check where");
        return false;
      }
      const std::string cell(csv_.cell(row, *column));
      if (std::find(cells.begin(), cells.end(), cell) == cells.end()) return false;
    }
    return true;
  }

  std::string cell(std::size_t row, const std::string& axis, bool required) {
    const auto column = csv_.column(reference_.column_of(axis));
    if (column) return reference_.label_of(axis, std::string(csv_.cell(row, *column)));
    if (required && row == 0) add(row, "no column '" + axis + "'", "add it");
    return {};
  }

  void add(std::size_t row, const std::string& what, std::string remedy) {
    mistakes_.add({{csv_.file(), csv_.line(row), 0}, "areas.table: " + what, std::move(remedy)});
  }

  const Csv& csv_;
  const TableReference& reference_;
  std::optional<std::string> grouped_by_;
  Mistakes mistakes_;
};

/// Moves the areas with the given codes, in their order, from `all` to the result.
std::vector<AreaDescription> choose(const std::vector<std::string>& codes,
                                    std::vector<AreaDescription>& all, const Settings& settings,
                                    Mistakes& mistakes) {
  std::vector<AreaDescription> chosen;
  for (const std::string& code : codes) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const AreaDescription& area) { return area.code == code; });
    if (found == all.end()) {
      mistakes.add(settings.mistake(p::area_codes,
                                    fmt::format("unknown or repeated area '{}'", code),
                                    "write codes from areas.table, each once"));
      continue;
    }
    chosen.push_back(*found);
    all.erase(found);
  }
  return chosen;
}

/// Areas of which nothing is known but their codes. That of nobody is the nation's, whose random
/// numbers are its own, and "rest" that of the rest of the country.
std::vector<AreaDescription> areas_from(const std::vector<std::string>& codes,
                                        const Settings& settings, Mistakes& mistakes) {
  std::vector<AreaDescription> areas;
  for (const std::string& code : codes) {
    if (code.empty()) {
      mistakes.add(
          settings.mistake(p::area_codes, "an area without a code", "give every area its code"));
    } else if (code == rest_code) {
      mistakes.add(settings.mistake(p::area_codes, "'rest' is no code of an area",
                                    "name the rest of the country in areas.rest"));
    } else if (std::any_of(areas.begin(), areas.end(),
                           [&](const AreaDescription& area) { return area.code == code; })) {
      mistakes.add(settings.mistake(p::area_codes, fmt::format("area '{}' a second time", code),
                                    "list each area once"));
    } else {
      areas.push_back({code, code, false, ""});
    }
  }
  return areas;
}

void read_areas(const Settings& settings, Tables& tables, Frame& frame, Mistakes& mistakes) {
  const std::vector<std::string> codes = settings[p::area_codes];
  const Quantity list = settings[p::area_table];
  if (list.given()) {
    const TableReference& reference = *list.table();
    frame.areas = AreaList(tables.rows(p::area_table, reference), reference,
                           settings.maybe(p::group_areas_by))
                      .read();
    if (!codes.empty()) {
      std::swap(frame.other_areas, frame.areas);
      frame.areas = choose(codes, frame.other_areas, settings, mistakes);
    }
  } else {
    frame.areas = areas_from(codes, settings, mistakes);
  }
  if (frame.areas.empty() && mistakes.empty()) {
    mistakes.add(settings.mistake(p::area_codes, "no areas", "give areas.codes or areas.table"));
  }
  if (!settings.given(p::rest)) return;
  if (list.given() && frame.other_areas.empty()) {
    mistakes.add(settings.mistake(p::rest, "nothing is left of areas.table",
                                  "leave it out, or project fewer areas"));
  }
  frame.areas.push_back({rest_code, settings[p::rest], true, ""});
}

}  // namespace

Frame read_frame(const Settings& settings, Tables& tables) {
  Frame frame;
  Mistakes mistakes;
  read_calendar(settings, frame, mistakes);
  read_people(settings, frame, mistakes);
  read_areas(settings, tables, frame, mistakes);
  mistakes.throw_if_any(Fault::scenario);
  frame.area_groups = read_area_groups(settings, frame, mistakes);
  frame.age_groups = read_age_groups(settings, frame, mistakes);
  mistakes.throw_if_any(Fault::scenario);
  return frame;
}

}  // namespace kohort
