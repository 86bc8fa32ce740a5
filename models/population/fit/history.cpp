#include "models/population/fit/history.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "engine/base/error.hpp"
#include "engine/demography/lexis.hpp"
#include "engine/demography/life_table.hpp"
#include "engine/table/tabulate.hpp"
#include "models/population/fit/parameters.hpp"

namespace kohort::population::fit {

namespace p = parameters;

double VitalHistory::at_risk(Year year, Sex sex, Age age) const {
  if (age == Age(0)) return newborn(year, sex);
  const Year before = year - 1;
  double persons = stocks(before, sex, Age(age.position() - 1));
  if (age.position() + 1 == stocks.extent<Age>()) persons += stocks(before, sex, age);
  return persons;
}

double VitalHistory::exposure(Year year, Sex sex, Age age) const {
  const double before = age == Age(0) ? 0.0 : at_risk(year, sex, age);
  return (before + stocks(year, sex, age)) / 2.0;
}

double VitalHistory::death_rate(Year year, Sex sex, Age age) const {
  const double person_years = exposure(year, sex, age);
  return person_years > 0.0 ? deaths(year, sex, age) / person_years : 0.0;
}

double VitalHistory::net_migration(Year year, Sex sex, Age age) const {
  return stocks(year, sex, age) - at_risk(year, sex, age) + deaths(year, sex, age);
}

Sex women_of(const Frame& frame) { return frame.position_of("female").value_or(Sex(0)); }

namespace {

/// The counties of the country, and which of them make up the region of each projected area.
class RegionMap {
 public:
  explicit RegionMap(const Source& source) {
    std::set<std::string> codes;
    for (const auto* areas : {&source.frame.areas, &source.frame.other_areas}) {
      for (const AreaDescription& area : *areas) {
        if (!area.rest) codes.insert(area.county);
      }
    }
    if (codes.contains("")) {
      throw Error(Fault::scenario,
                  source.settings.mistake(p::history_population,
                                          "areas.table does not say in which county each area lies",
                                          "give a list of areas with the column county"));
    }
    counties.assign(codes.begin(), codes.end());
    assign_regions(source.frame);
  }

  std::vector<std::string> counties;
  std::vector<std::vector<std::size_t>> members;  ///< counties of each region
  std::vector<Region> region_of_area;

 private:
  void assign_regions(const Frame& frame) {
    std::vector<std::string> keys;  // county of each region; empty for the rest
    for (const AreaDescription& area : frame.areas) {
      const std::string key = area.rest ? "" : area.county;
      const auto found = std::find(keys.begin(), keys.end(), key);
      region_of_area.emplace_back(static_cast<std::size_t>(found - keys.begin()));
      if (found == keys.end()) keys.push_back(key);
    }
    for (const std::string& key : keys) {
      members.emplace_back();
      for (std::size_t county = 0; county < counties.size(); ++county) {
        const bool own = counties[county] == key;
        const bool of_rest =
            key.empty() && std::find(keys.begin(), keys.end(), counties[county]) == keys.end();
        if (own || of_rest) members.back().push_back(county);
      }
    }
  }
};

/// The county tables, by age as they are counted.
class CountyTables {
 public:
  CountyTables(const Source& source, const std::vector<std::string>& counties, Years years)
      : source_(source),
        county_axis_{.name = "county", .labels = counties, .required = true, .every = true},
        stocks_(read(p::history_population, {years.first() - 1, years.last()},
                     AgeDefinition::end_of_year)),
        deaths_(read(p::history_deaths, years, AgeDefinition::at_event)),
        births_(read(p::history_births, years, AgeDefinition::at_event)) {}

  VitalHistory sum(const std::vector<std::size_t>& counties) const {
    const std::size_t ages = source_.frame.ages();
    VitalHistory history{Yearly<Sex, Age>(stocks_.years(), {2, ages}),
                         Yearly<Sex, Age>(deaths_.years(), {2, ages}),
                         Yearly<Age>(births_.years(), {ages}), Yearly<Sex>(births_.years(), {2})};
    history.stocks.fill(
        [&](Year year, Sex sex, Age age) { return total(stocks_, counties, year, sex, age); });
    for (const Year year : deaths_.years()) {
      add_births(history, counties, year);
      add_deaths(history, counties, year);
    }
    return history;
  }

 private:
  using County = Index<struct CountyAxis>;
  using CountyTable = Yearly<County, Sex, Age>;

  CountyTable read(const TableParameter& parameter, Years years, AgeDefinition expected) const {
    WantedAxis sexes = source_.frame.sex_axis();
    WantedAxis ages = source_.frame.age_axis();
    sexes.required = true;
    ages.required = true;
    auto table =
        read_yearly<County, Sex, Age>(source_, parameter, years, {county_axis_, sexes, ages});
    const TableReference reference = *require_quantity(source_, parameter).table();
    if (source_.tables.age_definition(parameter, reference) != expected) {
      throw Error(Fault::scenario,
                  source_.settings.mistake(parameter, "its ages are counted otherwise",
                                           "give it by age " + std::string(to_string(expected))));
    }
    return table;
  }

  static double total(const CountyTable& table, const std::vector<std::size_t>& counties, Year year,
                      Sex sex, Age age) {
    double sum = 0.0;
    for (const std::size_t county : counties) sum += table(year, County(county), sex, age);
    return sum;
  }

  void add_births(VitalHistory& history, const std::vector<std::size_t>& counties,
                  Year year) const {
    std::vector<double> at_event(source_.frame.ages());
    for (const Age age : positions<Age>(at_event.size())) {
      for (const Sex sex : positions<Sex>(2)) {
        const double births = total(births_, counties, year, sex, age);
        at_event[age.position()] += births;
        history.newborn(year, sex) += births;
      }
    }
    const std::vector<double> at_year_end = by_age_at_year_end(at_event, 0.5);
    std::copy(at_year_end.begin(), at_year_end.end(), history.births.slab(year).begin());
  }

  void add_deaths(VitalHistory& history, const std::vector<std::size_t>& counties,
                  Year year) const {
    for (const Sex sex : positions<Sex>(2)) {
      std::vector<double> at_event(source_.frame.ages());
      for (const Age age : positions<Age>(at_event.size())) {
        at_event[age.position()] = total(deaths_, counties, year, sex, age);
      }
      const CentralRate m0 =
          CentralRate::per_person_year(at_event[0] / std::max(1.0, history.newborn(year, sex)));
      const bool male = source_.frame.sexes[sex.position()] == "male";
      const Duration a0 = infant_years(m0, male ? LifeTableSex::male : LifeTableSex::female,
                                       InfantYears::andreev_kingkade);
      const auto at_year_end = by_age_at_year_end(at_event, infant_lower_share(a0.years()));
      std::copy(at_year_end.begin(), at_year_end.end(), history.deaths.slab(year, sex).begin());
    }
  }

  const Source& source_;
  WantedAxis county_axis_;
  CountyTable stocks_;
  CountyTable deaths_;
  CountyTable births_;
};

void require_simple_frame(const Source& source) {
  const Frame& frame = source.frame;
  if (frame.step == 1 && frame.groups.empty() && frame.sexes.size() == 2) return;
  throw Error(Fault::scenario,
              source.settings.mistake(
                  p::history_population,
                  "fitting from history needs steps of one year, both sexes and no groups",
                  "choose these, or give the rates as tables"));
}

}  // namespace

History read_history(const Source& source, Years years) {
  require_simple_frame(source);
  const RegionMap map(source);
  const CountyTables tables(source, map.counties, years);
  History history;
  std::vector<std::size_t> all(map.counties.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  history.nation = tables.sum(all);
  for (const auto& counties : map.members) history.regions.push_back(tables.sum(counties));
  history.region_of_area = map.region_of_area;
  return history;
}

}  // namespace kohort::population::fit
