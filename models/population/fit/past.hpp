// The parts of the past that a fit asks for, each read when it is first asked for.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "models/population/fit/flows.hpp"
#include "models/population/fit/history.hpp"
#include "models/population/fit/local_level.hpp"
#include "models/population/fit/municipal.hpp"

namespace kohort::population::fit {

/// Which components are fitted from history.
struct Fitted {
  bool mortality = false;
  bool fertility = false;
  bool domestic = false;
  bool emigration = false;
  bool immigration = false;
  bool net_migration = false;

  static Fitted read(const Settings& settings);
  bool international() const { return emigration || immigration; }
  /// Their names, as those of the sections of [population].
  std::vector<std::string> names() const;
};

/// Tables of [history], for the windows of the fitted components and no more. Arguments must
/// outlive it.
class Past {
 public:
  Past(const Source& source, const AgeTable& base, const Fitted& fitted)
      : source_(source), base_(base), fitted_(fitted) {}

  const History& counties();
  const MunicipalHistory& municipalities();
  /// Moves in these years.
  const YearlyFlows& moves(Years years);
  /// What areas are beside their counties; 1 where nothing is known of them.
  const LocalLevels& local_levels();

 private:
  bool by_local_events() const;
  bool by_expected_vitals() const;
  Years county_years() const;
  MunicipalYears municipal_years() const;

  const Source& source_;
  const AgeTable& base_;
  Fitted fitted_;
  std::optional<History> counties_;
  std::optional<MunicipalHistory> municipalities_;
  std::deque<YearlyFlows> moves_;  ///< those handed out stay where they are
  std::optional<LocalLevels> levels_;
};

}  // namespace kohort::population::fit
