// What happens in a year to everybody of one sex who is of one age at its end, by occupation.
#pragma once

#include <array>
#include <span>

#include "models/workforce/step.hpp"

namespace kohort::workforce {

/// What a step works with.
struct Scene {
  const StaffRates& rates;
  const partition::Following& following;
  bool whole;  ///< people are
};

/// Some areas of one slab on their way through a year. In the order of falling ages it may write
/// over the stock that it starts from.
class StaffCohort {
 public:
  StaffCohort(const Scene& scene, const partition::PartSite& site, StaffStock& stock,
              StaffLedger& ledger);

  /// People grow older, and some move. To be done for all areas before any of them settles.
  void set_out();
  /// Movers arrive, and whatever else happens does.
  void settle();

 private:
  /// Draws of an area that are worked on side by side.
  static constexpr std::size_t row_width = 16;
  using Row = std::array<double, row_width>;
  struct Places {
    std::size_t first;  ///< in the slabs of the areas at hand
    std::size_t count;
  };

  void come_of_age();
  void move();
  void die();
  void leave();
  void leave(Occupation from);
  void gather_leaving(Occupation from);
  /// Lays a rate of the areas out over the draws, and lets the draws make of levers what they do.
  void gather_rates(std::span<const double> figures, const std::vector<DrawnLevers>& levers,
                    Occupation occupation, partition::Slab rates) const;
  void gather_competing(double changing, std::size_t alike);
  bool entrants_differ() const { return ledger_.abroad_rates.parts() > 0; }
  void gather_entry_rates();
  void enter();
  void gather_entering();
  void gather_entering(Area area, const Places& places);
  void expect_entrants(Occupation one, Area area, const Places& places, const Row& seeking);
  void find_room(Area area, const Places& places, const Row& staff, partition::ConstSlab others,
                 Row& room) const;
  void stay_within_the_labour_force();
  void find_too_many(Area area, const Places& places);

  /// Adds what happened to the staff of the cell to a flow.
  void record(StaffFlow flow, const partition::PartSlabs& staff);
  void record(StaffFlow flow, Occupation occupation, partition::ConstSlab staff);

  /// Of figures of all areas those of the areas at hand, by area or [area][draw].
  std::span<const double> of_areas(std::span<const double> figures) const {
    return figures.subspan(site_.first.position(), cells() / draws_);
  }
  template <class Number>
  std::span<Number> here(std::span<Number> slab) const {
    return slab.subspan(site_.first.position() * draws_, cells());
  }
  /// How many the slabs at hand have.
  std::size_t cells() const { return ledger_.workspace.count.size(); }
  Area area_of(std::size_t at) const { return Area(site_.first.position() + at / draws_); }

  const Scene& scene_;
  const StaffRates& rates_;
  partition::PartSite site_;
  PartAge age_;
  std::size_t draws_;
  StaffStock& stock_;
  StaffLedger& ledger_;
  partition::Follower follower_;
};

}  // namespace kohort::workforce
