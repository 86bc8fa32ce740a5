// Reading figures about staff: numbers or tables, by groups of ages, with area 00 for all areas.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/model/source.hpp"
#include "engine/table/broadcast_table.hpp"
#include "models/workforce/assumed.hpp"
#include "models/workforce/occupation_names.hpp"
#include "models/workforce/staff_inputs.hpp"

namespace kohort::workforce {

/// Reads parameters of a scenario, or of one of its blocks. Every member throws `Error` where the
/// scenario or a table is wrong.
class StaffReader {
 public:
  StaffReader(const Source& source, const Settings& settings)
      : source_(source), settings_(settings) {}

  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario, settings_.mistake(parameter, std::move(what), std::move(remedy)));
  }

  /// Figures that the scenario must give. Those that stand in it are assumptions.
  template <class... Positions>
  BroadcastTable<Positions...> read(
      const Parameter& parameter, FewerAt fewer,
      const std::array<WantedAxis, sizeof...(Positions)>& axes) const {
    return take<Positions...>(parameter, fewer, axes, [](TableReference table) { return table; });
  }
  /// The same; what the table has no row for is not a number.
  template <class... Positions>
  BroadcastTable<Positions...> read_with_gaps(
      const Parameter& parameter, FewerAt fewer,
      const std::array<WantedAxis, sizeof...(Positions)>& axes) const {
    return take<Positions...>(parameter, fewer, axes, with_gaps);
  }

  /// One figure for each occupation.
  std::vector<double> by_occupation(const Parameter& parameter, FewerAt fewer,
                                    const std::vector<std::string>& occupations) const;

  /// The groups of ages that a list names; those of the projection where it names none. They must
  /// hold the first age of staff.
  AgeGroups groups(const TextList& parameter, const WorkforceFrame& workforce) const;

  /// Throws unless there is a figure.
  void require_figure(double figure, const Parameter& parameter, const std::string& of) const {
    if (!std::isnan(figure)) return;
    fail(parameter, "the table has no figure for " + of, "add its rows");
  }

  /// Throws unless shares sum to 1, to a millionth.
  void require_whole(double sum, const Parameter& parameter, const std::string& of) const;

 private:
  template <class... Positions, class Change>
  BroadcastTable<Positions...> take(const Parameter& parameter, FewerAt fewer,
                                    const std::array<WantedAxis, sizeof...(Positions)>& axes,
                                    Change&& change) const {
    const Quantity quantity = settings_.quantity(parameter);
    if (const double* number = quantity.number()) {
      if (settings_.setting(parameter).origin != Origin::fallback) {
        source_.tables.note(Basis::assumed);
      }
      return BroadcastTable<Positions...>(*number);
    }
    if (!quantity.given()) {
      fail(parameter, "the scenario does not give it", "it must be " + allowed(parameter));
    }
    return source_.tables.read<Positions...>(
        parameter, change(chosen(source_, *quantity.table(), fewer)), axes);
  }

  const Source& source_;
  const Settings& settings_;
};

/// The figure of an area, or the nation's where it has none.
template <class... Rest>
double figure_of(const BroadcastTable<Area, Rest...>& table, const Frame& frame, Area area,
                 Rest... rest) {
  const double own = table(area, rest...);
  return std::isnan(own) ? table(nation_of(frame), rest...) : own;
}

}  // namespace kohort::workforce
