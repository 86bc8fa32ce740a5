// Tables of the past, asked by calendar year.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <span>

#include "engine/base/calendar.hpp"
#include "engine/table/table.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/rates/figures.hpp"

namespace kohort::population::fit {

/// A table over years and `Positions...`, in that order. Only the years that it was made for may be
/// asked for.
template <class... Positions>
class Yearly {
 public:
  using Extents = std::array<std::size_t, sizeof...(Positions)>;

  Yearly() = default;
  Yearly(Years years, const Extents& extents) : years_(years) {
    typename Cells::Extents all{years.count()};
    for (std::size_t axis = 0; axis < extents.size(); ++axis) all[axis + 1] = extents[axis];
    cells_ = Cells(all);
  }

  Years years() const { return years_; }
  template <class Position>
  std::size_t extent() const {
    return cells_.template extent<Position>();
  }

  double& operator()(Year year, Positions... at) { return cells_(row(year), at...); }
  double operator()(Year year, Positions... at) const { return cells_(row(year), at...); }

  /// The contiguous block of a year, and of leading positions within it.
  template <class... Leading>
  std::span<double> slab(Year year, Leading... at) {
    return cells_.slab(row(year), at...);
  }
  template <class... Leading>
  std::span<const double> slab(Year year, Leading... at) const {
    return cells_.slab(row(year), at...);
  }

  /// Sets every cell to `value(year, positions...)`.
  template <class Function>
  void fill(Function&& value) {
    kohort::fill(cells_, [&](Row row, Positions... at) {
      return value(years_.first() + static_cast<int>(row.position()), at...);
    });
  }

 private:
  using Row = Index<struct YearlyRowAxis>;
  using Cells = Table<double, Row, Positions...>;

  Row row(Year year) const {
    assert(year >= years_.first() && year <= years_.last());
    return Row(static_cast<std::size_t>(year - years_.first()));
  }

  Years years_;
  Cells cells_;
};

/// Reads a table of [history] for these years, along further axes. Throws `Error` where the
/// scenario does not give it, or as `Tables::read` does.
template <class... Positions>
Yearly<Positions...> read_yearly(const Source& source, const TableParameter& parameter, Years years,
                                 const std::array<WantedAxis, sizeof...(Positions)>& axes) {
  using Row = Index<struct ReadRowAxis>;
  std::array<WantedAxis, sizeof...(Positions) + 1> wanted{wanted_years(years)};
  typename Yearly<Positions...>::Extents extents{};
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    wanted[axis + 1] = axes[axis];
    extents[axis] = axes[axis].labels.size();
  }
  const auto table = source.tables.read<Row, Positions...>(
      parameter, *require_quantity(source, parameter).table(), wanted);
  Yearly<Positions...> yearly(years, extents);
  yearly.fill([&](Year year, Positions... at) {
    return table(Row(static_cast<std::size_t>(year - years.first())), at...);
  });
  return yearly;
}

}  // namespace kohort::population::fit
