// What a scenario can say about the history that rates are fitted from.
#pragma once

#include <string>
#include <utility>

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::population {

/// How the years of a window are weighted.
enum class Weighting { uniform, linear, exponential };

/// How national death rates go on.
enum class MortalityMethod { improvement, lee_carter, li_lee, frozen, given };

/// Which populations have a course of their own beside the common one.
enum class CoherentMortality { sex, sex_and_county };

/// To what the index of mortality is fitted after its first stage.
enum class SecondStage { none, deaths, expectancy, likelihood };

/// Whose death rates the oldest have.
enum class OldAgeRates { kannisto, observed };

/// How total fertility, or migration from or to abroad, goes on.
enum class Path { constant, given, ar1 };

}  // namespace kohort::population

namespace kohort::population::parameters {

/// How many of the last years a component is fitted from, and how much each of them counts.
struct WindowParameters {
  Integer years;
  Choice<Weighting> weights;
  Real alpha;
};

/// How the years of a component are weighted; `more` ends the text.
inline Choice<Weighting> weights_parameter(const std::string& component,
                                           const std::string& more = "") {
  return Choice<Weighting>(
      {.name = "history." + component + "_weights",
       .fallback = std::string("uniform"),
       .text = "how much each of these years counts: uniform = all alike; linear = the "
               "latest of N years N times the oldest; exponential = each year (1 - alpha) "
               "times the next" +
               more,
       .source = "the choices of Swedish regional forecasts; exponential: Brown (1959)"},
      {{"uniform", Weighting::uniform},
       {"linear", Weighting::linear},
       {"exponential", Weighting::exponential}});
}

inline Real alpha_parameter(const std::string& component) {
  return Real({.name = "history." + component + "_alpha",
               .unit = "1",
               .range = {0.0, 1.0},
               .fallback = 0.3,
               .text = "alpha of exponential weights: 0 weights all years alike, 1 takes the "
                       "latest alone",
               .source = "Brown (1959), Statistical Forecasting for Inventory Control: 0.1 to 0.3 "
                         "is usual"});
}

/// The three parameters of a component; `years_name` where it is not "history.<component>_years".
inline WindowParameters window_parameters(const std::string& component, std::int64_t years,
                                          std::string text, const std::string& years_name = "") {
  const std::string prefix = "history." + component;
  return {Integer({.name = years_name.empty() ? prefix + "_years" : years_name,
                   .unit = "years",
                   .range = {1, 50},
                   .fallback = years,
                   .text = std::move(text)}),
          weights_parameter(component), alpha_parameter(component)};
}

inline const Text frozen{
    {.name = "history.frozen",
     .text =
         "a file that `kohort run --freeze` wrote: nothing is fitted, and the rates whose source "
         "is \"history\" are those of that run; the rest of [history] is not read",
     .instead_of = {"history"}}};
inline const Integer last_year{{.name = "history.last_year",
                                .unit = "year",
                                .range = {1700, 2300},
                                .text = "the last year that is used; the base year unless given"}};
inline const WindowParameters mortality_window =
    window_parameters("mortality", 5, "the last years that give the level of national mortality",
                      "history.mortality_level_years");
inline const Choice<MortalityMethod> mortality_method{
    {.name = "history.mortality_method",
     .fallback = std::string("improvement"),
     .text = "how national death rates go on from their level: improvement = each age falls as it "
             "did, by the slope of its logarithm; lee_carter = one index of each sex, a random "
             "walk with drift; li_lee = one index for both sexes together and for each sex what "
             "it leaves, which dies out; frozen = they stay; given = by the table "
             "history.mortality_forecast",
     .source = "improvement: United Nations practice; Lee & Carter (1992), jumping off from "
               "observed rates as Lee & Miller (2001); Li & Lee (2005)"},
    {{"improvement", MortalityMethod::improvement},
     {"lee_carter", MortalityMethod::lee_carter},
     {"li_lee", MortalityMethod::li_lee},
     {"frozen", MortalityMethod::frozen},
     {"given", MortalityMethod::given}}};
inline const Choice<CoherentMortality> mortality_coherent{
    {.name = "history.mortality_coherent",
     .fallback = std::string("sex"),
     .text = "what has an index of its own with li_lee, beside the common one: sex = each sex; "
             "sex_and_county = each sex, and each county and sex beside the nation's sex. All of "
             "them return to 0",
     .source = "Li & Lee (2005), Demography 42(3), level by level"},
    {{"sex", CoherentMortality::sex}, {"sex_and_county", CoherentMortality::sex_and_county}}};
inline const TableParameter mortality_forecast{
    {.name = "history.mortality_forecast",
     .unit = "per person-year",
     .range = {0.0, 10.0},
     .axes = {"year", "sex", "age"},
     .text = "national death rates to come, which each area has at its own level. By age at the "
             "event they go through a life table, by age at the year's end they are those of the "
             "birth cohort; the open age group has its own"}};
inline const Choice<SecondStage> mortality_second_stage{
    {.name = "history.mortality_second_stage",
     .fallback = std::string("deaths"),
     .text = "the index of mortality is adjusted so that each year meets its deaths, or its life "
             "expectancy at birth, or is likeliest; none = as the first stage gives it",
     .source = "deaths: Lee & Carter (1992); expectancy: Lee & Miller (2001); likelihood: "
               "Brouhns, Denuit & Vermunt (2002)"},
    {{"none", SecondStage::none},
     {"deaths", SecondStage::deaths},
     {"expectancy", SecondStage::expectancy},
     {"likelihood", SecondStage::likelihood}}};
inline const Choice<OldAgeRates> old_ages{
    {.name = "history.old_ages",
     .fallback = std::string("kannisto"),
     .text = "death rates from age 95: kannisto = by the logistic law, fitted at ages 80-98; "
             "observed = as counted. An open age group below 95 has its own observed rate",
     .source = "Thatcher, Kannisto & Vaupel (1998); Human Mortality Database, protocol v6"},
    {{"kannisto", OldAgeRates::kannisto}, {"observed", OldAgeRates::observed}}};
inline const Integer mortality_trend_years{
    {.name = "history.mortality_trend_years",
     .unit = "years",
     .range = {5, 60},
     .fallback = std::int64_t{20},
     .text = "the last years that give its improvement by age, or its index"}};
inline const Choice<Weighting> mortality_trend_weights{
    weights_parameter("mortality_trend",
                      ". With improvement alone: an index drifts from its first year to its last")};
inline const Real mortality_trend_alpha{alpha_parameter("mortality_trend")};
inline const Real mortality_improvement{
    {.name = "history.mortality_improvement",
     .unit = "1",
     .range = {0.0, 5.0},
     .fallback = 1.0,
     .text = "multiplies the rates of improvement, or the drift of the index; 0 "
             "freezes mortality",
     .changed_often = true}};
inline const WindowParameters local_level_window = window_parameters(
    "local_level", 10,
    "the last years that give the levels of counties and municipalities beside the nation");
inline const WindowParameters fertility_window =
    window_parameters("fertility", 5, "the last years that give the level of fertility");
inline const WindowParameters domestic_window =
    window_parameters("domestic", 10, "the last years that give domestic moves");
inline const WindowParameters international_window = window_parameters(
    "international", 10,
    "the last years that give immigration and emigration, or the nation's net migration where only "
    "that is fitted");
inline const WindowParameters net_migration_window = window_parameters(
    "net_migration", 15,
    "the last years that say how the net migration of each county departs from the nation's");
inline const TextList net_migration_without{
    {.name = "history.net_migration_without",
     .fallback = std::vector<std::string>{},
     .text = "years of these that do not count for the counties, such as one in which a border "
             "between them moved: its people would look like migrants; the nation keeps them"}};
inline const Integer net_migration_path_years{
    {.name = "history.net_migration_path_years",
     .unit = "years",
     .range = {4, 100},
     .fallback = std::int64_t{20},
     .text =
         "the last years that tell how the net migration of the nation and of each county moves "
         "from year to year, for the uncertainty",
     .source = "Azose & Raftery (2015), Demography 52(5)"}};
inline const Real shrinkage{
    {.name = "history.shrinkage",
     .unit = "events",
     .range = {0.0, 10000.0},
     .fallback = 30.0,
     .text =
         "k in (observed + k) / (expected + k), the level of a county's deaths or births beside "
         "the nation's",
     .source = "Marshall (1991), Applied Statistics 40(2); k between 20 and 50 is usual for small "
               "areas"}};

inline const Choice<Path> fertility_path{
    {.name = "history.fertility_path",
     .fallback = std::string("constant"),
     .text = "how fertility goes on: constant = as in the window; given = by the table "
             "history.fertility_forecast, of national rates by age, or by "
             "population.fertility.total, of the nation, or of the areas where it names them; ar1 "
             "= the total returns to its mean over history.fertility_path_years",
     .source = "ar1: Lee (1993), Demography 30(2); Box & Jenkins (1976)"},
    {{"constant", Path::constant}, {"given", Path::given}, {"ar1", Path::ar1}}};
inline const Integer fertility_path_years{
    {.name = "history.fertility_path_years",
     .unit = "years",
     .range = {4, 100},
     .fallback = std::int64_t{20},
     .text = "the last years that tell how total fertility moves from year to year"}};

inline const TableParameter fertility_forecast{
    {.name = "history.fertility_forecast",
     .unit = "births per woman and year",
     .range = {0.0, 1.0},
     .axes = {"year", "age"},
     .text = "national fertility rates to come, which each area has at its own level; ages as in "
             "population.fertility.rates"}};

/// The choice of a path of migration from or to abroad.
inline Choice<Path> international_path(const std::string& flow, const std::string& given) {
  return Choice<Path>(
      {.name = "history." + flow + "_path",
       .fallback = std::string("constant"),
       .text = "how national " + flow + " goes on: constant = as in the window; given = by " +
               given + "; ar1 = its level returns to its mean, over the years that are known. " +
               "Areas keep their part in it",
       .source = "ar1: Box & Jenkins (1976); in migration forecasts de Beer (1997)"},
      {{"constant", Path::constant}, {"given", Path::given}, {"ar1", Path::ar1}});
}
inline const Choice<Path> immigration_path =
    international_path("immigration", "the table history.immigration_forecast");
inline const TableParameter immigration_forecast{
    {.name = "history.immigration_forecast",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "sex", "age"},
     .text = "immigrants of the nation to come, shared out over the areas as in the history; over "
             "sexes and ages too where the table does not tell them apart. The areas with the rest "
             "have precisely as many"}};
inline const Choice<Path> emigration_path = international_path(
    "emigration", "the table history.emigration_forecast or history.emigrants_forecast");
inline const TableParameter emigration_forecast{
    {.name = "history.emigration_forecast",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "sex", "age"},
     .text = "rates of emigration of the nation to come, by age at the year's end, which each area "
             "has at its own level; a rate that holds for several ages is that of all of them "
             "together, and their profile is that of the history"}};
inline const TableParameter emigrants_forecast{
    {.name = "history.emigrants_forecast",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "sex", "age"},
     .text = "emigrants of the nation to come, as rates of those who lived at the end of the "
             "history: as the population changes, so do they"}};

inline const Integer international_path_years{
    {.name = "history.international_path_years",
     .unit = "years",
     .range = {4, 100},
     .fallback = std::int64_t{20},
     .text = "the last years that tell how immigration moves from year to year; for years before "
             "those of history.international_years emigration is reckoned by their mean rates"}};

inline const TableParameter history_population{
    {.name = "history.population",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "county", "sex", "age"},
     .text = "stocks at 31 December of all counties, by age attained"}};
inline const TableParameter history_deaths{{.name = "history.deaths",
                                            .unit = "persons",
                                            .range = {.least = 0.0},
                                            .axes = {"year", "county", "sex", "age"},
                                            .text = "deaths of all counties"}};
inline const TableParameter history_births{
    {.name = "history.births",
     .unit = "live births",
     .range = {.least = 0.0},
     .axes = {"year", "county", "sex", "age"},
     .text = "births of all counties by the mother's age and the child's sex"}};
inline const TableParameter history_totals{
    {.name = "history.totals",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "stocks of all municipalities, all ages together"}};
inline const TableParameter history_structure{
    {.name = "history.structure",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age"},
     .text = "stocks of the projected areas by sex and age; where not given, that of the base year "
             "is scaled to the totals"}};
inline const TableParameter natural_change{
    {.name = "history.natural_change",
     .unit = "persons",
     .axes = {"year", "area"},
     .text = "births less deaths of projected areas; those that it does not name, and whose births "
             "and deaths are not given, have their county's mortality and fertility"}};
inline const TableParameter area_births{
    {.name = "history.area_births",
     .unit = "live births",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age"},
     .text = "births of some of the projected areas, which then have their own level of fertility; "
             "sex and age may be left out, and tell nothing more",
     .source = "drawn towards the county's level: DerSimonian & Laird (1986), about a known mean"}};
inline const TableParameter area_deaths{
    {.name = "history.area_deaths",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "sex", "age"},
     .text = "deaths of some of the projected areas, which then have their own level of mortality: "
             "for each sex where the table has it, and for ages 0-64, 65-79 and 80+ where it has "
             "ages",
     .source = "drawn towards the county's level: DerSimonian & Laird (1986), about a known mean"}};
inline const TableParameter history_net_migration{
    {.name = "history.net_migration",
     .unit = "persons",
     .axes = {"year", "area"},
     .text =
         "net migration, domestic and international, of the projected areas but the rest; where "
         "not given, the change of the total less natural change"}};
inline const TableParameter moves{{.name = "history.moves",
                                   .unit = "moves",
                                   .range = {.least = 0.0},
                                   .axes = {"year", "origin", "destination"},
                                   .text = "moves between all municipalities"}};
inline const TableParameter suppressed_moves{
    {.name = "history.suppressed_moves",
     .unit = "moves",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "in-moves from origins whose cell history.moves leaves out because it is small"}};
inline const TableParameter suppressed_out_moves{
    {.name = "history.suppressed_out_moves",
     .unit = "moves",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "out-moves to destinations whose cell history.moves leaves out; may be left out, and "
             "begin later than the history",
     .source = "restored by proportional fitting: Willekens (1999), Mathematical Population "
               "Studies 7(3)"}};
inline const Integer suppressed_out_from{
    {.name = "history.suppressed_out_from",
     .unit = "year",
     .range = {1700, 2300},
     .fallback = std::int64_t{2017},
     .text = "the first year of history.suppressed_out_moves",
     .source = "Statistics Sweden, table BE0101S1: from 2017"}};
inline const TableParameter national_emigrants{{.name = "history.national_emigrants",
                                                .unit = "persons",
                                                .range = {.least = 0.0},
                                                .axes = {"year"},
                                                .text = "emigrants of the nation"}};
inline const TableParameter schedules{
    {.name = "history.schedules",
     .axes = {"flow", "sex", "parameter"},
     .text = "age schedules of moves into a student city, out of one, and of emigration, as "
             "parameters of the model schedule",
     .source = "Rogers & Castro (1981); Wilson (2010)"}};
inline const Real city_index{
    {.name = "history.city_index",
     .unit = "1",
     .range = {0.01, 3.0},
     .text =
         "how far the student city of history.schedules stood above the nation in the logarithm "
         "of its people aged 20-25 to those aged 13-17; an area's own distance, in these units, "
         "says how much of a student city it is",
     .source = "Linköping: 0.45 in 2001-2010, 0.40 in 2006-2015 (registers of Statistics Sweden, "
               "table BE0101N1)"}};

}  // namespace kohort::population::parameters

namespace kohort::population::fit {

/// Declares the section `history`.
void declare_parameters(Catalogue& catalogue);

}  // namespace kohort::population::fit
