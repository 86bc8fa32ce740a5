// What a scenario says of one service.
#pragma once

#include <string>
#include <vector>

#include "engine/model/source.hpp"
#include "engine/table/broadcast_table.hpp"
#include "models/care/service_rates.hpp"

namespace kohort::care {

/// What rows of area 00, the nation, are in a table of areas.
enum class Rows00 {
  stand_in,  ///< the figures of areas that have none
  refused,   ///< an error: a number of the nation is no area's
};

/// Reads one block. In its tables, area 00 stands in for areas without rows. Every member throws
/// `Error` where the scenario or a table is wrong.
class ServiceReader {
 public:
  ServiceReader(const Source& source, const CareFrame& care, const Settings& block)
      : source_(source), frame_(source.frame), care_(care), block_(block) {}

  /// Comes before the others; without the services that it passes people on to.
  ServiceDescription describe();

  /// Figures of the states that the service names, 0 of others.
  void read_people(const QuantityParameter& parameter, Service service, ServiceTable& table) const;

  /// By area, the mean of the years up to the base year that have a figure; not a number where
  /// there is none, nor, if it may stand in, one of the nation.
  std::vector<double> read_areas(const Parameter& parameter, Rows00 rows) const;

  /// By area.
  std::vector<double> read_prices() const;

  /// How many users there is room for: infinitely many in areas without rows.
  void read_room(Service service, double occupancy,
                 Table<double, Service, StockYear, Area>& room) const;

  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const;

 private:
  using NamedState = Index<struct NamedStateAxis>;  ///< of those that the service names
  using ServiceAge = Index<struct ServiceAgeAxis>;
  using StateFigures = BroadcastTable<Area, NamedState, Sex, ServiceAge>;
  using PlaceFigures = BroadcastTable<StockYear, Area>;
  struct Cell {
    NamedState state;
    Sex sex;
    ServiceAge age;
  };

  Area nation() const { return Area(frame_.areas.size()); }
  /// Those that stand in the scenario itself are assumptions, but not what is usual.
  void note_number(const Parameter& parameter) const;
  WantedAxis areas_and_nation() const;
  StateFigures read_states(const QuantityParameter& parameter) const;
  std::vector<ServiceAge> groups_of_ages(const Parameter& parameter,
                                         const StateFigures& figures) const;
  double figure(const QuantityParameter& parameter, const StateFigures& figures, const Cell& cell,
                Area area) const;
  void limit(Service service, Area area, const PlaceFigures& places,
             Table<double, Service, StockYear, Area>& room) const;

  const Source& source_;
  const Frame& frame_;
  const CareFrame& care_;
  const Settings& block_;
  std::vector<CareState> states_;
  std::vector<std::string> state_names_;
};

}  // namespace kohort::care
