// A country small enough to be reckoned on paper, as files of a scenario.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "engine/model/frame.hpp"
#include "engine/model/source.hpp"
#include "models/population/rates/figures.hpp"
#include "models/population/rates/rates.hpp"
#include "tests/support/folder.hpp"

namespace kohort::test {

/// What a scenario gives the fit.
struct LoadedCountry {
  Settings settings;
  Frame frame;
  std::unique_ptr<Tables> tables;
  population::AgeTable base;

  Source source() const { return {settings, frame, *tables}; }
  /// The position of "female" or "male".
  Sex sex(const std::string& name) const { return frame.position_of(name).value(); }
};

/// Three areas A, B and C, each a county of its own (1, 2 and 3); A and B are projected and C is
/// the rest. Ages 0 to 5, the last open; history 2005 to 2010. Unless figures are changed, in every
/// county and year 100 of each sex stand at each age; 100 of each sex are born, to women aged 2;
/// 100 of each sex die, all in the open age group: so nothing changes and nobody migrates. Every
/// window is one year, but for the five years of the trend.
class Country {
 public:
  using CountyFigure =
      std::function<double(int year, const std::string& county, const std::string& sex, int age)>;
  using AreaFigure = std::function<double(int year, const std::string& area)>;
  using AreaAgeFigure =
      std::function<double(const std::string& area, const std::string& sex, int age)>;
  using MoveFigure =
      std::function<double(int year, const std::string& from, const std::string& to)>;

  Country();

  int open_age = 5;
  CountyFigure stocks;
  CountyFigure deaths;
  CountyFigure births;  ///< by the child's sex and the mother's age
  AreaAgeFigure base;
  AreaFigure totals;
  MoveFigure moves;           ///< 0 where registers suppress the cell
  AreaFigure suppressed;      ///< in-moves from unnamed origins
  AreaFigure suppressed_out;  ///< out-moves to unnamed destinations
  AreaFigure natural_change;  ///< of A and B
  AreaFigure net_migration;   ///< of A and B
  double emigrants = 390.0;   ///< of the nation in every year, unless the next is set
  std::function<double(int year)> yearly_emigrants;
  std::string sources;    ///< components that are fitted: "mortality fertility ..."
  std::string fertility;  ///< further lines of [population.fertility], where it is fitted
  std::string domestic;   ///< of [population.domestic], likewise
  std::string history;    ///< further lines of [history]

  /// Adds a table to [history], for the tests that give it.
  void give(const std::string& key) { given_ += key + " "; }
  /// Leaves the table out.
  void leave_out(const std::string& key) { left_out_ += key + " "; }

  /// Writes the files; returns the scenario's.
  std::string write(const Folder& folder) const;
  LoadedCountry load(const Folder& folder) const;

 private:
  void write_tables(const Folder& folder) const;
  std::string settings_but_history() const;

  std::string given_;
  std::string left_out_;
};

}  // namespace kohort::test
