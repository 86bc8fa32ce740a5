#include "engine/model/frame_groups.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest.hpp"
#include "engine/model/frame_parameters.hpp"

namespace kohort {

namespace p = parameters;

namespace {

std::optional<Area> find_area(const Frame& frame, const std::string& code) {
  const auto found = std::find_if(frame.areas.begin(), frame.areas.end(),
                                  [&](const AreaDescription& area) { return area.code == code; });
  if (found == frame.areas.end()) return std::nullopt;
  return Area(static_cast<std::size_t>(found - frame.areas.begin()));
}

/// Gathers groups, and what is wrong with them.
class AreaGroups {
 public:
  AreaGroups(const Settings& settings, const Frame& frame, Mistakes& mistakes)
      : settings_(settings), frame_(frame), mistakes_(mistakes) {}

  /// A group that the scenario lists, area by area.
  void add(const std::string& name, const std::vector<std::string>& codes) {
    std::set<Area> members;
    for (const std::string& code : codes) {
      const auto area = find_area(frame_, code);
      if (!area) {
        unknown(name, code);
      } else if (!members.insert(*area).second) {
        wrong(p::area_groups, fmt::format("area '{}' stands twice in group '{}'", code, name),
              "name it once");
      }
    }
    if (codes.empty()) wrong(p::area_groups, fmt::format("group '{}' is empty", name), "fill it");
    add(p::area_groups, {name, {members.begin(), members.end()}});
  }

  /// The groups of a column of the list of areas.
  void add_by_column() {
    if (!settings_.given(p::area_table)) {
      wrong(p::group_areas_by, "there is no list of areas", "give areas.table, or list the groups");
      return;
    }
    std::vector<AreaGroup> by_word;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const std::string& word = frame_.areas[area.position()].word;
      if (word.empty()) continue;
      auto group = std::find_if(by_word.begin(), by_word.end(),
                                [&](const AreaGroup& one) { return one.name == word; });
      if (group == by_word.end()) group = by_word.insert(group, {word, {}});
      group->members.push_back(area);
    }
    if (by_word.empty()) {
      wrong(p::group_areas_by, "the column is empty for every area projected", "name another");
    }
    for (AreaGroup& group : by_word) add(p::group_areas_by, std::move(group));
  }

  std::vector<AreaGroup> take() { return std::move(groups_); }

 private:
  void add(const Parameter& parameter, AreaGroup group) {
    const std::string& name = group.name;
    const bool taken = std::any_of(groups_.begin(), groups_.end(),
                                   [&](const AreaGroup& other) { return other.name == name; });
    if (find_area(frame_, name)) {
      wrong(parameter, fmt::format("group '{}' has the code of an area", name),
            "call the group otherwise");
    } else if (taken) {
      wrong(parameter, fmt::format("there are two groups '{}'", name), "call one otherwise");
    } else if (name.empty() || name == everywhere || name == all_but_rest) {
      wrong(parameter, fmt::format("a group cannot be called '{}'", name),
            "the result has sums over all areas of its own; call the group otherwise");
    }
    groups_.push_back(std::move(group));
  }

  void unknown(const std::string& name, const std::string& code) {
    std::vector<std::string> codes;
    for (const AreaDescription& area : frame_.areas) codes.push_back(area.code);
    const auto meant = nearest(code, codes);
    const bool known = std::any_of(frame_.other_areas.begin(), frame_.other_areas.end(),
                                   [&](const AreaDescription& area) { return area.code == code; });
    const std::string remedy = known   ? "add it to areas.codes, or leave it out of the group"
                               : meant ? fmt::format("did you mean '{}'?", *meant)
                                       : "write codes of areas projected";
    wrong(
        p::area_groups,
        fmt::format("area '{}' of group '{}' is not {}", code, name, known ? "projected" : "known"),
        remedy);
  }

  void wrong(const Parameter& parameter, std::string what, std::string remedy) {
    mistakes_.add(settings_.mistake(parameter, std::move(what), std::move(remedy)));
  }

  const Settings& settings_;
  const Frame& frame_;
  Mistakes& mistakes_;
  std::vector<AreaGroup> groups_;
};

/// A whole number that is all of the text, as an age is written.
std::optional<int> age_in(std::string_view text) {
  int age = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), age);
  if (error != std::errc() || end != text.data() + text.size() || age < 0) return std::nullopt;
  return age;
}

}  // namespace

std::vector<AreaGroup> read_area_groups(const Settings& settings, const Frame& frame,
                                        Mistakes& mistakes) {
  for (const AreaDescription& area : frame.areas) {
    if (area.code != everywhere && area.code != all_but_rest) continue;
    mistakes.add(settings.mistake(p::area_codes,
                                  fmt::format("an area has the code '{}'", area.code),
                                  "the result calls sums over areas so; give it another"));
  }
  AreaGroups groups(settings, frame, mistakes);
  if (const auto lists = settings.maybe(p::area_groups)) {
    for (const auto& [name, codes] : *lists) groups.add(name, codes);
  }
  if (settings.maybe(p::group_areas_by)) groups.add_by_column();
  return groups.take();
}

std::vector<Area> areas_called(std::string_view name, const Frame& frame) {
  std::vector<Area> called;
  if (const auto area = find_area(frame, std::string(name))) return {*area};
  for (const AreaGroup& group : frame.area_groups) {
    if (group.name == name) return group.members;
  }
  for (const Area area : positions<Area>(frame.areas.size())) {
    const bool rest = frame.areas[area.position()].rest;
    if (name == everywhere || (name == all_but_rest && !rest)) called.push_back(area);
  }
  return called;
}

std::vector<std::string> names_of_areas(const Frame& frame) {
  std::vector<std::string> names;
  for (const AreaDescription& area : frame.areas) names.push_back(area.code);
  for (const AreaGroup& group : frame.area_groups) names.push_back(group.name);
  names.emplace_back(everywhere);
  names.emplace_back(all_but_rest);
  return names;
}

std::optional<WrittenAges> written_ages(std::string_view text) {
  if (text.ends_with('+')) {
    const auto first = age_in(text.substr(0, text.size() - 1));
    if (!first) return std::nullopt;
    return WrittenAges{*first, std::nullopt};
  }
  const std::size_t dash = text.find('-');
  const auto first = age_in(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : age_in(text.substr(dash + 1));
  if (!first || !last || *first > *last) return std::nullopt;
  return WrittenAges{*first, last};
}

AgesRead ages_of(const std::string& text, const Frame& frame) {
  const auto written = written_ages(text);
  if (!written) {
    return {
        {}, fmt::format("'{}' is no range of ages", text), "write it like \"20-64\" or \"80+\""};
  }
  const int last = written->last.value_or(frame.open_age);
  if (written->first > frame.open_age || last > frame.open_age ||
      (written->last && last == frame.open_age)) {
    return {{},
            fmt::format("'{}' reaches into the open age group {}+", text, frame.open_age),
            fmt::format("write \"{}+\"", std::min(written->first, frame.open_age))};
  }
  const bool whole =
      written->first % frame.step == 0 && (!written->last || (last + 1) % frame.step == 0);
  if (!whole) {
    return {{},
            fmt::format("'{}' splits an age group of {} years", text, frame.step),
            fmt::format("begin with a multiple of {} and end before one", frame.step)};
  }
  const auto position = [&](int age) { return Age(static_cast<std::size_t>(age / frame.step)); };
  return {AgeGroup{text, position(written->first), position(last)}};
}

std::vector<int> read_first_ages(const Settings& settings, const TextList& parameter,
                                 const Frame& frame) {
  std::vector<int> first_ages;
  for (const std::string& text : settings[parameter]) {
    const auto age = age_in(text);
    const bool rising = age && (first_ages.empty() || *age > first_ages.back());
    if (!rising || *age > frame.open_age || *age % frame.step != 0) {
      throw Error(Fault::scenario,
                  settings.mistake(parameter, fmt::format("found '{}'", text),
                                   fmt::format("write first ages in rising order, multiples of {}, "
                                               "{} at most",
                                               frame.step, frame.open_age)));
    }
    first_ages.push_back(*age);
  }
  return first_ages;
}

std::size_t group_of(int age, std::span<const int> first_ages) {
  const auto above = std::upper_bound(first_ages.begin(), first_ages.end(), age);
  return static_cast<std::size_t>(above - first_ages.begin()) - 1;
}

std::vector<AgeGroup> usual_age_groups(const Frame& frame) {
  constexpr std::array bounds{0, 20, 65, 80};
  std::vector<AgeGroup> groups;
  for (std::size_t at = 0; at < bounds.size() && bounds[at] <= frame.open_age; ++at) {
    const bool open = at + 1 == bounds.size() || bounds[at + 1] > frame.open_age;
    const std::string name = open ? fmt::format("{}+", bounds[at])
                                  : fmt::format("{}-{}", bounds[at], bounds[at + 1] - 1);
    groups.push_back(*ages_of(name, frame).group);
  }
  return groups;
}

std::vector<AgeGroup> read_age_groups(const Settings& settings, const Frame& frame,
                                      Mistakes& mistakes) {
  const std::vector<std::string> texts = settings[p::age_groups];
  if (texts.empty()) return usual_age_groups(frame);
  std::vector<AgeGroup> groups;
  std::set<std::string> seen;
  for (const std::string& text : texts) {
    AgesRead read = ages_of(text, frame);
    if (read.group && !seen.insert(text).second) {
      read = {{}, fmt::format("'{}' stands there twice", text), "name each group once"};
    }
    if (read.group) {
      groups.push_back(*std::move(read.group));
    } else {
      mistakes.add(settings.mistake(p::age_groups, read.what, read.remedy));
    }
  }
  return groups;
}

}  // namespace kohort
