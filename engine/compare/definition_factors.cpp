#include "engine/compare/definition_factors.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace kohort::compare {
namespace {

using Texts = std::vector<std::string>;

const std::string calibration = "care/calibration/";

Texts texts_of(const Result& result, const std::string& scale) {
  return std::get<Texts>(result.reader().labels(scale));
}

std::size_t position(const Texts& labels, const std::string& label) {
  return position_of(labels, label).value_or(labels.size());
}

/// "65+ female" as the first age and the sex.
std::pair<int, std::string> people_of_label(const std::string& people) {
  const std::size_t space = people.find(' ');
  const auto ages = span_of(people.substr(0, space));
  return {ages ? ages->first : 0, space == std::string::npos ? "" : people.substr(space + 1)};
}

/// Where the level of an area comes from; the numbers are those of FORMAT.md.
constexpr double published_share = 2.0;
constexpr double own_register = 3.0;

/// Of a figure by area, in the order of `areas`; all the same where a file lacks it.
class ByArea {
 public:
  ByArea(const Result& result, const std::string& path, std::size_t row)
      : areas_(result.areas()), row_(row) {
    if (result.reader().has(path)) values_ = result.reader().values(path);
  }
  bool known() const { return !values_.empty(); }
  double of(const std::string& area) const {
    return values_[row_ * areas_.size() + position(areas_, area)];
  }

 private:
  const Texts& areas_;
  std::size_t row_;
  std::vector<double> values_;
};

class FactorsFinder {
 public:
  FactorsFinder(const Result& first, const Result& second, const Quantity& quantity, CellAxes axes)
      : first_(first),
        second_(second),
        quantity_(quantity),
        axes_(std::move(axes)),
        one_(first),
        other_(second) {}

  std::optional<DefinitionFactors> find() {
    DefinitionFactors found{std::vector<double>(axes_.size(), 1.0), {}, false};
    const Definitions& definitions = second_.definitions();
    const auto is_published = [&](const std::string& state) {
      return !definitions.series(state).empty();
    };
    const Texts own = definitions.states(quantity_);
    found.of_all_others = !own.empty() && std::none_of(own.begin(), own.end(), is_published);
    // Those in no care are the people whom no series counts.
    const bool of_all = !std::all_of(own.begin(), own.end(), is_published);
    std::set<std::string> series;
    for (const std::string& state : of_all ? definitions.states() : own) {
      if (is_published(state)) series.insert(definitions.series(state));
    }
    for (const std::string& one : series) {
      if (!take(one, found.between)) return std::nullopt;
    }
    const bool alike = std::all_of(found.between.begin(), found.between.end(),
                                   [](const DefinitionFactor& one) { return one.factor == 1.0; });
    const bool areas_alike = definitions.of_areas() == first_.definitions().of_areas();
    if (alike && areas_alike) return found;
    // Shares that are taken as they are follow the areas' definitions, of which nothing is known.
    for (const std::string& area : axes_.areas) {
      if (level_of(area) == published_share) return std::nullopt;
    }
    if (alike) return found;
    Texts counted = own;
    if (found.of_all_others) {
      counted = definitions.states();
      std::erase_if(counted, [&](const std::string& state) { return !is_published(state); });
    }
    fill(counted, found.of_cells);
    return found;
  }

 private:
  /// Of a series the factors of the young by sex, and of the oldest.
  struct OfSeries {
    std::map<std::string, double> young;
    double oldest = 1.0;
    int oldest_from = 0;
  };

  bool take(const std::string& series, std::vector<DefinitionFactor>& between) {
    std::map<std::string, double> all;
    OfSeries factors;
    for (const std::string& people : other_.people()) {
      const auto factor = factor_between(one_, other_, series, people);
      if (!factor) return false;
      between.push_back(*factor);
      const auto [first_age, sex] = people_of_label(people);
      if (sex == both_sexes) {
        factors.oldest = factor->factor;
        factors.oldest_from = first_age;
      } else {
        all[sex] = factor->factor;
      }
    }
    if (between.empty()) return false;
    if (!find_young(series, all, factors)) return false;
    factors_[series] = std::move(factors);
    return true;
  }

  /// So that users of all ages differ as their shares do, in the second's own base year.
  bool find_young(const std::string& series, const std::map<std::string, double>& all,
                  OfSeries& factors) const {
    for (const auto& [sex, factor] : all) {
      double young = 0.0;
      double oldest = 0.0;
      for (const std::string& state : second_.definitions().states()) {
        if (second_.definitions().series(state) != series) continue;
        const CellAxes cells{axes_.areas, axes_.ages, {sex}, {second_.launch()}};
        const std::vector<double> users = second_.cells({"care/persons", state}, cells);
        for (std::size_t at = 0; at < users.size(); ++at) {
          (is_oldest(axes_.ages[cells.cell(at).ages], factors) ? oldest : young) += users[at];
        }
      }
      const double by_the_first = (young + oldest) / factor - oldest / factors.oldest;
      const bool alike = factor == factors.oldest || young == 0.0;
      if (!alike && by_the_first <= 0.0) return false;
      factors.young[sex] = alike ? factor : young / by_the_first;
    }
    return true;
  }

  static bool is_oldest(const std::string& ages, const OfSeries& factors) {
    const auto span = span_of(ages);
    return span && span->first >= factors.oldest_from;
  }

  /// Of the second, or of the first where that has counted itself.
  double level_of(const std::string& area) const {
    const ByArea one(first_, calibration + "level_basis", 0);
    const ByArea other(second_, calibration + "level_basis", 0);
    if (!one.known() || !other.known()) return 0.0;
    const double own = one.of(area);
    return own == own_register || own == published_share ? own : other.of(area);
  }

  /// Whether a municipality has counted the users of the service itself.
  bool has_counted(const Result& result, const std::string& area) const {
    if (quantity_.variable != "care/users") return false;
    const std::size_t service = position(texts_of(result, "service"), quantity_.kind);
    const ByArea factor(result, calibration + "use_factor", service);
    return factor.known() && factor.of(area) != 1.0;
  }

  double of(const std::string& series, std::size_t at) const {
    const CellPosition cell = axes_.cell(at);
    const OfSeries& factors = factors_.at(series);
    if (is_oldest(axes_.ages[cell.ages], factors)) return factors.oldest;
    return factors.young.at(axes_.sexes[cell.sex]);
  }

  /// People in the states of the figure over those who would be in them by the first's definitions.
  void fill(const Texts& own, std::vector<double>& factors) const {
    std::vector<double> people(axes_.size(), 0.0);
    std::vector<double> by_the_first(axes_.size(), 0.0);
    std::vector<double> to_no_care(axes_.size(), 0.0);
    bool with_no_care = false;
    for (const std::string& state : second_.definitions().states()) {
      const std::string series = second_.definitions().series(state);
      const bool is_own = position_of(own, state).has_value();
      with_no_care = with_no_care || (is_own && series.empty());
      if (!is_own && !factors_.contains(series)) continue;
      const std::vector<double> persons = second_.cells({"care/persons", state}, axes_);
      for (std::size_t at = 0; at < persons.size(); ++at) {
        const double before = series.empty() ? persons[at] : persons[at] / of(series, at);
        to_no_care[at] += persons[at] - before;
        if (is_own) people[at] += persons[at];
        if (is_own) by_the_first[at] += before;
      }
    }
    const std::vector<bool> counts = follow_definitions();
    for (std::size_t at = 0; at < factors.size(); ++at) {
      const double before = by_the_first[at] + (with_no_care ? to_no_care[at] : 0.0);
      if (counts[axes_.cell(at).area] && people[at] > 0.0 && before > 0.0) {
        factors[at] = people[at] / before;
      }
    }
  }

  std::vector<bool> follow_definitions() const {
    std::vector<bool> found;
    for (const std::string& area : axes_.areas) {
      found.push_back(level_of(area) != own_register && !has_counted(first_, area) &&
                      !has_counted(second_, area));
    }
    return found;
  }

  const Result& first_;
  const Result& second_;
  const Quantity& quantity_;
  CellAxes axes_;
  PublishedShares one_;
  PublishedShares other_;
  std::map<std::string, OfSeries> factors_;
};

}  // namespace

PublishedShares::PublishedShares(const Result& result) {
  const std::string shares = calibration + "definition_share";
  if (!result.reader().has(shares)) return;
  series_ = texts_of(result, "care_series");
  people_ = texts_of(result, "care_people");
  definitions_ = texts_of(result, "care_definition");
  years_ = texts_of(result, "care_share_year");
  shares_ = result.reader().values(shares);
  counts_ = result.reader().values(calibration + "definition_counts");
}

std::string PublishedShares::counting(const std::string& series, const std::string& people) const {
  const auto row = position_of(series_, series);
  const auto column = position_of(people_, people);
  if (!row || !column) return "";
  const std::size_t start = (*row * people_.size() + *column) * definitions_.size();
  for (std::size_t at = 0; at < definitions_.size(); ++at) {
    if (counts_[start + at] == 1.0) return definitions_[at];
  }
  return "";
}

std::optional<double> PublishedShares::share(const std::string& series, const std::string& people,
                                             const std::string& definition,
                                             const std::string& year) const {
  const auto row = position_of(series_, series);
  const auto column = position_of(people_, people);
  const auto by = position_of(definitions_, definition);
  const auto when = position_of(years_, year);
  if (!row || !column || !by || !when) return std::nullopt;
  const std::size_t start = (*row * people_.size() + *column) * definitions_.size();
  const double share = shares_[(start + *by) * years_.size() + *when];
  if (share == 0.0) return std::nullopt;
  return share;
}

std::optional<DefinitionFactor> factor_between(const PublishedShares& first,
                                               const PublishedShares& second,
                                               const std::string& series,
                                               const std::string& people) {
  DefinitionFactor found{
      series, people, first.counting(series, people), second.counting(series, people), {}, 1.0};
  if (found.first.empty() || found.second.empty()) return std::nullopt;
  if (found.first == found.second) return found;
  std::set<std::string> years(first.years().begin(), first.years().end());
  years.insert(second.years().begin(), second.years().end());
  const bool first_is_later = !first.years().empty() && !second.years().empty() &&
                              first.years().back() > second.years().back();
  const PublishedShares& later = first_is_later ? first : second;
  const PublishedShares& earlier = first_is_later ? second : first;
  for (auto year = years.rbegin(); year != years.rend(); ++year) {
    const auto share = [&](const std::string& definition) {
      const auto known = later.share(series, people, definition, *year);
      return known ? known : earlier.share(series, people, definition, *year);
    };
    const auto one = share(found.first);
    const auto other = share(found.second);
    if (!one || !other) continue;
    found.overlap = std::stoi(*year);
    found.factor = *other / *one;
    return found;
  }
  return std::nullopt;
}

namespace {

/// The definitions that a figure follows; those in no care are all others, so that it is all of
/// them.
Texts counted_by(const Result& result, const Quantity& quantity) {
  const Definitions& definitions = result.definitions();
  Texts found = definitions.of(quantity);
  const Texts own = definitions.states(quantity);
  const bool of_all = std::any_of(own.begin(), own.end(), [&](const std::string& state) {
    return definitions.series(state).empty();
  });
  if (!of_all) return found;
  for (const std::string& state : definitions.states()) {
    const Texts more = definitions.of({"care/persons", state});
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

}  // namespace

std::optional<DefinitionFactors> definition_factors(const Result& first, const Result& second,
                                                    const Quantity& quantity,
                                                    const CellAxes& axes) {
  const auto says = [](const Result& result) {
    return result.reader().has(calibration + "definition_share");
  };
  if (!says(first) || !says(second)) {
    if (counted_by(first, quantity) != counted_by(second, quantity)) return std::nullopt;
    return DefinitionFactors{std::vector<double>(axes.size(), 1.0), {}, false};
  }
  return FactorsFinder(first, second, quantity, axes).find();
}

}  // namespace kohort::compare
