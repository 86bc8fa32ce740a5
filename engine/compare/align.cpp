#include "engine/compare/align.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/nearest.hpp"

namespace kohort::compare {
namespace {

using Codes = std::set<std::string>;

/// The label that a label of the standard stands for in the result.
std::string meant_by(const std::string& label, const Wanted& wanted) {
  for (const auto& [standard, result] : wanted.areas) {
    if (standard == label) return result;
  }
  return label;
}

/// Projected areas, without the closing rest.
Codes own_areas(const Result& result) {
  Codes codes;
  for (const std::string& code : result.areas()) {
    if (result.kind_of_area(code) == "area") codes.insert(code);
  }
  return codes;
}

bool has_rest(const Result& result) { return result.areas().size() > own_areas(result).size(); }

/// Of a long list the first few.
std::string some_of(const std::vector<std::string>& labels) {
  constexpr std::size_t most = 8;
  if (labels.size() <= most) return fmt::format("{}", fmt::join(labels, ", "));
  const std::vector<std::string> first(labels.begin(), labels.begin() + most);
  return fmt::format("{} and {} more", fmt::join(first, ", "), labels.size() - most);
}

std::vector<std::string> missing_from(const Codes& these, const Codes& those) {
  std::vector<std::string> missing;
  std::set_difference(these.begin(), these.end(), those.begin(), those.end(),
                      std::back_inserter(missing));
  return missing;
}

/// Whether the same areas are in what a label stands for on both sides.
bool same_members(const std::string& label, const Result& standard, const Result& result) {
  const bool same_areas = own_areas(standard) == own_areas(result);
  if (label == all_but_rest) return same_areas;
  if (label == everywhere) return same_areas && has_rest(standard) == has_rest(result);
  const auto one = standard.definitions().group(label);
  const auto other = result.definitions().group(label);
  if (one && other) return *one == *other;
  return same_areas && !one && !other;  // both by a column of the same areas
}

void add_area(CommonAreas& areas, const std::string& standard, const std::string& result,
              const std::string& kind) {
  areas.standard.push_back(standard);
  areas.result.push_back(result);
  areas.kinds.push_back(kind);
}

}  // namespace

void Misfits::add(const std::string& file, std::string what, std::string remedy) {
  mistakes_.add({{file, 0, 0}, std::move(what), std::move(remedy)});
}

void Misfits::one_sided(const std::string& file, const std::string& what) {
  if (wanted_.common) {
    note(file + ": " + what);
  } else {
    add(file, what, "--common compares what both have");
  }
}

void Misfits::note(const std::string& what) {
  if (!position_of(left_out_, what)) left_out_.push_back(what);
}

CommonAreas common_areas(const Result& standard, const Result& result, const Wanted& wanted,
                         Misfits& misfits) {
  Codes mapped;
  for (const std::string& code : own_areas(standard)) mapped.insert(meant_by(code, wanted));
  const Codes own = own_areas(result);
  const auto only = [&](const Result& has, const Codes& these, const Codes& those) {
    const std::vector<std::string> missing = missing_from(these, those);
    if (missing.empty()) return;
    misfits.one_sided(has.file(), fmt::format("only it has the areas {}", some_of(missing)));
  };
  only(standard, mapped, own);
  only(result, own, mapped);
  CommonAreas areas;
  const CellAxes axes = standard.axes_of({"population/persons"});
  for (const std::string& label : axes.areas) {
    const std::string meant = meant_by(label, wanted);
    const auto kind = result.kind_of_area(meant);
    if (!kind) {
      if (standard.kind_of_area(label) != "area") {
        misfits.note(fmt::format("{} has no '{}'", result.file(), meant));
      }
      continue;
    }
    const bool together = *kind == "group" || *kind == "all";
    const bool rest = *kind == "rest" || standard.kind_of_area(label) == "rest";
    const bool same = meant != label ||
                      (together ? same_members(label, standard, result) : !rest || mapped == own);
    if (same) {
      add_area(areas, label, meant, *kind);
    } else {
      misfits.note(fmt::format("'{}' is not of the same areas in both", label));
    }
  }
  if (areas.standard.empty()) {
    misfits.add(result.file(), fmt::format("it has no area of {}", standard.file()),
                "compare results of the same areas");
  }
  return areas;
}

CommonAreas common_areas(const Reference& reference, const ReferenceFigures& figures,
                         const Result& result, const Wanted& wanted, Misfits& misfits) {
  CommonAreas areas;
  std::vector<std::string> missing;
  for (const std::string& label : figures.axes.areas) {
    const std::string meant = meant_by(label, wanted);
    if (const auto kind = result.kind_of_area(meant)) {
      add_area(areas, label, meant, *kind);
    } else {
      missing.push_back(label);
    }
  }
  if (missing.empty()) return areas;
  const std::string remedy =
      "--area TABLE=RESULT says which of the result an area of the table is, such as all_but_rest; "
      "--common compares what both have";
  const std::string what =
      fmt::format("the areas {} are not in {}", some_of(missing), result.file());
  if (areas.standard.empty() || !wanted.common) {
    misfits.add(reference.file, what, remedy);
  } else {
    misfits.note(reference.file + ": " + what);
  }
  return areas;
}

std::vector<int> common_years(const std::vector<int>& standard, const std::vector<int>& result,
                              const Wanted& wanted) {
  std::vector<int> years;
  for (const int year : standard) {
    const bool asked = wanted.years.empty() || position_of(wanted.years, year);
    if (asked && position_of(result, year)) years.push_back(year);
  }
  return years;
}

std::string years_text(const std::vector<int>& years) {
  if (years.size() < 3 || years.back() - years.front() + 1 != static_cast<int>(years.size())) {
    return fmt::format("{}", fmt::join(years, ", "));
  }
  return fmt::format("{}-{}", years.front(), years.back());
}

bool units_agree(const std::string& of_table, const std::string& of_result) {
  constexpr std::array counts{"1", "persons", "live births"};
  const bool counted = std::find(counts.begin(), counts.end(), of_table) != counts.end();
  return of_table == of_result || (of_result == "1" && counted);
}

}  // namespace kohort::compare
