#include "models/care/service_reader.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/model/frame_groups.hpp"
#include "models/care/service_parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr Year earliest(1990);

double mean_of_years(const BroadcastTable<Interval, Area>& table, std::size_t years, Area area) {
  double sum = 0.0;
  int count = 0;
  for (const Interval year : positions<Interval>(years)) {
    if (std::isnan(table(year, area))) continue;
    sum += table(year, area);
    ++count;
  }
  return count == 0 ? unknown : sum / count;
}

/// The nation's number is no area's.
[[noreturn]] void refuse_nation(const ServiceReader& reader, const Parameter& parameter) {
  reader.fail(parameter, "the table has rows of area 00, the nation, whose number is no area's",
              "leave them out (where), or give shares");
}

}  // namespace

void ServiceReader::fail(const Parameter& parameter, std::string what, std::string remedy) const {
  throw Error(Fault::scenario, block_.mistake(parameter, std::move(what), std::move(remedy)));
}

ServiceDescription ServiceReader::describe() {
  ServiceDescription service{.name = block_[p::service_name],
                             .unit = block_[p::service_unit],
                             .payer = block_[p::service_payer],
                             .user_share = block_[p::service_user_share]};
  const std::vector<std::string> names = block_[p::service_states];
  for (const CareState state : positions<CareState>(care_.states.size())) {
    const std::string& name = care_.states[state.position()].name;
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    states_.push_back(state);
    state_names_.push_back(name);
  }
  for (const std::string& name : names) {
    if (std::find(state_names_.begin(), state_names_.end(), name) != state_names_.end()) continue;
    fail(p::service_states, fmt::format("no state of care is called '{}'", name),
         "write the name of a [[care.state]]");
  }
  if (states_.empty()) fail(p::service_states, "there is none", "name at least one");
  if (service.name.empty()) fail(p::service_name, "it is empty", "give it a name");
  service.states = states_;
  return service;
}

void ServiceReader::note_number(const Parameter& parameter) const {
  if (block_.setting(parameter).origin != Origin::fallback) source_.tables.note(Basis::assumed);
}

WantedAxis ServiceReader::areas_and_nation() const {
  WantedAxis areas = frame_.area_axis();
  areas.labels.emplace_back(nation_code);
  return areas;
}

ServiceReader::StateFigures ServiceReader::read_states(const QuantityParameter& parameter) const {
  const Quantity quantity = block_.quantity(parameter);
  if (const double* number = quantity.number()) {
    note_number(parameter);
    return StateFigures(*number);
  }
  std::vector<std::string> all;
  for (const StateDescription& state : care_.states) all.push_back(state.name);
  return source_.tables.read<Area, NamedState, Sex, ServiceAge>(
      parameter, with_gaps(*quantity.table()),
      {areas_and_nation(), WantedAxis{.name = "state", .labels = state_names_, .known = all},
       frame_.sex_axis(),
       WantedAxis{.name = "age",
                  .labels = source_.settings[p::service_ages],
                  .kind = WantedAxis::Kind::age}});
}

std::vector<ServiceReader::ServiceAge> ServiceReader::groups_of_ages(
    const Parameter& parameter, const StateFigures& figures) const {
  const std::size_t ages = care_.ages(frame_);
  if (!figures.varies_along<ServiceAge>()) return std::vector<ServiceAge>(ages, ServiceAge(0));
  const std::vector<int> firsts = read_first_ages(source_.settings, p::service_ages, frame_);
  const int first = frame_.first_age(care_.first_age);
  if (firsts.empty() || firsts.front() != first) {
    fail(parameter, "care.service_ages does not begin at care.first_age",
         fmt::format("let it begin at {}", first));
  }
  std::vector<ServiceAge> groups;
  for (const CareAge age : positions<CareAge>(ages)) {
    groups.emplace_back(group_of(first + static_cast<int>(age.position()), firsts));
  }
  return groups;
}

double ServiceReader::figure(const QuantityParameter& parameter, const StateFigures& figures,
                             const Cell& cell, Area area) const {
  for (const Area of : {area, nation()}) {
    const double figure = figures(of, cell.state, cell.sex, cell.age);
    if (!std::isnan(figure)) return figure;
  }
  fail(parameter,
       fmt::format("the table has no figure for area {}, state {}, {}, ages from {}",
                   frame_.areas[area.position()].code, state_names_[cell.state.position()],
                   frame_.sexes[cell.sex.position()],
                   source_.settings[p::service_ages][cell.age.position()]),
       "add its rows, or those of area 00 for all areas that lack them");
}

void ServiceReader::read_people(const QuantityParameter& parameter, Service service,
                                ServiceTable& table) const {
  const StateFigures figures = read_states(parameter);
  const std::vector<ServiceAge> group_of = groups_of_ages(parameter, figures);
  for (const NamedState state : positions<NamedState>(states_.size())) {
    for (const Sex sex : positions<Sex>(frame_.sexes.size())) {
      for (const CareAge age : positions<CareAge>(group_of.size())) {
        const Cell cell{state, sex, group_of[age.position()]};
        for (const Area area : positions<Area>(frame_.areas.size())) {
          table(service, states_[state.position()], sex, age, area) =
              figure(parameter, figures, cell, area);
        }
      }
    }
  }
}

std::vector<double> ServiceReader::read_areas(const Parameter& parameter, Rows00 rows) const {
  const Quantity quantity = block_.quantity(parameter);
  if (!quantity.given()) return std::vector<double>(frame_.areas.size(), unknown);
  if (const double* number = quantity.number()) {
    note_number(parameter);
    return std::vector<double>(frame_.areas.size(), *number);
  }
  const Years years{earliest, std::max(earliest, frame_.base_year)};
  const auto table = source_.tables.read<Interval, Area>(parameter, with_gaps(*quantity.table()),
                                                         {wanted_years(years), areas_and_nation()});
  // A table without areas holds for all of them.
  const double national = mean_of_years(table, years.count(), nation());
  if (rows == Rows00::refused && table.varies_along<Area>() && !std::isnan(national)) {
    refuse_nation(*this, parameter);
  }
  std::vector<double> means;
  for (const Area area : positions<Area>(frame_.areas.size())) {
    means.push_back(mean_of_years(table, years.count(), area));
    if (std::isnan(means.back())) means.back() = national;
  }
  return means;
}

std::vector<double> ServiceReader::read_prices() const {
  std::vector<double> prices = read_areas(p::service_price, Rows00::stand_in);
  for (std::size_t at = 0; at < prices.size(); ++at) {
    if (!std::isnan(prices[at])) continue;
    fail(p::service_price,
         fmt::format("the table has no price for area {} up to {}", frame_.areas[at].code,
                     frame_.base_year.value()),
         "add its row, or one of area 00 for all areas that lack one");
  }
  return prices;
}

void ServiceReader::read_room(Service service, double occupancy,
                              Table<double, Service, StockYear, Area>& room) const {
  const auto rooms = room.slab(service);
  std::fill(rooms.begin(), rooms.end(), std::numeric_limits<double>::infinity());
  if (!block_.given(p::service_places)) return;
  const Years years{frame_.base_year, frame_.end_year()};
  const auto places = source_.tables.read<StockYear, Area>(
      p::service_places, with_gaps(*block_.quantity(p::service_places).table()),
      {wanted_years(years), areas_and_nation()});
  for (const StockYear year : positions<StockYear>(years.count())) {
    if (places.varies_along<Area>() && !std::isnan(places(year, nation()))) {
      refuse_nation(*this, p::service_places);
    }
  }
  for (const Area area : positions<Area>(frame_.areas.size())) limit(service, area, places, room);
  for (double& users : rooms) users *= occupancy;
}

void ServiceReader::limit(Service service, Area area, const PlaceFigures& places,
                          Table<double, Service, StockYear, Area>& room) const {
  const std::size_t years = room.extent<StockYear>();
  std::size_t known = 0;
  std::size_t gap = 0;
  for (const StockYear year : positions<StockYear>(years)) {
    if (std::isnan(places(year, area))) {
      gap = year.position();
    } else {
      ++known;
      room(service, year, area) = places(year, area);
    }
  }
  if (known == 0 || known == years) return;
  fail(p::service_places,
       fmt::format("the table has places of area {}, but none at the end of {}",
                   frame_.areas[area.position()].code,
                   frame_.base_year.value() + static_cast<int>(gap)),
       "give them for every year, or leave the area out where nothing limits it");
}

}  // namespace kohort::care
