// By how much users of care differ where two results count them by different definitions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/compare/comparison.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// The shares that the nation's users are calibrated to in a result, by each definition that its
/// scenario names (`care/calibration/definition_share` of FORMAT.md).
class PublishedShares {
 public:
  /// Of a file that lacks them nothing is published.
  explicit PublishedShares(const Result& result);

  const std::vector<std::string>& series() const { return series_; }
  const std::vector<std::string>& people() const { return people_; }
  const std::vector<std::string>& years() const { return years_; }
  /// The definition by which users are counted; empty where the file does not say.
  std::string counting(const std::string& series, const std::string& people) const;
  /// None where no share is published.
  std::optional<double> share(const std::string& series, const std::string& people,
                              const std::string& definition, const std::string& year) const;

 private:
  std::vector<std::string> series_;
  std::vector<std::string> people_;
  std::vector<std::string> definitions_;
  std::vector<std::string> years_;
  std::vector<double> shares_;
  std::vector<double> counts_;
};

/// The share of some people who are users by the definition of `second` over that by the definition
/// of `first`, in the last year in which both are published: in the later of the two files, where
/// it has them. 1 where it is one definition; none where they have no year in common, or a file
/// does not say by which it counts.
std::optional<DefinitionFactor> factor_between(const PublishedShares& first,
                                               const PublishedShares& second,
                                               const std::string& series,
                                               const std::string& people);

/// How many times as many users the second has, in cells, as by the definitions of the first.
struct DefinitionFactors {
  std::vector<double> of_cells;  ///< over the axes given
  std::vector<DefinitionFactor> between;
  /// Whether they are of everybody but those whom the figure counts: of no care nothing is
  /// published.
  bool of_all_others = false;
};

/// Of a figure of care, at single areas, ages and sexes. Users of 80 and older differ by the factor
/// between their shares; younger ones so that all users of a sex differ by the factor between the
/// shares of all. Of those in no care the factors are of all who are in care. What a municipality
/// has counted itself, its register or its users of a service, follows no published definition: 1.
/// None where that cannot be told.
std::optional<DefinitionFactors> definition_factors(const Result& first, const Result& second,
                                                    const Quantity& quantity, const CellAxes& axes);

}  // namespace kohort::compare
