#include "models/population/fit/national_forecast.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/tables.hpp"

namespace kohort::population::fit {

NationalForecast::NationalForecast(const Source& source, const TableParameter& parameter,
                                   Detail detail)
    : source_(source), parameter_(parameter) {
  const Frame& frame = source.frame;
  const bool required = detail == Detail::required;
  const TableReference reference = *require_quantity(source, parameter).table();
  figures_ = source.tables.read<Interval, Sex, Age>(
      parameter, reference,
      {frame.flow_years(), wanted(parameter, frame.sex_axis(), required),
       wanted(parameter, frame.age_axis(), required)});
  if (figures_.varies_along<Age>()) ages_ = source.tables.age_definition(parameter, reference);
}

std::size_t NationalForecast::length() const {
  return figures_.varies_along<Interval>() ? source_.frame.intervals : 1;
}

void NationalForecast::require_year_end_ages() const {
  if (ages_ == AgeDefinition::end_of_year) return;
  throw Error(Fault::scenario,
              source_.settings.mistake(parameter_, "the table is by age at the event",
                                       "this parameter is read by age at the end of the year"));
}

double NationalForecast::sum_beside(const SexAge& weights, Sex sex, Age age) const {
  double sum = 0.0;
  for (const Sex other_sex : positions<Sex>(weights.extent<Sex>())) {
    if (figures_.varies_along<Sex>() && other_sex != sex) continue;
    for (const Age other_age : positions<Age>(weights.extent<Age>())) {
      if (figures_.varies_along<Age>() && other_age != age) continue;
      sum += weights(other_sex, other_age);
    }
  }
  return sum;
}

SexAge NationalForecast::shared_out(Interval interval, const SexAge& weights) const {
  return tabulate<SexAge>(weights.extents(), [&](Sex sex, Age age) {
    const double persons = figures_(interval, sex, age);
    if (single_cells()) return persons;
    const double sum = sum_beside(weights, sex, age);
    if (persons > 0.0 && !(sum > 0.0)) {
      throw Error(
          Fault::input,
          source_.settings.mistake(
              parameter_,
              fmt::format("{:.6g} persons in {} of a sex or an age at which the history has none",
                          persons, source_.frame.end_of(interval).value()),
              "give the table by both sex and age"));
    }
    return sum > 0.0 ? persons * weights(sex, age) / sum : 0.0;
  });
}

}  // namespace kohort::population::fit
