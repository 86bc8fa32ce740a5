#include "models/care/levels.hpp"

#include <cmath>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/located.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

double total(const Persons& persons) {
  double sum = 0.0;
  for (const double cell : persons.values()) sum += cell;
  return sum;
}

class Levels {
 public:
  Levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
         const CarePeople& people)
      : source_(source), inputs_(inputs), model_(model), people_(people) {
    const Table<double, Series, Area>::Extents extents{inputs.care.series.size(),
                                                       source.frame.areas.size()};
    levels_ = {Table<double, Series, Area>(extents), Table<double, Series, Area>(extents),
               Table<double, Series, Area>(extents)};
    const std::vector<double> nowhere(inputs.care.series.size());
    national_ = broad_shares(model, people.nation, CareAge(0), nowhere);
  }

  AreaLevels find() {
    for (const Series series : positions<Series>(national_.size())) take_shares(series);
    close();
    for (const Area area : positions<Area>(source_.frame.areas.size())) shift(area);
    if (source_.settings[p::shrink_levels]) shrink();
    return std::move(levels_);
  }

 private:
  /// Means over the years, and the scatter of the logarithms about them.
  void take_shares(Series series) {
    const bool ratio = source_.settings[p::area_form] == LevelForm::ratio;
    double squares = 0.0;
    std::size_t degrees = 0;
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      const std::vector<AreaShare>& known = inputs_.areas(series, area);
      double& share = levels_.share(series, area);
      share = std::numeric_limits<double>::quiet_NaN();
      if (known.empty()) continue;
      double mean = 0.0;
      for (const AreaShare& one : known) mean += figure(one, ratio, area) / count(known);
      share = ratio ? mean * national_[series.position()] : mean;
      if (mean == 0.0) continue;
      for (const AreaShare& one : known) {
        const double apart = figure(one, ratio, area) / mean - 1.0;
        squares += apart * apart;
      }
      degrees += known.size() - 1;
    }
    const double variance = degrees == 0 ? 0.0 : squares / static_cast<double>(degrees);
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      const std::vector<AreaShare>& known = inputs_.areas(series, area);
      if (known.empty()) continue;
      // A logarithm of a share is a log-odds less the logarithm of what has no care.
      const double none = 1.0 - levels_.share(series, area);
      levels_.sd(series, area) = std::sqrt(variance / count(known)) / none;
    }
  }

  static double count(const std::vector<AreaShare>& known) {
    return static_cast<double>(known.size());
  }

  double figure(const AreaShare& one, bool ratio, Area area) const {
    if (!ratio) return one.share;
    if (one.national) return one.share / *one.national;
    throw Error(Fault::input,
                source_.settings.mistake(
                    p::area_shares,
                    fmt::format("area {} has a share by a definition by which the nation (area 00) "
                                "has none in the same year, so that there is no overlap to splice "
                                "on",
                                source_.frame.areas[area.position()].code),
                    "add the nation's row, choose other years, or care.area_level = \"share\""));
  }

  /// Areas without shares are together what the nation leaves them, if they are all that is left.
  void close() {
    const Area rest(source_.frame.areas.size() - 1);
    for (const Series series : positions<Series>(national_.size())) {
      double users = national_[series.position()] * total(people_.nation);
      bool complete = source_.frame.closed_by_rest();
      for (const Area area : positions<Area>(source_.frame.own_areas())) {
        complete = complete && !std::isnan(levels_.share(series, area));
        users -= levels_.share(series, area) * total(people_.areas[area.position()]);
      }
      if (!complete || !std::isnan(levels_.share(series, rest))) continue;
      levels_.share(series, rest) = users / total(people_.areas[rest.position()]);
    }
  }

  /// An area that nothing is known of has the nation's rates by age and sex.
  void shift(Area area) {
    const Persons& persons = people_.areas[area.position()];
    std::vector<double> wanted;
    bool known = true;
    for (const Series series : positions<Series>(national_.size())) {
      wanted.push_back(levels_.share(series, area));
      known = known && !std::isnan(wanted.back());
    }
    if (!known) {
      const std::vector<double> nowhere(wanted.size());
      const std::vector<double> shares = broad_shares(model_, persons, CareAge(0), nowhere);
      for (const Series series : positions<Series>(wanted.size())) {
        if (!std::isnan(wanted[series.position()])) {
          throw Error(Fault::input, source_.settings.mistake(
                                        p::area_shares,
                                        fmt::format("area {} has shares of some series only",
                                                    source_.frame.areas[area.position()].code),
                                        "give those of all series, or of none"));
        }
        levels_.share(series, area) = shares[series.position()];
      }
      return;
    }
    const std::vector<double> shifts =
        located(source_, p::area_shares, "area " + source_.frame.areas[area.position()].code, [&] {
          return fit_shift(model_, persons, {CareAge(0), wanted});
        });
    for (const Series series : positions<Series>(wanted.size())) {
      levels_.shift(series, area) = shifts[series.position()];
    }
  }

  void shrink() {
    for (const Series series : positions<Series>(national_.size())) {
      std::vector<Area> areas;
      std::vector<double> shifts;
      std::vector<double> deviations;
      for (const Area area : positions<Area>(source_.frame.areas.size())) {
        if (levels_.sd(series, area) == 0.0) continue;
        areas.push_back(area);
        shifts.push_back(levels_.shift(series, area));
        deviations.push_back(levels_.sd(series, area));
      }
      if (areas.size() < 2) continue;
      const Shrunk shrunk = shrink_levels(shifts, deviations);
      for (std::size_t at = 0; at < areas.size(); ++at) {
        levels_.shift(series, areas[at]) = shrunk.effects[at];
        const double own = deviations[at] * deviations[at];
        levels_.sd(series, areas[at]) = std::sqrt(shrunk.variance * own / (shrunk.variance + own));
      }
    }
    for (const Area area : positions<Area>(source_.frame.areas.size())) {
      std::vector<double> shifts;
      for (const Series series : positions<Series>(national_.size())) {
        shifts.push_back(levels_.shift(series, area));
      }
      const std::vector<double> shares =
          broad_shares(model_, people_.areas[area.position()], CareAge(0), shifts);
      for (const Series series : positions<Series>(national_.size())) {
        levels_.share(series, area) = shares[series.position()];
      }
    }
  }

  const Source& source_;
  const CareInputs& inputs_;
  const PrevalenceModel& model_;
  const CarePeople& people_;
  std::vector<double> national_;
  AreaLevels levels_;
};

LogTrend trend_of(const Source& source, const CareInputs& inputs, std::size_t series) {
  LogTrend trend;
  if (source.settings[p::trend] == TrendForm::none) return trend;
  const std::vector<YearlyShare>& course = inputs.course[series];
  if (course.size() < 2) {
    throw Error(
        Fault::input,
        source.settings.mistake(
            p::national_shares,
            fmt::format("'{}' has fewer than two years of the share of those of 80 and older by "
                        "one definition, so that no trend can be told",
                        inputs.care.series[series]),
            "name a definition with more years, or set care.trend = \"none\""));
  }
  trend = fit_log_trend(course);
  if (const auto sd = source.settings.maybe(p::trend_sd)) trend.slope_sd = *sd;
  trend.slope *= source.settings[p::trend_factor];
  return trend;
}

}  // namespace

AreaLevels find_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                       const CarePeople& people) {
  return Levels(source, inputs, model, people).find();
}

NationalCourse find_course(const Source& source, const CareInputs& inputs,
                           const PrevalenceModel& model, const Persons& nation) {
  const std::size_t series = inputs.care.series.size();
  NationalCourse course;
  for (std::size_t one = 0; one < series; ++one) {
    course.trends.push_back(trend_of(source, inputs, one));
  }
  const double damping = source.settings[p::trend_damping];
  const BroadShares& oldest = inputs.nation.oldest;
  const auto shift_after = [&](int years) {
    std::vector<double> wanted;
    for (std::size_t one = 0; one < series; ++one) {
      wanted.push_back(oldest.shares[one] * course.trends[one].factor(damping, years));
    }
    return located(source, p::trend,
                   fmt::format("{} years after {}", years, inputs.national_year.value()), [&] {
                     return fit_shift(model, nation, {oldest.from, wanted});
                   });
  };
  const int known = inputs.national_year.value();
  const int base = source.frame.base_year.value();
  course.to_base = shift_after(base - known);
  course.shift = Table<double, Interval, Series>({source.frame.intervals, series});
  course.sd = course.shift;
  for (const Interval interval : positions<Interval>(source.frame.intervals)) {
    const int years = source.frame.end_of(interval).value() - known;
    const std::vector<double> shifts = shift_after(years);
    for (const Series one : positions<Series>(series)) {
      const std::size_t at = one.position();
      course.shift(interval, one) = shifts[at] - course.to_base[at];
      const double share = oldest.shares[at] * course.trends[at].factor(damping, years);
      course.sd(interval, one) =
          course.trends[at].log_sd(damping, years).value_or(0.0) / (1.0 - share);
    }
  }
  return course;
}

}  // namespace kohort::care
