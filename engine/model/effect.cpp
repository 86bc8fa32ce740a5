#include "engine/model/effect.hpp"

#include <cmath>

namespace kohort {
namespace {

std::vector<double> read_course(const Settings& block, const Source& source,
                                const LeverFields& fields, Mistakes& mistakes) {
  const Quantity quantity = block.quantity(fields.course);
  std::vector<double> course;
  if (!quantity.given()) return course;
  if (block.setting(fields.phase_in).origin != Origin::fallback) {
    mistakes.add(block.mistake(fields.phase_in, "its course is given by a table",
                               "leave out one of the two"));
  }
  // A block that is wrong has no course to be read.
  if (!mistakes.empty()) return course;
  WantedAxis years = source.frame.flow_years();
  years.required = true;
  const auto table = source.tables.read<Interval>(fields.course, *quantity.table(), {years});
  for (const Interval interval : positions<Interval>(source.frame.intervals)) {
    course.push_back(table(interval));
  }
  return course;
}

}  // namespace

Effect::Effect(const Settings& block, const Source& source, const LeverFields& fields,
               Mistakes& mistakes, Rollout rollout)
    : target_(block, source.frame, fields.target(), mistakes),
      rollout_(std::move(rollout)),
      full_(rollout_.shift ? *rollout_.shift : block.maybe(fields.factor).value_or(1.0)),
      reach_(block[fields.reach]),
      phase_in_(static_cast<int>(block[fields.phase_in])),
      midpoint_(rollout_.midpoint.value_or(target_.from() + phase_in_ / 2.0)),
      course_(read_course(block, source, fields, mistakes)) {}

double Effect::in_effect_in(int year) const {
  if (course_.empty() || !target_.covers_year(year)) return target_.in_effect_in(year, phase_in_);
  return course_[target_.interval_of(year).position()];
}

double Effect::in_effect(Interval interval) const {
  if (!course_.empty()) return course_[interval.position()];
  if (!rollout_.logistic) return target_.in_effect(interval, phase_in_);
  return rollout_.take_part /
         (1.0 + std::pow(81.0, (midpoint_ - target_.year_of(interval)) / phase_in_));
}

}  // namespace kohort
