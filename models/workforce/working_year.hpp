// From hours of work to posts: the working time that a full-time post has in a year.
#pragma once

#include "engine/model/effect.hpp"

namespace kohort::workforce {

/// The year of a full-time post; days are working days. Source: WHO (2010), Workload indicators of
/// staffing need, User's manual, ch. 4.2: available working time A = weeks x days - (holidays +
/// leave + sickness + other absence + training).
struct WorkingYear {
  double weeks = 52.0;
  double days_per_week = 5.0;
  double public_holidays = 0.0;
  double annual_leave = 0.0;
  double sick_days = 0.0;
  double other_absence = 0.0;
  double training_days = 0.0;
  double hours_per_day = 8.0;

  double absent_days() const { return sick_days + other_absence; }
  /// Days at work in a year, sickness and other absence being so many times what they are.
  double available_days(double absence = 1.0) const {
    return weeks * days_per_week - public_holidays - annual_leave - absence * absent_days() -
           training_days;
  }
  /// How many times what they are sickness and other absence are, once levers have changed them.
  double absence_times(const RateChange& change) const {
    const double days = absent_days();
    if (days == 0.0) return 1.0;
    return change.shift == 0.0 ? change.factor : change.of(days) / days;
  }
  double available_hours(double absence = 1.0) const {
    return available_days(absence) * hours_per_day;
  }
};

/// Full-time posts that so many hours of work a year take: 25 000 hours, with 179 days of 8 hours
/// available, 17.46 posts.
inline double posts_for(double hours_of_work, double available_hours) {
  return hours_of_work / available_hours;
}

}  // namespace kohort::workforce
