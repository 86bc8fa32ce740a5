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
  if (!target_.covers_year(year)) return 0.0;
  if (!course_.empty()) return course_[target_.interval_of(year).position()];
  return rollout_.logistic ? logistic(year) : target_.in_effect_in(year, phase_in_);
}

double Effect::in_effect(Interval interval) const {
  if (!course_.empty()) return course_[interval.position()];
  return rollout_.logistic ? logistic(target_.year_of(interval))
                           : target_.in_effect(interval, phase_in_);
}

double Effect::logistic(int year) const {
  return rollout_.take_part / (1.0 + std::pow(81.0, (midpoint_ - year) / phase_in_));
}

double Effect::full_at(double z) const {
  if (rollout_.se == 0.0) return full_;
  if (is_shift()) return full_ + rollout_.se * z;
  const double relative = rollout_.se / full_;
  const double variance = std::log1p(relative * relative);  // of the logarithm of a factor
  return full_ * std::exp(std::sqrt(variance) * z - variance / 2.0);
}

Effect Effect::with_full(double full) const {
  Effect other = *this;
  other.full_ = full;
  return other;
}

}  // namespace kohort
