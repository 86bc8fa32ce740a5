// What a sweep over one slab reads and writes, everybody of one sex and age in some areas: where
// the numbers of the slab begin, of all areas. Sweeps reckon what `Follower` and
// `ExpectedPartEvents` do, to the last bit, many draws at once and all parts of a draw together.
#pragma once

#include <cstddef>

#include "models/partition/follower.hpp"

namespace kohort::partition {

/// Slabs that stand as far from each other as those of two parts do, or of two occupations.
template <class Number>
struct Slabs {
  Number* first = nullptr;
  std::size_t apart = 0;

  Number* operator[](std::size_t part) const { return first + part * apart; }
  explicit operator bool() const { return first != nullptr; }
};

/// The slabs of all parts at one sex and age.
template <class Real>
Slabs<Real> slabs_of(PartTableOf<Real>& stock, Sex sex, PartAge age) {
  return {stock.slab(Part(0), sex, age).data(), stock.slab(Part(0)).size()};
}
template <class Real>
Slabs<const Real> slabs_of(const PartTableOf<Real>& stock, Sex sex, PartAge age) {
  return {stock.slab(Part(0), sex, age).data(), stock.slab(Part(0)).size()};
}

/// Of which areas, and how many draws and parts of each.
struct SweepShape {
  std::size_t first_area;
  std::size_t end_area;
  std::size_t draws;
  std::size_t parts;
};

/// Those who leave one area for another, all areas together, of all sexes and ages at once.
class MoverPools {
 public:
  MoverPools() = default;
  MoverPools(std::size_t sexes, std::size_t ages, std::size_t parts, std::size_t draws)
      : movers_({sexes, ages, parts, draws}) {}

  void clear();
  /// Of each part [draw].
  Slabs<double> of(Sex sex, PartAge age) { return {movers_.slab(sex, age).data(), draws()}; }
  /// Turns the movers of each part into their share of all.
  void find_shares();
  Slabs<const double> shares(Sex sex, PartAge age) const {
    return {movers_.slab(sex, age).data(), draws()};
  }

 private:
  std::size_t draws() const { return movers_.extent<Draw>(); }

  Table<double, Sex, PartAge, Part, Draw> movers_;
};

/// Those of one age as they grow older and some move away. Real is what the people are carried in.
template <class Real>
struct Departures {
  Slabs<const Real> younger;  ///< a year before
  Slabs<const Real> stay{};   ///< those of the open age group, who stay in it; none of the others
  const double* movers;       ///< how many move, [area][draw]
};

/// What the population model has happen to those of one age who stayed, [area][draw].
struct Happenings {
  const double* persons;  ///< how many there are in the end
  const double* movers_in;
  const double* emigrants;
  const double* immigrants;
  const double* net_migrants;  ///< none where there can be none
  const double* deaths;
  Slabs<const double> pool_shares{};  ///< of those who move, by part: [draw]
};

/// Those of one sex and age: where they come from, and what happens to those who stay.
template <class Real>
struct Settlers {
  bool come_of_age;  ///< nobody knows of which part they are
  Departures<Real> setting_out;
  Happenings happens;
  // Those of the next age; persons is null where there is none.
  Slabs<const Real> next_younger;
  const double* next_movers;
  Happenings next;
  Slabs<Real> stock;  ///< written
};

/// What those of one age add to the pool of movers.
template <class Real>
struct PoolSlab {
  Departures<Real> setting_out;
  Slabs<const Real> next_younger;  ///< of the next age; none of the youngest
  Slabs<double> in_pool;           ///< added to, of each part [draw]
};

/// What was found amiss: people who are fewer than those taken from them, and parts that do not sum
/// to the people of a cell.
struct Faults {
  bool too_many_taken = false;
  bool sums = false;
};

/// The two sweeps of a model, for one kind of processor, of people in either precision. Slab<Real>
/// is what the second of them reads and writes.
template <template <class> class Slab>
struct SweepKernels {
  template <class Real>
  struct Of {
    Faults (*pool)(const SweepShape& shape, const PoolSlab<Real>& slab);
    Faults (*settle)(const SweepShape& shape, const Slab<Real>& slab);
  };
  Of<double> in_double;
  Of<float> in_single;

  template <class Real>
  const Of<Real>& of() const {
    if constexpr (std::is_same_v<Real, float>) {
      return in_single;
    } else {
      return in_double;
    }
  }
};

/// A year of a model by sweeps. First those are counted who move from any area to another, and what
/// parts they are of. Then some areas go through all ages at once, from the oldest on: what is
/// summed over ages is to stay near the core, and nobody grows older twice.
class SweepYear {
 public:
  template <class Real>
  using PoolKernel = Faults (*)(const SweepShape& shape, const PoolSlab<Real>& slab);

  SweepYear(const Frame& frame, Interval interval, const People& people, const PartsOfPeople& parts)
      : frame_(frame), interval_(interval), people_(people), parts_(parts) {}

  /// Counts the movers. Throws `Error` (Fault::model) where more people of a sex and age would
  /// leave than there are.
  template <class Real>
  void pool(PoolKernel<Real> kernel, const PartTableOf<Real>& stock, MoverPools& movers) const;
  /// Calls `settle(shape, sex, age)` for those who settle, which says what is amiss. Throws as
  /// `pool`, and as `require_sums`.
  template <class Settle>
  void settle(const PartStock& stock, const Settle& settle) const;
  template <class Real>
  Settlers<Real> settlers(Sex sex, PartAge age, PartTableOf<Real>& stock,
                          const MoverPools& movers) const;

 private:
  Age age_of(PartAge age) const { return Age(parts_.first_age.position() + age.position()); }
  Happenings happenings_of(Sex sex, Age age) const;
  template <class Real>
  Departures<Real> departures_of(Sex sex, PartAge age, const PartTableOf<Real>& stock) const;
  template <class Stock, class Action>
  void for_slabs(const Stock& stock, const Action& action) const;
  [[noreturn]] void refuse(Sex sex, PartAge age) const;

  const Frame& frame_;
  Interval interval_;
  const People& people_;
  PartsOfPeople parts_;
};

template <class Stock, class Action>
void SweepYear::for_slabs(const Stock& stock, const Action& action) const {
  const std::size_t draws = stock.template extent<Draw>();
  for_some_areas(stock.template extent<Area>(), draws, [&](Area first, std::size_t count) {
    const SweepShape shape{first.position(), first.position() + count, draws,
                           stock.template extent<Part>()};
    for (const Sex sex : positions<Sex>(stock.template extent<Sex>())) {
      for (std::size_t age = stock.template extent<PartAge>(); age-- > 0;) {
        action(shape, sex, PartAge(age));
      }
    }
  });
}

/// Of an age that is not the youngest.
template <class Real>
Departures<Real> SweepYear::departures_of(Sex sex, PartAge age,
                                          const PartTableOf<Real>& stock) const {
  const bool open = age_of(age).position() + 1 == frame_.ages();
  const auto& leaving = people_.events.flows[population::Flow::domestic_out];
  return {slabs_of(stock, sex, PartAge(age.position() - 1)),
          open ? slabs_of(stock, sex, age) : Slabs<const Real>(),
          leaving.slab(sex, age_of(age)).data()};
}

template <class Real>
void SweepYear::pool(PoolKernel<Real> kernel, const PartTableOf<Real>& stock,
                     MoverPools& movers) const {
  movers.clear();
  for_slabs(stock, [&](const SweepShape& shape, Sex sex, PartAge age) {
    if (age == PartAge(0)) return;
    PoolSlab<Real> slab{departures_of(sex, age, stock), {}, movers.of(sex, age)};
    if (age.position() > 1) slab.next_younger = slabs_of(stock, sex, PartAge(age.position() - 2));
    if (kernel(shape, slab).too_many_taken) refuse(sex, age);
  });
  movers.find_shares();
}

template <class Settle>
void SweepYear::settle(const PartStock& stock, const Settle& settle) const {
  bool sums = true;
  for_slabs(stock, [&](const SweepShape& shape, Sex sex, PartAge age) {
    const Faults faults = settle(shape, sex, age);
    if (faults.too_many_taken) refuse(sex, age);
    sums = sums && !faults.sums;
  });
  if (!sums) require_sums(frame_, people_.state, stock, parts_);
}

template <class Real>
Settlers<Real> SweepYear::settlers(Sex sex, PartAge age, PartTableOf<Real>& stock,
                                   const MoverPools& movers) const {
  const std::size_t at = age.position();
  Settlers<Real> settlers{};
  settlers.come_of_age = at == 0;
  settlers.happens = happenings_of(sex, age_of(age));
  settlers.stock = slabs_of(stock, sex, age);
  if (at > 0) {
    settlers.setting_out = departures_of(sex, age, std::as_const(stock));
    settlers.next = happenings_of(sex, age_of(PartAge(at - 1)));
  }
  if (at > 1) {
    const auto next = departures_of(sex, PartAge(at - 1), std::as_const(stock));
    settlers.next_younger = next.younger;
    settlers.next_movers = next.movers;
  }
  settlers.happens.pool_shares = movers.shares(sex, age);
  return settlers;
}

}  // namespace kohort::partition
