// The rates of a year as the sweeps read them: all that those of one area, sex and age are reckoned
// with lies side by side, in the precision of the people.
#pragma once

#include <array>
#include <cstddef>

#include "engine/base/large_vector.hpp"
#include "engine/model/frame.hpp"
#include "models/workforce/rates.hpp"

namespace kohort::workforce {

/// What there is of each occupation.
enum class OccupationRate : std::size_t {
  retiring,  ///< chance, of hazards that compete
  leaving,
  chance_per_hazard,  ///< of changing to another occupation
  education,
  abroad,
  other_entry,
};
inline constexpr std::size_t occupation_rate_count = 6;

/// The rates of one area, sex and age: [rate][occupation], and the share in the labour force.
template <class Real>
struct RatesHere {
  const Real* first;
  std::size_t occupations;

  Real of(OccupationRate rate, std::size_t occupation) const {
    return first[static_cast<std::size_t>(rate) * occupations + occupation];
  }
  Real participation() const { return first[occupation_rate_count * occupations]; }
  /// Fetches those of the people a year younger, who come next.
  void fetch_those_before() const {
    constexpr std::size_t in_line = 64 / sizeof(Real);
    const std::size_t count = occupation_rate_count * occupations + 1;
    for (std::size_t rate = 0; rate < count; rate += in_line) {
      __builtin_prefetch(first - count + rate, 0, 2);
    }
  }
};

/// The rates of all areas, sexes and ages in one year. One after the other several blocks of draws
/// go through the same year, mostly with the same rates, as many years have them too.
template <class Real>
class YearRates {
 public:
  /// Makes them those of an interval, unless they are. The rates must outlive this.
  void advance_to(const StaffRates& rates, Interval interval);
  /// Those of the first area; the others follow `apart` from each other.
  const Real* of(Sex sex, PartAge age) const { return &rates_[place(sex, age, Area(0))]; }
  std::size_t apart() const { return of_area_; }

 private:
  using Tables = std::array<const void*, 7>;
  static Tables tables_of(const StaffRates& rates, Interval interval);
  template <class Table, class Enter>
  void for_cells(const Table& table, const Enter& enter) const;
  void enter_leaving(const StaffRates& rates, Interval interval);
  void enter(OccupationRate rate, const StaffTable& table);
  void enter_participation(const Table<double, Sex, PartAge, Area>& table);

  std::size_t place(Sex sex, PartAge age, Area area) const {
    return area.position() * of_area_ + (sex.position() * ages_ + age.position()) * of_cell_;
  }
  Real& at(std::size_t cell, OccupationRate rate, Occupation one) {
    return rates_[cell + static_cast<std::size_t>(rate) * occupations_ + one.position()];
  }

  std::size_t occupations_ = 0;
  std::size_t ages_ = 0;
  std::size_t of_cell_ = 0;  ///< how many rates there are of an area, sex and age
  std::size_t of_area_ = 0;
  Tables tables_{};          ///< whose rates these are
  LargeVector<Real> rates_;  ///< [area][sex][age]
};

}  // namespace kohort::workforce
