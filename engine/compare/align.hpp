// Which labels of two sides mean the same, and what does not fit.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/compare/comparison.hpp"
#include "engine/compare/reference.hpp"
#include "engine/compare/result.hpp"

namespace kohort::compare {

/// Labels of areas on the two sides, and what each is in the result.
struct CommonAreas {
  std::vector<std::string> standard;
  std::vector<std::string> result;
  std::vector<std::string> kinds;
};

/// Gathers what does not fit. A mistake is of the command, as both sides are sound by themselves.
class Misfits {
 public:
  explicit Misfits(const Wanted& wanted) : wanted_(wanted) {}

  void add(const std::string& file, std::string what, std::string remedy);
  /// Something that only one side has: a mistake, unless only what is common is wanted.
  void one_sided(const std::string& file, const std::string& what);
  /// Something that is left out without harm.
  void note(const std::string& what);

  void throw_if_any() const { mistakes_.throw_if_any(Fault::scenario); }
  bool any() const { return !mistakes_.empty(); }
  std::vector<std::string> left_out() const { return left_out_; }

 private:
  const Wanted& wanted_;
  Mistakes mistakes_;
  std::vector<std::string> left_out_;
};

/// The areas and groups that two results have in common. A group counts where the same areas are in
/// it on both sides.
CommonAreas common_areas(const Result& standard, const Result& result, const Wanted& wanted,
                         Misfits& misfits);
/// Those of a table that a result has.
CommonAreas common_areas(const Reference& reference, const ReferenceFigures& figures,
                         const Result& result, const Wanted& wanted, Misfits& misfits);

/// The years of the one that are also years of the other, and that are wanted.
std::vector<int> common_years(const std::vector<int>& standard, const std::vector<int>& result,
                              const Wanted& wanted);

/// "2015-2040", "2015, 2020" of rising years.
std::string years_text(const std::vector<int>& years);

/// Whether figures in the unit of a table can be held against those of a result, whose counts have
/// the unit 1.
bool units_agree(const std::string& of_table, const std::string& of_result);

}  // namespace kohort::compare
