#include "models/care/course.hpp"

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/located.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

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
