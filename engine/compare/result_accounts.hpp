// The accounts of a result file.
#pragma once

#include <vector>

#include "engine/compare/accounts.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// Stocks or flows of a result of which groups are summed, as [area, sex, age] by year. The areas
/// stand in the order of `areas`.
class YearlyTables {
 public:
  /// A variable that the result does not have is 0 throughout.
  YearlyTables(const Result& result, const std::string& variable,
               const std::vector<std::string>& areas);

  /// Throws `std::out_of_range` on a year that it does not have.
  const std::vector<double>& of(int year) const { return tables_.at(year); }
  bool any() const { return any_; }

 private:
  std::map<int, std::vector<double>> tables_;
  bool any_ = false;
};

/// Reads the accounts of the years given, the first of which is the base. Throws `Error`
/// (Fault::storage) where stocks and flows do not add up.
Accounts accounts_of(const Result& result, const AccountShape& shape,
                     const std::vector<std::string>& areas, const std::vector<int>& years);

}  // namespace kohort::compare
