// What a scenario can say about the population.
#pragma once

#include "engine/demography/life_table.hpp"
#include "engine/demography/multistate.hpp"
#include "engine/kernels/reference/cohort.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"

namespace kohort::population {

/// Where the rates of a component come from.
enum class RateSource { tables, history };

/// What becomes of those who were in the open age group already.
enum class OpenAge { pooled, separate, dropped };

/// In what form mortality is given.
enum class MortalityMeasure { central_death_rate, probability_of_dying, survival_ratio };

enum class FertilityForm { rates, total_and_schedule };

/// Which women the births are reckoned on.
enum class FertilityExposure { adjusted_stocks, stocks, before_migrants };

enum class DomesticForm { none, pool, open, multistate };

/// Whether movers choose by shares of their origin, or as those of all others do.
enum class DestinationForm { by_origin, common };

enum class NetMigrationForm { none, counts, rates, residual, history };

enum class MigrationTiming { start, mid_year, end };

/// At which age an immigrant's risk of dying is read.
enum class ImmigrantMortality { same_age, next_age };

using LeavingRates = kernels::reference::LeavingRates;

namespace parameters {

inline const Choice<OpenAge> open_age_survivors{
    {.name = "population.open_age_survivors",
     .fallback = std::string("pooled"),
     .text = "the open age group: pooled = those in it die like those who enter it; separate = "
             "tables have one age more, for those in it already; dropped = the group is made up "
             "anew from the one below, and those in it leave the population, counted as deaths",
     .source = "pooled: Preston et al. (2001), ch. 6; separate: Wheldon et al. (2013); dropped: "
               "Willekens & Rogers (1978)"},
    {{"pooled", OpenAge::pooled}, {"separate", OpenAge::separate}, {"dropped", OpenAge::dropped}}};

inline const Choice<RateSource> mortality_source{
    {.name = "population.mortality.source",
     .fallback = std::string("tables"),
     .text = "tables = population.mortality.rates; history = fitted, see [history]"},
    {{"tables", RateSource::tables}, {"history", RateSource::history}}};
inline const Choice<MortalityMeasure> mortality_measure{
    {.name = "population.mortality.measure",
     .fallback = std::string("central_death_rate"),
     .text = "what population.mortality.rates holds. Central rates by age at the event go through "
             "a life table; by age at year end they are deaths of the birth cohort over the mean "
             "of its two stocks",
     .source = "Preston et al. (2001), ch. 3 and 6"},
    {{"central_death_rate", MortalityMeasure::central_death_rate},
     {"probability_of_dying", MortalityMeasure::probability_of_dying},
     {"survival_ratio", MortalityMeasure::survival_ratio}}};
inline const QuantityParameter mortality_rates{
    {.name = "population.mortality.rates",
     .unit = "per person-year, or 1",
     .range = {0.0, 10.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .text = "death rates, probabilities or survival ratios. Probabilities and ratios stand at the "
             "age at the end of the interval; age 0 is from birth to the end of the interval"}};
inline const Boolean abridged{
    {.name = "population.mortality.abridged",
     .fallback = false,
     .text = "with steps of five years: the table has ages 0, 1, 5, 10, ... instead of 0, 5, 10"}};
inline const Choice<InfantYears> infant_years_formula{
    {.name = "population.mortality.infant_years",
     .fallback = std::string("andreev_kingkade"),
     .text = "years lived by those who die in infancy, for life tables",
     .source = "Andreev & Kingkade (2015); Coale & Demeny (1983) in Preston et al. (2001), "
               "table 3.3"},
    {{"andreev_kingkade", InfantYears::andreev_kingkade},
     {"coale_demeny_west", InfantYears::coale_demeny_west}}};

inline const Choice<RateSource> fertility_source{
    {.name = "population.fertility.source",
     .fallback = std::string("tables"),
     .text = "tables = the parameters below; history = fitted, see [history]"},
    {{"tables", RateSource::tables}, {"history", RateSource::history}}};
inline const Choice<FertilityForm> fertility_form{
    {.name = "population.fertility.form",
     .fallback = std::string("rates"),
     .text = "rates = population.fertility.rates; total_and_schedule = a total fertility rate "
             "spread over the ages by a schedule"},
    {{"rates", FertilityForm::rates}, {"total_and_schedule", FertilityForm::total_and_schedule}}};
inline const QuantityParameter fertility_rates{
    {.name = "population.fertility.rates",
     .unit = "births per woman and year",
     .range = {0.0, 1.0},
     .axes = {"year", "area", "group", "age"},
     .text =
         "births per woman-year by the mother's age. By age at the event the women are those of "
         "that age at both ends of the interval, by age at year end those of the birth cohort",
     .source = "Preston et al. (2001), ch. 6; United Nations, World Population Prospects"}};
inline const QuantityParameter total_fertility{{.name = "population.fertility.total",
                                                .unit = "births per woman",
                                                .range = {0.0, 15.0},
                                                .axes = {"year", "area", "group"},
                                                .text = "total fertility rate"}};
inline const TableParameter fertility_schedule{
    {.name = "population.fertility.schedule",
     .unit = "1",
     .range = {.least = 0.0},
     .axes = {"year", "area", "group", "age"},
     .text = "how the total is spread over the mother's ages; scaled to sum to 1"}};
inline const QuantityParameter sex_ratio_at_birth{
    {.name = "population.fertility.sex_ratio_at_birth",
     .unit = "boys per girl",
     .range = {0.0, 1.3},
     .axes = {"year", "area", "group"},
     .fallback = Quantity{1.06},
     .text = "from 0.8 to 1.3; or 0, only where the fertility rates count girls alone",
     .source = "Sweden 1968-2015: 1.059 (births by sex, Statistics Sweden, BE0101E2)"}};
inline const Choice<FertilityExposure> fertility_exposure{
    {.name = "population.fertility.exposure",
     .fallback = std::string("stocks"),
     .text = "the mean of which two stocks of women the births are reckoned on: stocks = at the "
             "start and at the end; adjusted_stocks = at the start, with the immigrants and net "
             "migrants that are placed there, and at the end; before_migrants = at the start and "
             "the survivors of those",
     .source = "stocks: Swiss Federal Statistical Office, United Nations; adjusted_stocks: Preston "
               "et al. (2001), box 6.2; before_migrants: United Nations, 1x1 projections"},
    {{"adjusted_stocks", FertilityExposure::adjusted_stocks},
     {"stocks", FertilityExposure::stocks},
     {"before_migrants", FertilityExposure::before_migrants}}};
inline const TableParameter newborn_groups{
    {.name = "population.fertility.newborn_groups",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area", "group", "child_group"},
     .text = "with groups: the share of the births of a group's mothers that belong to each group; "
             "all to the mother's own unless given"}};

inline const Choice<RateSource> domestic_source{
    {.name = "population.domestic.source",
     .fallback = std::string("tables"),
     .text = "tables = the parameters below; history = fitted, see [history]"},
    {{"tables", RateSource::tables}, {"history", RateSource::history}}};
inline const Choice<DomesticForm> domestic_form{
    {.name = "population.domestic.form",
     .fallback = std::string("none"),
     .text = "pool = leavers of each area gather by sex and age and are handed out by destination "
             "shares; open = leavers go to areas that are not projected, and in-migrants are a "
             "share of the "
             "nation's people; multistate = survival and moves together as transition matrices",
     .source =
         "pool: Rees & Wilson (1977), Wilson & Rees (2005); open: Isserman (1993), Journal of "
         "the American Planning Association 59(1); multistate: Rogers (1975, 1995)"},
    {{"none", DomesticForm::none},
     {"pool", DomesticForm::pool},
     {"open", DomesticForm::open},
     {"multistate", DomesticForm::multistate}}};
inline const QuantityParameter domestic_leaving{
    {.name = "population.domestic.leaving",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .fallback = Quantity{0.0},
     .text = "pool and open: domestic out-moves as a share of those at risk, by age at the end"}};
inline const Choice<DestinationForm> destination_form{
    {.name = "population.domestic.destinations",
     .fallback = std::string("by_origin"),
     .text = "pool: by_origin = each origin has shares of its own; common = movers of all origins "
             "choose alike, in proportion to shares by destination, but for their own area; fitted "
             "from history, so that as many leave and arrive in each area as by origin, but not "
             "between the same areas: many times quicker where areas are many",
     .source = "common: quasi-independence, Goodman (1968)"},
    {{"by_origin", DestinationForm::by_origin}, {"common", DestinationForm::common}}};
inline const TableParameter destination_shares{
    {.name = "population.domestic.destination_shares",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "origin", "destination", "sex", "age"},
     .text =
         "pool: where the leavers of each origin go; shares sum to 1 over the destinations. Where "
         "destinations are common, there is no origin"}};
inline const QuantityParameter in_shares{
    {.name = "population.domestic.in_shares",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .text =
         "open: in-migrants of an interval as a share of the nation's people of their sex and age "
         "at its end"}};
inline const TableParameter national_population{
    {.name = "population.domestic.national",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "sex", "age"},
     .text =
         "open: the nation's people at the end of each interval, such as its official forecast"}};
inline const TableParameter domestic_rates{
    {.name = "population.domestic.rates",
     .unit = "per person-year",
     .range = {.least = 0.0},
     .axes = {"year", "origin", "destination", "group", "sex", "age"},
     .text = "multistate: rates of moving from each origin to each destination"}};
inline const Choice<Transition> transition_form{
    {.name = "population.domestic.transition",
     .fallback = std::string("exponential"),
     .text = "multistate: from rates to transition shares, linear or exponential",
     .source = "Rogers & Ledent (1976); Willekens & Rogers (1978)"},
    {{"linear", Transition::linear}, {"exponential", Transition::exponential}}};

inline const QuantityParameter transfer_rates{
    {.name = "population.transfers.rates",
     .unit = "1, or per person-year in the multistate form",
     .range = {.least = 0.0},
     .axes = {"year", "area", "group", "to_group", "sex", "age"},
     .fallback = Quantity{0.0},
     .text =
         "with groups: changes from a group to another within the area, such as naturalisation"}};

inline const Choice<RateSource> emigration_source{
    {.name = "population.emigration.source",
     .fallback = std::string("tables"),
     .text = "tables = the parameter below; history = fitted, see [history]"},
    {{"tables", RateSource::tables}, {"history", RateSource::history}}};
inline const QuantityParameter emigration_rates{
    {.name = "population.emigration.rates",
     .unit = "1, or per person-year in the multistate form",
     .range = {.least = 0.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .fallback = Quantity{0.0},
     .text = "emigration as a share of those at risk, by age at the end"}};

inline const Choice<RateSource> immigration_source{
    {.name = "population.immigration.source",
     .fallback = std::string("tables"),
     .text = "tables = the parameter below; history = fitted, see [history]"},
    {{"tables", RateSource::tables}, {"history", RateSource::history}}};
inline const QuantityParameter immigration_counts{{.name = "population.immigration.counts",
                                                   .unit = "persons per interval",
                                                   .range = {.least = 0.0},
                                                   .axes = {"year", "area", "group", "sex", "age"},
                                                   .fallback = Quantity{0.0},
                                                   .text = "immigrants in the interval"}};
inline const Choice<ImmigrantMortality> immigrant_mortality{
    {.name = "population.immigration.mortality",
     .fallback = std::string("same_age"),
     .text = "at which age the risk of dying of an immigrant is read",
     .source = "next_age: Swiss Federal Statistical Office, cantonal population scenarios"},
    {{"same_age", ImmigrantMortality::same_age}, {"next_age", ImmigrantMortality::next_age}}};

inline const Choice<NetMigrationForm> net_migration_form{
    {.name = "population.net_migration.form",
     .fallback = std::string("none"),
     .text = "counts or rates of net migration; residual = what is needed to arrive at the stocks "
             "of population.net_migration.target (the survival method of measuring it); history = "
             "fitted to what the accounts of the past leave over, see [history]",
     .source = "Preston et al. (2001), box 6.2; Siegel & Swanson (2004), ch. 18"},
    {{"none", NetMigrationForm::none},
     {"counts", NetMigrationForm::counts},
     {"rates", NetMigrationForm::rates},
     {"residual", NetMigrationForm::residual},
     {"history", NetMigrationForm::history}}};
inline const QuantityParameter net_migration{
    {.name = "population.net_migration.values",
     .unit = "persons per interval, or share of those at risk",
     .axes = {"year", "area", "group", "sex", "age"},
     .text = "net migration; negative where more leave"}};
inline const TableParameter net_migration_target{
    {.name = "population.net_migration.target",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area", "group", "sex", "age"},
     .text = "residual: the stocks to arrive at, for every year of the projection"}};

inline const Choice<MigrationTiming> migration_timing{
    {.name = "population.migration.timing",
     .fallback = std::string("mid_year"),
     .text = "when people arrive and leave: start (exposed to the whole interval's mortality), "
             "mid_year (half) or end (none). Arrivals given by age at the event come, at mid_year, "
             "half at the start at that age and half at the end at that age",
     .source = "mid_year: Preston et al. (2001), box 6.2; end: United Nations, 1x1 projections"},
    {{"start", MigrationTiming::start},
     {"mid_year", MigrationTiming::mid_year},
     {"end", MigrationTiming::end}}};
inline const Real newborn_exposure{
    {.name = "population.migration.newborn_exposure",
     .unit = "1",
     .range = {0.0, 1.0},
     .fallback = 0.5,
     .text = "mid_year: the part of a newborn's risk of dying to which one who migrates is exposed",
     .source = "1/2: Preston et al. (2001); 2/3: Swiss Federal Statistical Office"}};
inline const Choice<LeavingRates> leaving_rates{
    {.name = "population.migration.leaving_rates",
     .fallback = std::string("independent"),
     .text =
         "what the rates of leaving are: independent = probabilities were there no deaths; crude "
         "= shares of those at risk who in fact leave",
     .source =
         "independent: Preston et al. (2001), ch. 4; crude: Swiss Federal Statistical Office"},
    {{"independent", LeavingRates::independent}, {"crude", LeavingRates::crude}}};

inline const Boolean chance_paths{
    {.name = "uncertainty.paths",
     .fallback = false,
     .text =
         "draw the parameters: each draw has its own path of mortality, fertility and migration, "
         "around those expected, as uncertain as history shows them to be",
     .source = "Lee & Carter (1992); Azose & Raftery (2015)",
     .changed_often = true}};
inline const Boolean chance_events{
    {.name = "uncertainty.events",
     .fallback = false,
     .text =
         "draw the events: people are whole, and who dies, moves, emigrates or is born is a matter "
         "of chance (multinomial in each cell, Poisson births and immigrants)",
     .changed_often = true}};
inline const Boolean chance_apart{
    {.name = "uncertainty.apart",
     .fallback = false,
     .text = "tell apart how much of the spread of each sum is due to the parameters and how much "
             "to the events; the draws are then projected by expected events as well",
     .source = "law of total variance; Alho & Spencer (2005)"}};

}  // namespace parameters

/// Declares what `population` says of more than its base, and the sections below; that section is
/// the one added last.
void declare_rate_parameters(Catalogue& catalogue);

}  // namespace kohort::population
