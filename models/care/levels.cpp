#include "models/care/levels.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "models/care/located.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

Persons together(const CarePeople& people, const std::vector<Area>& areas) {
  Persons sum(people.nation.extents());
  for (const Area area : areas) {
    const auto persons = people.areas[area.position()].values();
    std::transform(persons.begin(), persons.end(), sum.values().begin(), sum.values().begin(),
                   std::plus<>());
  }
  return sum;
}

double total(const Persons& persons) {
  double sum = 0.0;
  for (const double cell : persons.values()) sum += cell;
  return sum;
}

namespace {

/// Those whose level is found together.
struct Unit {
  std::string name;
  std::vector<Area> areas;
};

/// Areas by themselves, and after them the municipalities with planning areas.
class Levels {
 public:
  Levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
         const CarePeople& people)
      : source_(source), inputs_(inputs), model_(model), people_(people) {
    const Table<double, Series, Area>::Extents extents{series(), units()};
    share_ = Table<double, Series, Area>(extents, std::numeric_limits<double>::quiet_NaN());
    scatter_ = Table<double, Series, Area>(extents);
    const std::vector<double> nowhere(series());
    national_ = broad_shares(model, people.nation, CareAge(0), nowhere);
    for (const Series one : positions<Series>(series())) take_shares(one);
  }

  AreaLevels find() const {
    const Table<double, Series, Area>::Extents extents{series(), areas()};
    AreaLevels levels{std::vector<LevelFrom>(areas()), Table<double, Series, Area>(extents),
                      Table<double, Series, Area>(extents), Table<double, Series, Area>(extents)};
    for (const Area area : positions<Area>(areas())) {
      if (!is_published(area)) continue;
      meet(unit(area), shares_of(area), levels);
      enter_sd(unit(area), area, shares_of(area), levels);
    }
    if (source_.settings[p::shrink_levels]) shrink(levels);
    return levels;
  }

  void complete(AreaLevels& levels) const {
    for (const Area one : positions<Area>(units())) {
      if (one.position() >= areas() && is_published(one)) share_out(one, levels);
    }
    const bool any = std::any_of(levels.from.begin(), levels.from.end(),
                                 [](LevelFrom one) { return one != LevelFrom::nation; });
    const bool closes = source_.frame.closed_by_rest() && any && !levels.known(Area(areas() - 1));
    for (const Area area : positions<Area>(closes ? source_.frame.own_areas() : areas())) {
      if (!levels.known(area)) enter_shares(area, levels);
    }
    if (closes) close(levels);
  }

 private:
  std::size_t series() const { return inputs_.care.series.size(); }
  std::size_t areas() const { return source_.frame.areas.size(); }
  std::size_t units() const { return areas() + inputs_.municipalities.size(); }

  Unit unit(Area at) const {
    if (at.position() < areas()) return {source_.frame.areas[at.position()].code, {at}};
    const Municipality& one = inputs_.municipalities[at.position() - areas()];
    return {one.code, one.areas};
  }

  std::vector<double> shares_of(Area at) const {
    std::vector<double> shares;
    for (const Series one : positions<Series>(series())) shares.push_back(share_(one, at));
    return shares;
  }

  /// Of all series, or of none.
  bool is_published(Area at) const {
    const std::vector<double> shares = shares_of(at);
    const auto known = std::count_if(shares.begin(), shares.end(),
                                     [](double share) { return !std::isnan(share); });
    if (known == 0) return false;
    if (static_cast<std::size_t>(known) == series()) return true;
    throw Error(
        Fault::input,
        source_.settings.mistake(
            p::area_shares, fmt::format("area {} has shares of some series only", unit(at).name),
            "give those of all series, or of none"));
  }

  /// Means over the years, and the scatter about them as a part of the mean.
  void take_shares(Series series) {
    const bool ratio = source_.settings[p::area_form] == LevelForm::ratio;
    double squares = 0.0;
    std::size_t degrees = 0;
    for (const Area area : positions<Area>(units())) {
      const std::vector<AreaShare>& known = inputs_.areas(series, area);
      if (known.empty()) continue;
      double mean = 0.0;
      for (const AreaShare& one : known) mean += figure(one, ratio, area) / count(known);
      share_(series, area) = ratio ? mean * national_[series.position()] : mean;
      if (mean == 0.0) continue;
      for (const AreaShare& one : known) {
        const double apart = figure(one, ratio, area) / mean - 1.0;
        squares += apart * apart;
      }
      degrees += known.size() - 1;
    }
    const double variance = degrees == 0 ? 0.0 : squares / static_cast<double>(degrees);
    for (const Area area : positions<Area>(units())) {
      const std::vector<AreaShare>& known = inputs_.areas(series, area);
      if (!known.empty()) scatter_(series, area) = std::sqrt(variance / count(known));
    }
  }

  static double count(const std::vector<AreaShare>& known) {
    return static_cast<double>(known.size());
  }

  double figure(const AreaShare& one, bool ratio, Area area) const {
    if (!ratio) return one.share;
    if (one.national) return one.share / *one.national;
    throw Error(Fault::input,
                source_.settings.mistake(
                    p::area_shares,
                    fmt::format("area {} has a share by a definition by which the nation (area 00) "
                                "has none in the same year, so that there is no overlap to splice "
                                "on",
                                unit(area).name),
                    "add the nation's row, choose other years, or care.area_level = \"share\""));
  }

  std::vector<double> shift_of(const Unit& unit, const std::vector<double>& shares) const {
    return located(source_, p::area_shares, "area " + unit.name, [&] {
      return fit_shift(model_, together(people_, unit.areas), {CareAge(0), shares});
    });
  }

  /// Lets areas together have these shares.
  void meet(const Unit& unit, const std::vector<double>& shares, AreaLevels& levels) const {
    const std::vector<double> shifts = shift_of(unit, shares);
    for (const Area area : unit.areas) {
      for (const Series one : positions<Series>(series())) {
        levels.shift(one, area) = shifts[one.position()];
      }
      enter_shares(area, levels);
      levels.from[area.position()] =
          source_.settings[p::area_form] == LevelForm::ratio ? LevelFrom::ratio : LevelFrom::share;
    }
  }

  /// The shares that the shifts of an area come to.
  void enter_shares(Area area, AreaLevels& levels) const {
    std::vector<double> shifts;
    for (const Series one : positions<Series>(series())) shifts.push_back(levels.shift(one, area));
    const std::vector<double> shares =
        broad_shares(model_, people_.areas[area.position()], CareAge(0), shifts);
    for (const Series one : positions<Series>(series())) {
      levels.share(one, area) = shares[one.position()];
    }
  }

  /// `at` is whose published shares they come from. Of a share of 0 nothing is known.
  void enter_sd(const Unit& unit, Area at, const std::vector<double>& shares,
                AreaLevels& levels) const {
    const Persons persons = together(people_, unit.areas);
    const BroadShares broad{CareAge(0), shares};
    std::vector<double> scatter;
    for (const Series one : positions<Series>(series())) scatter.push_back(scatter_(one, at));
    const std::vector<double> of_years = shift_sd(model_, persons, broad, scatter);
    const std::vector<double> of_chance = shift_sd(model_, persons, broad, total(persons));
    for (const Series one : positions<Series>(series())) {
      const double sd = std::max(of_years[one.position()], of_chance[one.position()]);
      for (const Area area : unit.areas) levels.sd(one, area) = std::isfinite(sd) ? sd : 0.0;
    }
  }

  double users(Series one, const Area area, const AreaLevels& levels) const {
    return levels.share(one, area) * total(people_.areas[area.position()]);
  }

  /// Users of a municipality among those of its planning areas that have no level of their own.
  void share_out(Area municipality, AreaLevels& levels) const {
    const Unit all = unit(municipality);
    Unit rest{all.name, {}};
    std::vector<double> shares = shares_of(municipality);
    for (double& share : shares) share *= total(together(people_, all.areas));
    for (const Area area : all.areas) {
      if (!levels.known(area)) rest.areas.push_back(area);
      if (!levels.known(area)) continue;
      for (const Series one : positions<Series>(series())) {
        shares[one.position()] -= users(one, area, levels);
      }
    }
    if (rest.areas.empty()) return;
    for (double& share : shares) share /= total(together(people_, rest.areas));
    meet(rest, shares, levels);
    enter_sd(rest, municipality, shares, levels);
  }

  /// What is left of the nation's users is in the rest of it.
  void close(AreaLevels& levels) const {
    const Area rest(areas() - 1);
    std::vector<double> shares;
    for (const Series one : positions<Series>(series())) {
      double left = national_[one.position()] * total(people_.nation);
      for (const Area area : positions<Area>(source_.frame.own_areas())) {
        left -= users(one, area, levels);
      }
      shares.push_back(left / total(people_.areas[rest.position()]));
    }
    meet(unit(rest), shares, levels);
    levels.from[rest.position()] = LevelFrom::what_others_leave;
  }

  void shrink(AreaLevels& levels) const {
    for (const Series series : positions<Series>(this->series())) {
      std::vector<Area> shrinking;
      std::vector<double> shifts;
      std::vector<double> deviations;
      for (const Area area : positions<Area>(areas())) {
        if (levels.sd(series, area) == 0.0) continue;
        shrinking.push_back(area);
        shifts.push_back(levels.shift(series, area));
        deviations.push_back(levels.sd(series, area));
      }
      if (shrinking.size() < 2) continue;
      const Shrunk shrunk = shrink_levels(shifts, deviations);
      for (std::size_t at = 0; at < shrinking.size(); ++at) {
        levels.shift(series, shrinking[at]) = shrunk.effects[at];
        const double own = deviations[at] * deviations[at];
        levels.sd(series, shrinking[at]) =
            std::sqrt(shrunk.variance * own / (shrunk.variance + own));
      }
    }
    for (const Area area : positions<Area>(areas())) {
      if (levels.known(area)) enter_shares(area, levels);
    }
  }

  const Source& source_;
  const CareInputs& inputs_;
  const PrevalenceModel& model_;
  const CarePeople& people_;
  std::vector<double> national_;
  Table<double, Series, Area> share_;    ///< published, of areas and municipalities
  Table<double, Series, Area> scatter_;  ///< standard deviation of that, as a part of it
};

}  // namespace

AreaLevels find_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                       const CarePeople& people) {
  return Levels(source, inputs, model, people).find();
}

void complete_levels(const Source& source, const CareInputs& inputs, const PrevalenceModel& model,
                     const CarePeople& people, AreaLevels& levels) {
  Levels(source, inputs, model, people).complete(levels);
}

}  // namespace kohort::care
