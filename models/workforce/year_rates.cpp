#include "models/workforce/year_rates.hpp"

#include <numeric>

#include "models/workforce/competing.hpp"

namespace kohort::workforce {

template <class Real>
auto YearRates<Real>::tables_of(const StaffRates& rates, Interval interval) -> Tables {
  return {&rates.retirement.at(interval),
          &rates.exit.at(interval),
          &rates.education.at(interval),
          &rates.abroad.at(interval),
          &rates.other_entry.at(interval),
          &rates.participation.at(interval),
          &rates.change};
}

template <class Real>
void YearRates<Real>::advance_to(const StaffRates& rates, Interval interval) {
  const Tables wanted = tables_of(rates, interval);
  if (wanted == tables_) return;
  const auto& participation = rates.participation.at(interval);
  const auto [sexes, ages, areas] = participation.extents();
  occupations_ = rates.frame.occupations.size();
  ages_ = ages;
  of_cell_ = occupation_rate_count * occupations_ + 1;
  of_area_ = sexes * ages * of_cell_;
  rates_.resize(areas * of_area_);
  enter_leaving(rates, interval);
  enter(OccupationRate::education, rates.education.at(interval));
  enter(OccupationRate::abroad, rates.abroad.at(interval));
  enter(OccupationRate::other_entry, rates.other_entry.at(interval));
  enter_participation(participation);
  tables_ = wanted;
}

/// Calls `enter(cell, place)` for all cells, in the order of a table of them.
template <class Real>
template <class Table, class Enter>
void YearRates<Real>::for_cells(const Table& table, const Enter& enter) const {
  std::size_t place_in_table = 0;
  for (const Sex sex : positions<Sex>(table.template extent<Sex>())) {
    for (const PartAge age : positions<PartAge>(ages_)) {
      for (const Area area : positions<Area>(table.template extent<Area>())) {
        enter(place(sex, age, area), place_in_table++);
      }
    }
  }
}

/// Those who retire, leave for other work and change occupation compete.
template <class Real>
void YearRates<Real>::enter_leaving(const StaffRates& rates, Interval interval) {
  const StaffTable& retirement = rates.retirement.at(interval);
  const StaffTable& exit = rates.exit.at(interval);
  for (const Occupation one : positions<Occupation>(occupations_)) {
    const auto change = rates.change.slab(one);
    const double changing = std::accumulate(change.begin(), change.end(), 0.0);
    const auto retiring = retirement.slab(one);
    const auto leaving = exit.slab(one);
    ChancePerHazard chance_per_hazard;
    for_cells(exit, [&](std::size_t cell, std::size_t place) {
      const double chance = chance_per_hazard.of(retiring[place] + leaving[place] + changing);
      at(cell, OccupationRate::retiring, one) = static_cast<Real>(retiring[place] * chance);
      at(cell, OccupationRate::leaving, one) = static_cast<Real>(leaving[place] * chance);
      at(cell, OccupationRate::chance_per_hazard, one) = static_cast<Real>(chance);
    });
  }
}

template <class Real>
void YearRates<Real>::enter(OccupationRate rate, const StaffTable& table) {
  for (const Occupation one : positions<Occupation>(occupations_)) {
    const auto figures = table.slab(one);
    for_cells(table, [&](std::size_t cell, std::size_t place) {
      at(cell, rate, one) = static_cast<Real>(figures[place]);
    });
  }
}

template <class Real>
void YearRates<Real>::enter_participation(const Table<double, Sex, PartAge, Area>& table) {
  const auto shares = table.values();
  for_cells(table, [&](std::size_t cell, std::size_t place) {
    rates_[cell + of_cell_ - 1] = static_cast<Real>(shares[place]);
  });
}

template class YearRates<double>;
template class YearRates<float>;

}  // namespace kohort::workforce
