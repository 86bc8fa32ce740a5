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

/// Those of one age as they grow older and move away. Real is what the people are carried in.
template <class Real>
struct Departures {
  Slabs<Real> younger;        ///< a year before
  Slabs<Real> next{};         ///< a year younger still, who come next; none of the youngest
  bool open = false;          ///< those who were in the stock already stay in it
  Slabs<Real> stock;          ///< written: those who stay
  const double* movers;       ///< how many move, [area][draw]
  Slabs<double> in_pool;      ///< added to, of each part [draw]
  Slabs<double> moved_out{};  ///< added to, of each part but the first; or nothing
};

/// What the population model has happen to those of one age who stayed, [area][draw].
struct Happenings {
  const double* persons;  ///< how many there are in the end
  const double* movers_in;
  const double* emigrants;
  const double* immigrants;
  const double* net_migrants;
  const double* deaths;
  Slabs<const double> pool_shares{};  ///< of those who move, by part: [draw]
};

/// Those of one sex and age who settle.
template <class Real>
struct Settlers {
  bool come_of_age;  ///< nobody knows of which part they are
  Happenings happens;
  Happenings next;  ///< those of the next age; persons is null where there is none
  Slabs<Real> stock;
  Slabs<Real> next_stock;
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
    Faults (*depart)(const SweepShape& shape, const Departures<Real>& slab);
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

/// A year of a model by sweeps. First all set out, so that those are known who move from any area
/// to another. Some areas go through all ages at once, from the oldest on: what is summed over ages
/// is to stay near the core, and nobody grows older twice.
class SweepYear {
 public:
  template <class Real>
  using DepartKernel = Faults (*)(const SweepShape& shape, const Departures<Real>& slab);

  SweepYear(const Frame& frame, Interval interval, const People& people, const PartsOfPeople& parts)
      : frame_(frame), interval_(interval), people_(people), parts_(parts) {}

  /// Has all grow older, and movers set out. Throws `Error` (Fault::model) where more people of a
  /// sex and age would leave than there are.
  template <class Real>
  void depart(DepartKernel<Real> kernel, PartTableOf<Real>& stock, MoverPools& movers,
              const Slabs<double>& moved_out = {}) const;
  /// Calls `settle(shape, sex, age)` for those who settle, which says what is amiss. Throws as
  /// `depart`, and as `require_sums`.
  template <class Settle>
  void settle(const PartStock& stock, const Settle& settle) const;
  template <class Real>
  Settlers<Real> settlers(Sex sex, PartAge age, PartTableOf<Real>& stock,
                          const MoverPools& movers) const;

 private:
  Age age_of(PartAge age) const { return Age(parts_.first_age.position() + age.position()); }
  Happenings happenings_of(Sex sex, Age age) const;
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

template <class Real>
void SweepYear::depart(DepartKernel<Real> kernel, PartTableOf<Real>& stock, MoverPools& movers,
                       const Slabs<double>& moved_out) const {
  movers.clear();
  const auto& leaving = people_.events.flows[population::Flow::domestic_out];
  for_slabs(stock, [&](const SweepShape& shape, Sex sex, PartAge age) {
    if (age == PartAge(0)) return;
    const auto of = [&](std::size_t years) {
      return slabs_of(stock, sex, PartAge(age.position() - years));
    };
    const Departures<Real> slab{of(1),
                                age.position() > 1 ? of(2) : Slabs<Real>(),
                                age_of(age).position() + 1 == frame_.ages(),
                                of(0),
                                leaving.slab(sex, age_of(age)).data(),
                                movers.of(sex, age),
                                moved_out};
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
  const bool youngest = age == PartAge(0);
  const PartAge next(youngest ? 0 : age.position() - 1);
  Settlers<Real> settlers{youngest, happenings_of(sex, age_of(age)),
                          youngest ? Happenings{} : happenings_of(sex, age_of(next)),
                          slabs_of(stock, sex, age), slabs_of(stock, sex, next)};
  settlers.happens.pool_shares = movers.shares(sex, age);
  return settlers;
}

}  // namespace kohort::partition
