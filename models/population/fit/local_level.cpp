#include "models/population/fit/local_level.hpp"

#include <array>
#include <cmath>

#include "engine/estimate/plus_minus.hpp"
#include "engine/estimate/shrinkage.hpp"
#include "models/population/fit/area_counts.hpp"
#include "models/population/fit/bands.hpp"
#include "models/population/fit/mortality.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/window.hpp"

namespace kohort::population::fit {

namespace p = parameters;

namespace {

/// Events of an area beside those expected of it.
struct Ratio {
  Area area;
  Sex sex;  ///< 0 where both sexes are together
  double observed = 0.0;
  double expected = 0.0;
};

/// Levels drawn towards 1. Half an event more on both sides, so that none has a logarithm.
std::vector<double> shrunk(const std::vector<Ratio>& ratios) {
  std::vector<double> effects;
  std::vector<double> variances;
  for (const Ratio& ratio : ratios) {
    effects.push_back(std::log((ratio.observed + 0.5) / (ratio.expected + 0.5)));
    variances.push_back(1.0 / (ratio.expected + 0.5));
  }
  std::vector<double> levels;
  for (const double effect : shrink_towards(0.0, effects, variances).effects) {
    levels.push_back(std::exp(effect));
  }
  return levels;
}

/// Reads the window's tables and fills in the levels.
class LevelFinder {
 public:
  LevelFinder(const Source& source, const ExpectedVitals& expected)
      : source_(source),
        expected_(expected),
        years_(window(source, p::local_level_window)),
        levels_(source.frame.areas.size(), source.frame.ages()) {}

  LocalLevels find() {
    if (source_.settings.given(p::natural_change)) by_natural_change();
    if (source_.settings.given(p::area_births)) by_births();
    if (source_.settings.given(p::area_deaths)) by_deaths();
    return std::move(levels_);
  }

 private:
  void by_natural_change() {
    const AreaCounts counts(source_, p::natural_change, years_.years);
    std::vector<Area> areas;
    std::vector<Area> known;
    std::vector<double> effects;
    std::vector<double> variances;
    for (const Area area : positions<Area>(source_.frame.own_areas())) {
      if (!counts.knows(area)) continue;
      areas.push_back(area);
      const double births = sum([&](Year year) { return expected_.of(area, year).births; });
      const double deaths = sum([&](Year year) { return expected_.of(area, year).deaths; });
      if (!(births > 0.0) || !(deaths > 0.0)) continue;
      known.push_back(area);
      effects.push_back(std::log(plus_minus_factor(
          births, deaths, sum([&](Year year) { return counts.total(year, area); }))));
      variances.push_back(1.0 / (births + deaths));
    }
    const Shrunk shrunk = shrink(effects, variances);
    for (const Area area : areas) set_natural_change(area, std::exp(shrunk.mean));
    for (std::size_t at = 0; at < known.size(); ++at) {
      set_natural_change(known[at], std::exp(shrunk.effects[at]));
    }
  }

  void set_natural_change(Area area, double factor) {
    const std::size_t at = area.position();
    levels_.natural_change_factor[at] = factor;
    levels_.fertility[at] = factor;
    levels_.fertility_basis[at] = LevelBasis::natural_change;
    levels_.mortality_basis[at] = LevelBasis::natural_change;
    for (double& level : levels_.mortality.slab(area)) level = 1.0 / factor;
  }

  void by_births() {
    const AreaCounts counts(source_, p::area_births, years_.years);
    std::vector<Ratio> ratios;
    for (const Area area : positions<Area>(source_.frame.own_areas())) {
      if (!counts.knows(area)) continue;
      ratios.push_back({area, Sex(0), sum([&](Year year) { return counts.total(year, area); }),
                        sum([&](Year year) { return expected_.of(area, year).births; })});
    }
    const std::vector<double> levels = shrunk(ratios);
    for (std::size_t at = 0; at < ratios.size(); ++at) {
      const std::size_t area = ratios[at].area.position();
      levels_.fertility[area] = levels[at];
      levels_.fertility_basis[area] = LevelBasis::own_counts;
    }
  }

  void by_deaths() {
    const AreaCounts counts(source_, p::area_deaths, years_.years);
    const std::size_t ages = source_.frame.ages();
    const std::vector<Band> bands =
        counts.by_age() ? bands_of(level_bands, ages) : std::vector<Band>{{0, ages}};
    for (const Band band : bands) {
      const std::vector<Ratio> ratios = deaths_of(counts, band);
      const std::vector<double> levels = shrunk(ratios);
      for (std::size_t at = 0; at < ratios.size(); ++at) {
        set_mortality(ratios[at], counts.by_sex(), band, levels[at]);
      }
    }
  }

  std::vector<Ratio> deaths_of(const AreaCounts& counts, Band band) const {
    std::vector<Ratio> ratios;
    for (const Area area : positions<Area>(source_.frame.own_areas())) {
      if (!counts.knows(area)) continue;
      for (const Sex sex : positions<Sex>(2)) {
        if (sex == Sex(0) || counts.by_sex()) ratios.push_back({area, sex});
        add(counts, band, sex, ratios.back());
      }
    }
    return ratios;
  }

  /// Counts without a sex or an age are added once.
  void add(const AreaCounts& counts, Band band, Sex sex, Ratio& ratio) const {
    const bool counted = sex == Sex(0) || counts.by_sex();
    for (std::size_t age = band.first; age < band.end; ++age) {
      ratio.expected +=
          sum([&](Year year) { return expected_.deaths(ratio.area, year, sex, Age(age)); });
      if (!counted || (age > 0 && !counts.by_age())) continue;
      ratio.observed += sum([&](Year year) { return counts(year, ratio.area, sex, Age(age)); });
    }
  }

  void set_mortality(const Ratio& ratio, bool by_sex, Band band, double level) {
    levels_.mortality_basis[ratio.area.position()] = LevelBasis::own_counts;
    for (const Sex sex : positions<Sex>(2)) {
      if (by_sex && sex != ratio.sex) continue;
      for (std::size_t age = band.first; age < band.end; ++age) {
        levels_.mortality(ratio.area, sex, Age(age)) = level;
      }
    }
  }

  const Source& source_;
  const ExpectedVitals& expected_;
  /// Of all years of the window together; weighted alike it is their sum.
  template <class Function>
  double sum(Function&& figure) const {
    return years_.effective_years() * years_.mean(figure);
  }

  Window years_;
  LocalLevels levels_;
};

}  // namespace

LocalLevels::LocalLevels(std::size_t areas, std::size_t ages)
    : mortality({areas, 2, ages}, 1.0),
      fertility(areas, 1.0),
      natural_change_factor(areas, 1.0),
      mortality_basis(areas, LevelBasis::county),
      fertility_basis(areas, LevelBasis::county) {}

LocalLevels local_levels(const Source& source, const ExpectedVitals& expected) {
  return LevelFinder(source, expected).find();
}

}  // namespace kohort::population::fit
