#include "models/welfare/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/estimate/log_trend.hpp"
#include "engine/model/frame_groups.hpp"
#include "engine/table/tabulate.hpp"
#include "models/welfare/parameters.hpp"

namespace kohort::welfare {

namespace p = parameters;

namespace {

using FigureTable = BroadcastTable<Sex, RateAge, Area>;

/// Reads one block.
class NeedReader {
 public:
  NeedReader(const Source& source, const Settings& block)
      : source_(source), frame_(source.frame), need_{.block = block} {}

  NeedInput read() {
    need_.rates.name = need_.block[p::need_name];
    read_ages();
    read_rate_ages();
    need_.has_rate = given(p::need_rate) || given(p::need_low) || given(p::need_high);
    if (!need_.has_rate && !given(p::need_own_users)) {
      fail(p::need_rate, "there is none, and none is made up",
           "give a rate with its source, or the people with the need by your own register in "
           "own_users = { file = \"...\" }");
    }
    if (given(p::need_low) || given(p::need_high)) {
      read_range();
    } else {
      read_rate();
    }
    read_sampling();
    read_trend();
    read_own_users();
    return std::move(need_);
  }

 private:
  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario,
                need_.block.mistake(parameter, std::move(what), std::move(remedy)));
  }
  bool given(const Parameter& parameter) const { return need_.block.given(parameter); }

  void read_ages() {
    ages_ = {"", Age(0), Age(frame_.ages() - 1)};
    const auto text = need_.block.maybe(p::need_ages);
    if (!text) return;
    AgesRead read = ages_of(*text, frame_);
    if (!read.group) fail(p::need_ages, std::move(read.what), std::move(read.remedy));
    ages_ = *read.group;
  }

  /// The groups of ages that tables tell apart: those of the frame, or coarser ones.
  void read_rate_ages() {
    group_of_.resize(frame_.ages());
    const std::vector<std::string> texts = need_.block[p::need_rate_ages];
    rate_ages_ = frame_.age_axis();
    if (texts.empty()) {
      for (const Age age : positions<Age>(frame_.ages())) {
        group_of_[age.position()] = RateAge(age.position());
      }
      return;
    }
    rate_ages_.labels = texts;
    const std::vector<int> first_ages = read_first_ages(need_.block, p::need_rate_ages, frame_);
    if (first_ages.front() > frame_.first_age(ages_.first)) {
      fail(p::need_rate_ages, fmt::format("the first group begins at {}", first_ages.front()),
           fmt::format("begin at {} or before, or say whom the need is about with ages = \"{}+\"",
                       frame_.first_age(ages_.first), first_ages.front()));
    }
    for (const Age age : positions<Age>(frame_.ages())) {
      const int at = std::max(frame_.first_age(age), first_ages.front());
      group_of_[age.position()] = RateAge(group_of(at, first_ages));
    }
  }

  FigureTable read_figures(const QuantityParameter& parameter) const {
    const Quantity quantity = need_.block.quantity(parameter);
    if (const double* number = quantity.number()) {
      source_.tables.note(Basis::assumed);
      return FigureTable(*number);
    }
    return source_.tables.read<Sex, RateAge, Area>(
        parameter, *quantity.table(), {frame_.sex_axis(), rate_ages_, frame_.area_axis()});
  }

  /// The figures of the cells, 0 at ages that cannot have the need.
  RateTable spread(const FigureTable& figures) const {
    return tabulate<RateTable>(rate_extents(frame_), [&](Sex sex, Age age, Area area) {
      if (age < ages_.first || ages_.last < age) return 0.0;
      return figures(sex, group_of_[age.position()], area);
    });
  }

  void read_rate() {
    if (!need_.has_rate) {
      need_.rates.rate = spread(FigureTable(1.0));
      return;
    }
    const FigureTable figures = read_figures(p::need_rate);
    need_.rates.rate = spread(figures);
    RateFigures& read_from = need_.rates.figures;
    if (figures.varies_along<Area>()) read_from.areas = frame_.areas.size();
    if (figures.varies_along<Sex>()) read_from.sexes = frame_.sexes.size();
    if (!figures.varies_along<RateAge>()) return;
    read_from.groups = rate_ages_.labels.size();
    read_from.group_of = group_of_;
  }

  void read_range() {
    if (!given(p::need_low) || !given(p::need_high) || given(p::need_rate)) {
      fail(given(p::need_low) ? p::need_low : p::need_high,
           given(p::need_rate) ? "there is a rate beside it" : "the other end is missing",
           "give rate_low and rate_high, or rate");
    }
    need_.rates.rate = spread(read_figures(p::need_low));
    need_.rates.half_width = spread(read_figures(p::need_high));
    for (std::size_t cell = 0; cell < need_.rates.rate.size(); ++cell) {
      double& rate = need_.rates.rate.values()[cell];
      double& half = need_.rates.half_width.values()[cell];
      const double low = rate;
      const double high = half;
      if (low > high) {
        fail(p::need_low, fmt::format("{} is above rate_high, {}", low, high), "exchange them");
      }
      rate = 0.5 * (low + high);
      half = 0.5 * (high - low);
    }
  }

  /// By the delta method a share p found among n people has log-odds with the standard error
  /// 1 / sqrt(n p (1 - p)), and one with the standard error s has s / (p (1 - p)). A share of 0 or
  /// 1 has no log-odds, and is taken as it is.
  void read_sampling() {
    const bool observed = given(p::need_observed);
    if (!observed && !given(p::need_sd)) return;
    const QuantityParameter& parameter = observed ? p::need_observed : p::need_sd;
    if (!given(p::need_rate) || (observed && given(p::need_sd))) {
      fail(parameter, "it is the error of a rate, one of two ways to give it",
           "give rate and either observed or rate_sd");
    }
    const FigureTable figures = read_figures(parameter);
    const RateTable& rate = need_.rates.rate;
    need_.rates.log_odds_sd =
        tabulate<RateTable>(rate_extents(frame_), [&](Sex sex, Age age, Area area) {
          const double share = rate(sex, age, area);
          const double variance = share * (1.0 - share);
          if (variance == 0.0) return 0.0;
          const double figure = figures(sex, group_of_[age.position()], area);
          return observed ? 1.0 / std::sqrt(figure * variance) : figure / variance;
        });
  }

  void read_trend() {
    const double trend = need_.block[p::need_trend];
    const double damping = need_.block[p::need_damping];
    for (const Interval interval : positions<Interval>(frame_.intervals)) {
      const int years = frame_.end_of(interval).value() - frame_.base_year.value();
      need_.rates.trend.push_back(std::pow(trend, damped_years(damping, years)));
    }
  }

  void read_own_users() {
    need_.own_users.resize(frame_.areas.size());
    if (!given(p::need_own_users)) return;
    WantedAxis areas = frame_.own_area_axis();
    areas.every = false;
    areas.partial = true;
    const auto table = source_.tables.read<Area>(
        p::need_own_users, *need_.block.quantity(p::need_own_users).table(), {areas});
    for (const Area area : positions<Area>(frame_.own_areas())) {
      const double users = table(area);
      if (!std::isnan(users)) need_.own_users[area.position()] = users;
    }
  }

  const Source& source_;
  const Frame& frame_;
  NeedInput need_;
  AgeGroup ages_;
  WantedAxis rate_ages_;
  std::vector<RateAge> group_of_;
};

/// Brings the rates of one need to the own users of its areas.
class OwnUsers {
 public:
  OwnUsers(const Frame& frame, const population::AgeTable& base, NeedInput& need)
      : frame_(frame), base_(base), need_(need) {}

  /// The factor of each area.
  void take(std::span<double> factors) {
    std::fill(factors.begin(), factors.end(), need_.has_rate ? 1.0 : together());
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const auto own = need_.own_users[area.position()];
      if (own) factors[area.position()] = factor(area, *own);
      multiply(area, factors[area.position()]);
      if (own) take_certain(area);
    }
  }

 private:
  double expected(Area area) const {
    double sum = 0.0;
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Age age : positions<Age>(frame_.ages())) {
        const double rate = need_.rates.rate(sex, age, area);
        for (const Group group : positions<Group>(frame_.group_count())) {
          sum += rate * base_(sex, age, group, area);
        }
      }
    }
    return sum;
  }

  double factor(Area area, double own) const {
    const double estimated = expected(area);
    if (estimated > 0.0) return own / estimated;
    if (own == 0.0) return 1.0;
    fail(area, fmt::format("{} people with the need where nobody can have it", own));
  }

  /// The share of those areas that have own users.
  double together() const {
    double users = 0.0;
    double people = 0.0;
    for (const Area area : positions<Area>(frame_.areas.size())) {
      const auto own = need_.own_users[area.position()];
      if (!own) continue;
      users += *own;
      people += expected(area);
    }
    return people > 0.0 ? users / people : 0.0;
  }

  void multiply(Area area, double factor) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const Age age : positions<Age>(frame_.ages())) {
        double& rate = need_.rates.rate(sex, age, area);
        rate *= factor;
        if (rate > 1.0) fail(area, "more than all people of an age would have the need");
      }
    }
  }

  void take_certain(Area area) {
    for (RateTable* table : {&need_.rates.half_width, &need_.rates.log_odds_sd}) {
      if (table->empty()) continue;
      for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
        for (const Age age : positions<Age>(frame_.ages())) (*table)(sex, age, area) = 0.0;
      }
    }
  }

  [[noreturn]] void fail(Area area, const std::string& what) const {
    throw Error(
        Fault::scenario,
        need_.block.mistake(p::need_own_users,
                            fmt::format("area {}: {}", frame_.areas[area.position()].code, what),
                            "check the table, and the ages of the need"));
  }

  const Frame& frame_;
  const population::AgeTable& base_;
  NeedInput& need_;
};

}  // namespace

std::vector<NeedInput> read_needs(const Source& source) {
  std::vector<NeedInput> needs;
  std::set<std::string> names;
  Attempts attempts;
  for (const Settings& block : source.settings[p::needs]) {
    attempts.attempt([&] {
      const std::string name = block[p::need_name];
      if (name.empty() || !names.insert(name).second) {
        throw Error(Fault::scenario,
                    block.mistake(p::need_name, fmt::format("a second '{}', or no name", name),
                                  "give each need a name of its own"));
      }
      needs.push_back(NeedReader(source, block).read());
    });
  }
  attempts.throw_if_any();
  return needs;
}

OwnFactors take_own_users(const Frame& frame, const population::AgeTable& base,
                          std::vector<NeedInput>& needs) {
  OwnFactors factors({needs.size(), frame.areas.size()});
  for (const Need need : positions<Need>(needs.size())) {
    OwnUsers(frame, base, needs[need.position()]).take(factors.slab(need));
  }
  return factors;
}

void require_shares(const Frame& frame, const std::vector<NeedInput>& needs) {
  Mistakes mistakes;
  const auto check = [&](const NeedInput& need, Interval interval) {
    for (const Sex sex : positions<Sex>(frame.sexes.size())) {
      for (const Age age : positions<Age>(frame.ages())) {
        for (const Area area : positions<Area>(frame.areas.size())) {
          // Before its sampling error, which keeps it between 0 and 1.
          const double expected = need.rates.rate(sex, age, area);
          const double half = need.rates.half(sex, age, area);
          const RateChange change = need.rates.change(interval, sex, age, area);
          const double lowest = change.of(expected - half);
          const double rate = lowest < 0.0 ? lowest : change.of(expected + half);
          if (rate >= 0.0 && rate <= 1.0) continue;
          mistakes.add(need.block.mistake(
              p::need_name,
              fmt::format("in {} {:.3g} of each of the people of area {} ({}, age {}) would have "
                          "the need '{}'",
                          frame.end_of(interval).value(), rate, frame.areas[area.position()].code,
                          frame.sexes[sex.position()], frame.first_age(age), need.rates.name),
              "choose a smaller trend, or smaller factors and shifts of levers"));
          return;
        }
      }
    }
  };
  for (const NeedInput& need : needs) {
    for (const Interval interval : positions<Interval>(frame.intervals)) {
      check(need, interval);
      if (!mistakes.empty()) break;
    }
  }
  mistakes.throw_if_any(Fault::scenario);
}

}  // namespace kohort::welfare
