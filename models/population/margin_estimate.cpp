#include "models/population/margin_estimate.hpp"

#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/estimate/integerise.hpp"
#include "engine/estimate/ipf.hpp"
#include "engine/model/frame_groups.hpp"

namespace kohort::population {
namespace {

double sum(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

bool differ(double one, double other) {
  return std::abs(one - other) > 1e-9 * std::max({1.0, one, other});
}

/// What all areas together have in an age group, of a sex or of both.
double together_in(const KnownMargins& margins, Sex sex, BroadAge group) {
  const bool by_sex = margins.broad.extent<Sex>() > 1;
  double found = 0.0;
  for (const Sex one : positions<Sex>(margins.together.extent<Sex>())) {
    if (by_sex && one != sex) continue;
    for (const Age age : positions<Age>(margins.together.extent<Age>())) {
      if (margins.groups->of(age) == group) found += margins.together(one, age);
    }
  }
  return found;
}

/// The fit of one county. Its table has an axis for the age group beside that for the age, with
/// zeros wherever an age is not in the group, so that the sums over age groups are margins too.
class Fit {
 public:
  Fit(const AreaSexAge& seed, const KnownMargins& margins)
      : seed_(seed),
        margins_(margins),
        groups_(margins.groups ? margins.groups->size() : 1),
        lengths_{seed.extent<Area>(), seed.extent<Sex>(), groups_, seed.extent<Age>()} {}

  MarginEstimate run() const {
    std::vector<double> cells(lengths_[0] * lengths_[1] * lengths_[2] * lengths_[3], 0.0);
    each([&](Area area, Sex sex, Age age, std::size_t cell) {
      cells[cell] = seed_(area, sex, age);
    });
    const std::vector<Margin> wanted = margins();
    constexpr double tolerance = 1e-12;  // so near that sums of whole people can be told as such
    const IpfResult fit = fit_margins({cells, lengths_}, wanted, {.tolerance = tolerance});
    MarginEstimate estimate{AreaSexAge(seed_.extents()), fit.largest_error};
    each([&](Area area, Sex sex, Age age, std::size_t cell) {
      estimate.people(area, sex, age) = fit.cells[cell];
    });
    return estimate;
  }

 private:
  std::size_t group_of(Age age) const {
    return margins_.groups ? margins_.groups->of(age).position() : 0;
  }

  template <class Action>
  void each(Action&& action) const {
    for (const Area area : positions<Area>(lengths_[0])) {
      for (const Sex sex : positions<Sex>(lengths_[1])) {
        for (const Age age : positions<Age>(lengths_[3])) {
          const std::size_t slab =
              (area.position() * lengths_[1] + sex.position()) * lengths_[2] + group_of(age);
          action(area, sex, age, slab * lengths_[3] + age.position());
        }
      }
    }
  }

  std::vector<Margin> margins() const {
    const auto together = margins_.together.values();
    std::vector<Margin> wanted{{{1, 3}, {together.begin(), together.end()}}};
    if (margins_.groups) {
      const auto broad = margins_.broad.values();
      const bool by_sex = margins_.broad.extent<Sex>() > 1;
      wanted.push_back({by_sex ? std::vector<std::size_t>{0, 1, 2} : std::vector<std::size_t>{0, 2},
                        {broad.begin(), broad.end()}});
    } else {
      wanted.push_back({{0}, margins_.totals});
    }
    return wanted;
  }

  const AreaSexAge& seed_;
  const KnownMargins& margins_;
  std::size_t groups_;
  std::vector<std::size_t> lengths_;
};

/// Rounds the cells of some sexes and ages, in all areas, so that the sums by area and those by sex
/// and age stay what they are.
void round_block(AreaSexAge& people, const std::vector<std::pair<Sex, Age>>& columns) {
  const std::size_t areas = people.extent<Area>();
  Eigen::MatrixXd block(areas, columns.size());
  const auto each = [&](auto&& action) {
    for (const Area area : positions<Area>(areas)) {
      for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto [sex, age] = columns[column];
        action(people(area, sex, age), static_cast<Eigen::Index>(area.position()),
               static_cast<Eigen::Index>(column));
      }
    }
  };
  each([&](double& cell, Eigen::Index row, Eigen::Index column) { block(row, column) = cell; });
  const IntegerMatrix rounded = round_table(block);
  each([&](double& cell, Eigen::Index row, Eigen::Index column) {
    cell = static_cast<double>(rounded(row, column));
  });
}

void round_people(AreaSexAge& people, const KnownMargins& margins) {
  const bool by_sex = margins.groups && margins.broad.extent<Sex>() > 1;
  const std::size_t groups = margins.groups ? margins.groups->size() : 1;
  const std::size_t sexes = people.extent<Sex>();
  for (const BroadAge group : positions<BroadAge>(groups)) {
    std::vector<std::vector<std::pair<Sex, Age>>> blocks(by_sex ? sexes : 1);
    for (const Sex sex : positions<Sex>(sexes)) {
      for (const Age age : positions<Age>(people.extent<Age>())) {
        if (margins.groups && margins.groups->of(age) != group) continue;
        blocks[by_sex ? sex.position() : 0].emplace_back(sex, age);
      }
    }
    for (const auto& block : blocks) round_block(people, block);
  }
}

}  // namespace

AgeGroups::AgeGroups(const std::vector<std::string>& labels, int width, int open_age)
    : labels_(labels), group_of_age_(static_cast<std::size_t>(open_age / width) + 1) {
  Mistakes mistakes;
  const auto complain = [&](std::string what) {
    mistakes.add({{}, std::move(what), "write them from 0 on, as in \"0-19\", \"20-64\", \"65+\""});
  };
  int next = 0;
  for (std::size_t at = 0; at < labels.size(); ++at) {
    const auto span = written_ages(labels[at]);
    const bool closing = at + 1 == labels.size();
    if (!span || span->last.has_value() == closing) {
      complain(fmt::format("'{}' is no {} group of ages", labels[at], closing ? "open" : "closed"));
      break;
    }
    if (span->first != next) {
      complain(fmt::format("'{}' begins at {}, and the group before it ends before {}", labels[at],
                           span->first, next));
    }
    if (span->first % width != 0 || span->first > open_age) {
      complain(fmt::format("'{}' begins within an age group of the projection", labels[at]));
    }
    for (std::size_t age = static_cast<std::size_t>(span->first / width);
         age < group_of_age_.size(); ++age) {
      group_of_age_[age] = BroadAge(at);
    }
    if (span->last) next = *span->last + 1;
  }
  if (labels.empty()) complain("there are no age groups");
  mistakes.throw_if_any(Fault::scenario);
}

KnownMargins margins_of(const AreaSexAge& people, const std::optional<AgeGroups>& groups,
                        bool broad_by_sex) {
  const auto [areas, sexes, ages] = people.extents();
  KnownMargins margins{
      Table<double, Sex, Age>({sexes, ages}), std::vector<double>(areas), groups, {}};
  if (groups) {
    margins.broad = Table<double, Area, Sex, BroadAge>(
        {areas, broad_by_sex ? sexes : std::size_t{1}, groups->size()});
  }
  for (const Area area : positions<Area>(areas)) {
    for (const Sex sex : positions<Sex>(sexes)) {
      for (const Age age : positions<Age>(ages)) {
        const double persons = people(area, sex, age);
        margins.together(sex, age) += persons;
        margins.totals[area.position()] += persons;
        if (groups) margins.broad(area, broad_by_sex ? sex : Sex(0), groups->of(age)) += persons;
      }
    }
  }
  return margins;
}

std::vector<std::string> contradictions(const KnownMargins& margins,
                                        const std::vector<std::string>& areas) {
  std::vector<std::string> found;
  const double of_areas = sum(margins.totals);
  const double together = sum(margins.together.values());
  if (differ(of_areas, together)) {
    found.push_back(fmt::format("the totals of {} sum to {}, and their people by sex and age to {}",
                                fmt::join(areas, ", "), of_areas, together));
  }
  if (!margins.groups) return found;
  for (const Area area : positions<Area>(areas.size())) {
    const double broad = sum(margins.broad.slab(area));
    const double total = margins.totals[area.position()];
    if (!differ(broad, total)) continue;
    found.push_back(fmt::format("the age groups of area {} sum to {}, and its total is {}",
                                areas[area.position()], broad, total));
  }
  for (const Sex sex : positions<Sex>(margins.broad.extent<Sex>())) {
    for (const BroadAge group : positions<BroadAge>(margins.groups->size())) {
      double broad = 0.0;
      for (const Area area : positions<Area>(areas.size())) {
        broad += margins.broad(area, sex, group);
      }
      const double known = together_in(margins, sex, group);
      if (!differ(broad, known)) continue;
      found.push_back(fmt::format(
          "the areas {} have {} people aged {} in all, and by sex and age {}",
          fmt::join(areas, ", "), broad, margins.groups->labels()[group.position()], known));
    }
  }
  return found;
}

MarginEstimate estimate_from_margins(const AreaSexAge& seed, const KnownMargins& margins,
                                     bool whole) {
  MarginEstimate estimate = Fit(seed, margins).run();
  constexpr double acceptable = 1e-9;
  if (estimate.largest_error > acceptable) {
    throw Error(Fault::input,
                Mistake{{},
                        fmt::format("the margins cannot be met: the nearest table still misses one "
                                    "by {:.2g} of it",
                                    estimate.largest_error),
                        "give a seed that has people wherever there may be any"});
  }
  if (whole) round_people(estimate.people, margins);
  return estimate;
}

std::vector<double> dissimilarity(const AreaSexAge& people, const AreaSexAge& other) {
  std::vector<double> index;
  for (const Area area : positions<Area>(people.extent<Area>())) {
    const auto one = people.slab(area);
    const auto two = other.slab(area);
    const double all = sum(one);
    const double all_others = sum(two);
    double apart = 0.0;
    for (std::size_t cell = 0; cell < one.size() && all > 0.0 && all_others > 0.0; ++cell) {
      apart += std::abs(one[cell] / all - two[cell] / all_others) / 2.0;
    }
    index.push_back(apart);
  }
  return index;
}

}  // namespace kohort::population
