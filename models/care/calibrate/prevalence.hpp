// Who uses care: prevalence by age, sex and area from published shares of broad ages.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/estimate/shrinkage.hpp"
#include "engine/table/table.hpp"
#include "models/care/calibrate/axes.hpp"

namespace kohort::care {

/// Persons of one area, not negative.
using Persons = Table<double, Sex, CareAge>;

/// Users of each series by sex and age: a multinomial logit whose predictor is a standard profile,
/// moved and stretched (the relational logit system: Brass (1971), On the scale of mortality):
/// eta_c = alpha(c, sex) + beta(c) profile(sex, age) + shift(c), and the share of series c is
/// exp(eta_c) / (1 + sum exp(eta)); the rest has none of them. The series exclude each other.
struct PrevalenceModel {
  Table<double, Series, Sex> alpha;     ///< level of the nation
  std::vector<double> beta;             ///< by series: how steep with age, against the profile
  Table<double, Sex, CareAge> profile;  ///< logits, see `logit_profile`

  std::size_t series() const { return beta.size(); }
  /// The share of each series in a cell into `result`. `shift`, of the level or of the year, has
  /// one number per series; minus infinity makes the share 0.
  void shares(Sex sex, CareAge age, std::span<const double> shift, std::span<double> result) const;
};

/// Shares of the users of each series among all persons from an age on, of both sexes together.
struct BroadShares {
  CareAge from;
  std::vector<double> shares;  ///< by series, as parts of 1
};

/// The shift of each series that gives exactly these shares in this population: the level of an
/// area from its own share of all ages, or the way of the nation from year to year from its share
/// of the oldest. A share of 0 is met by minus infinity: an area without such care.
/// Throws `Error` (Fault::input) on shares below 0, whose sum is not below 1, and on ages with
/// nobody in them; `std::invalid_argument` on tables that do not belong together.
std::vector<double> fit_shift(const PrevalenceModel& model, const Persons& population,
                              const BroadShares& shares);

/// The shares that a shift gives among all persons from an age on; the counterpart of `fit_shift`.
/// With the persons of one sex alone, that sex's.
std::vector<double> broad_shares(const PrevalenceModel& model, const Persons& population,
                                 CareAge from, std::span<const double> shift);

/// The standard deviation of each fitted shift that comes from chance in the shares, when they are
/// those of `persons` persons, each of whom is or is not a user: the multinomial covariance of the
/// log odds against none, diag(1/S) + 1/S_none over n, carried through the slopes at the fit (delta
/// method: Agresti (2013), Categorical Data Analysis, ch. 16.1). For a mean over years count each
/// person once a year only where users change from year to year; those who stay say nothing new.
/// `shares` are those the shift was fitted to. Infinite for a series with a share of 0, about which
/// nothing is known. Throws what `fit_shift` throws, and `std::invalid_argument` on no persons.
std::vector<double> shift_sd(const PrevalenceModel& model, const Persons& population,
                             const BroadShares& shares, double persons);

/// The same where each share is as uncertain as `relative_sds` say, standard deviations as parts of
/// the share, and independent of the others.
std::vector<double> shift_sd(const PrevalenceModel& model, const Persons& population,
                             const BroadShares& shares, std::span<const double> relative_sds);

/// The levels of one series over areas drawn towards their common mean, as far as chance explains
/// that they differ (`shrink`). Areas at minus infinity have no such care: they stay there, and
/// tell nothing about the others. Throws `std::invalid_argument` on different lengths, and on a
/// finite level whose standard deviation is not above 0 and finite.
Shrunk shrink_levels(std::span<const double> levels, std::span<const double> standard_deviations);

}  // namespace kohort::care
