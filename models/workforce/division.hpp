// How work is divided between occupations, and what scenarios shift from one to another.
#pragma once

#include <string>
#include <vector>

#include "engine/model/lever.hpp"
#include "engine/model/source.hpp"
#include "models/workforce/demand_rates.hpp"
#include "models/workforce/working_year.hpp"

namespace kohort::workforce {

/// The blocks [[workforce.division]] of a scenario. Immutable.
class Divisions {
 public:
  /// `years`: by occupation. Throws `Error` (Fault::scenario) where a block is wrong, or more than
  /// all work of an occupation would be handed over.
  Divisions(const Source& source, const std::vector<std::string>& occupations,
            const std::vector<WorkingYear>& years);

  /// Shifts posts, all blocks at once: of the posts D of an occupation before any of them, s D go,
  /// and the other one gets s D x exchange x available hours of a post of the first / of its own.
  /// In the base year work is divided as it is.
  void shift(StockYear year, PostTable& posts) const;

 private:
  struct Division {
    Settings block;
    Target target;
    Occupation from{};
    Occupation to{};
    double share = 0.0;
    double posts_per_post = 1.0;  ///< of the other occupation
    int phase_in = 1;
  };

  void read(const Settings& block, const std::vector<WorkingYear>& years, Mistakes& mistakes);
  void require_shares() const;
  double share(const Division& division, Interval interval, Area area) const;

  const Frame& frame_;
  const std::vector<std::string>& occupations_;
  std::vector<Division> divisions_;
};

}  // namespace kohort::workforce
