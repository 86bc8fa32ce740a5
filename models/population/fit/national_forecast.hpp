// What a scenario says of the nation in the years to come.
#pragma once

#include <cstddef>

#include "engine/table/broadcast_table.hpp"
#include "models/population/fit/history.hpp"

namespace kohort::population::fit {

/// A table of [history] about the nation in the intervals of the projection, by sex and age where
/// the parameter knows such axes and the table has them. Arguments must outlive it.
class NationalForecast {
 public:
  /// Whether the table may leave out sex and age.
  enum class Detail { required, free };

  /// Throws `Error` where the scenario does not give the table, or as `Tables::read` does.
  NationalForecast(const Source& source, const TableParameter& parameter, Detail detail);

  double operator()(Interval interval, Sex sex, Age age) const {
    return figures_(interval, sex, age);
  }
  /// Whether it tells every sex and age apart.
  bool single_cells() const { return figures_.varies_along<Sex>() && figures_.varies_along<Age>(); }
  /// How many intervals differ: 1 where all are alike.
  std::size_t length() const;
  /// How the ages are counted; at the year's end where the table has none.
  AgeDefinition ages() const { return ages_; }
  /// Throws `Error` (Fault::scenario) where they are counted at the event.
  void require_year_end_ages() const;

  /// Persons of the interval in each cell: those of a figure that holds for several cells are
  /// shared out in proportion to `weights`. Throws `Error` (Fault::input) where there are persons
  /// and the weights of their cells are 0.
  SexAge shared_out(Interval interval, const SexAge& weights) const;
  /// The sum of these weights over the cells that share the figure of a cell.
  double sum_beside(const SexAge& weights, Sex sex, Age age) const;

 private:
  const Source& source_;
  const TableParameter& parameter_;
  BroadcastTable<Interval, Sex, Age> figures_;
  AgeDefinition ages_ = AgeDefinition::end_of_year;
};

}  // namespace kohort::population::fit
