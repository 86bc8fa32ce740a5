// What a scenario can say about care.
#pragma once

#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/parameter.hpp"
#include "engine/scenario/settings.hpp"
#include "models/care/rates.hpp"

namespace kohort::care {

/// How the level of an area follows from its published shares.
enum class LevelForm { ratio, share };

/// How the nation's shares go on.
enum class TrendForm { none, damped };

namespace parameters {

inline const Choice<Method> method{
    {.name = "care.method",
     .fallback = std::string("none"),
     .text = "none = care is not projected; multistate = people age, move and die in their state "
             "of care, and change it; prevalence = each year's people times shares by age and sex, "
             "the base line of comparisons",
     .source = "multistate life tables: Rogers (1995); prevalence: Sullivan (1971)"},
    {{"none", Method::none},
     {"multistate", Method::multistate},
     {"prevalence", Method::prevalence}}};
inline const Integer first_age{{.name = "care.first_age",
                                .unit = "years",
                                .range = {1, 100},
                                .fallback = std::int64_t{65},
                                .text = "the first age of which states of care are told apart",
                                .source = "Socialstyrelsen counts elder care from age 65"}};

inline const Text state_name{{.name = "care.state.name",
                              .required = true,
                              .text = "what the state is called in the result"}};
inline const Text state_series{
    {.name = "care.state.series",
     .text = "the series of published shares whose users are in the state; the first state, in "
             "which nobody has care, has none"}};
inline const QuantityParameter state_part{
    {.name = "care.state.part",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"area", "sex"},
     .text = "the part of the users of the series that is in the state; one state of each series "
             "has what the others leave. Areas without a figure have that of area 00, the nation, "
             "or else the mean of the others"}};
inline const Real state_odds{
    {.name = "care.state.odds_of_dying",
     .unit = "1",
     .range = {0.01, 1000.0},
     .text = "odds of dying within a year against those in the first state, alike at all ages; of "
             "one state it is reckoned from care.survival unless given",
     .source = "an assumption, unless reckoned: 1.5-2 for light need, 2.5-3 for moderate"}};
inline const BlockList states{
    {.name = "care.state", .text = "a state of care; from no care to most, in their order"},
    {&state_name, &state_series, &state_part, &state_odds}};

inline const TableParameter profile{
    {.name = "care.profile",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"sex", "age"},
     .text = "a standard of how the share with care rises with age, by groups of ages; levels come "
             "from the published shares",
     .source = "relational logit: Brass (1971)"}};
inline const TextList profile_ages{
    {.name = "care.profile_ages",
     .fallback = std::vector<std::string>{"65", "70", "75", "80", "85", "90"},
     .text = "first ages of the groups of care.profile; the last is open",
     .source = "the groups of Stockholms stad, Äldreförvaltningen, table b157"}};

inline const TableParameter national_shares{
    {.name = "care.national_shares",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "series", "definition", "ages", "sex"},
     .text = "the nation's published shares of users: of those of care.first_age and older by sex, "
             "and of those of 80 and older of both sexes together (sex both)"}};
inline const NamedListsParameter national_definitions{
    {.name = "care.national_definitions",
     .text = "of each series the definitions that the nation's shares are taken from. For each "
             "group of ages the first that has figures counts; in years that it lacks its last "
             "figure goes on as the next definitions do from a year that both have"}};
inline const TableParameter national_population{
    {.name = "care.national_population",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"sex", "age"},
     .text = "the nation's people in the base year, of whom its shares are; all areas together "
             "unless given, which must then be closed by the rest of the country"}};
inline const TableParameter area_shares{
    {.name = "care.area_shares",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area", "series", "definition"},
     .text = "published shares of users of those of care.first_age and older in each area, and as "
             "area 00 those of the nation by the same counts; areas without any have the nation's "
             "level"}};
inline const NamedListsParameter area_definitions{
    {.name = "care.area_definitions",
     .text = "of each series the definitions that the areas' shares are taken from; several only "
             "as ratios to the nation's share by the same definition in the same year"}};
inline const Integer area_first_year{{.name = "care.area_first_year",
                                      .unit = "year",
                                      .range = {1990, 2300},
                                      .fallback = std::int64_t{2012},
                                      .text = "the first year of the mean of the areas' shares",
                                      .source = "an assumption: the years in which care is counted "
                                                "person by person"}};
inline const Integer area_last_year{
    {.name = "care.area_last_year",
     .unit = "year",
     .range = {1990, 2300},
     .fallback = std::int64_t{2014},
     .text = "the last year of that mean; single years jump for reasons of reporting",
     .source = "an assumption, as care.area_first_year"}};
inline const Choice<LevelForm> area_form{
    {.name = "care.area_level",
     .fallback = std::string("ratio"),
     .text = "ratio = the mean ratio to the nation's share by the same definition, times the "
             "nation's share in the base year; share = the mean share by one definition as it is",
     .source = "an assumption: that areas keep their ratio to the nation"},
    {{"ratio", LevelForm::ratio}, {"share", LevelForm::share}}};
inline const Boolean shrink_levels{
    {.name = "care.shrink_levels",
     .fallback = false,
     .text = "draw the areas' levels towards their mean, as far as chance explains that they "
             "differ; their published shares are then no longer met",
     .source = "empirical Bayes: DerSimonian & Laird (1986)"}};

inline const TableParameter own_users{
    {.name = "care.own_users",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"area", "series", "sex", "age"},
     .text = "a municipality's own register: users of each series by sex and group of ages at 31 "
             "December of the base year. It goes before published shares, area by area; see "
             "care.planning_areas for areas inside a municipality"}};
inline const TextList own_ages{
    {.name = "care.own_ages",
     .fallback = std::vector<std::string>{"65", "70", "75", "80", "85", "90"},
     .text = "first ages of the groups of care.own_users; the last is open",
     .source = "the groups of care.profile_ages"}};

inline const NamedListsParameter planning_areas{
    {.name = "care.planning_areas",
     .text = "of each municipality that is projected by planning areas, these: areas.codes has "
             "them, and not the municipality. Tables of care.area_shares and care.own_users may "
             "have rows of its code. Its users beyond those of planning areas that have a level of "
             "their own are shared out by its own rates by age and sex; users of all of them must "
             "sum to its"}};

inline const Choice<TrendForm> trend{
    {.name = "care.trend",
     .fallback = std::string("damped"),
     .text = "how the nation's share of those of 80 and older goes on: none = it stays; damped = "
             "as fast as in the years of the trend, and each year a little less so",
     .source = "Gardner & McKenzie (1985)"},
    {{"none", TrendForm::none}, {"damped", TrendForm::damped}}};
inline const Integer trend_first_year{
    {.name = "care.trend_first_year",
     .unit = "year",
     .range = {1990, 2300},
     .text = "the first year that the trend is estimated from; the first with figures unless "
             "given"}};
inline const Real trend_damping{
    {.name = "care.trend_damping",
     .unit = "1",
     .range = {0.0, 1.0},
     .fallback = 0.9,
     .text = "each year's change as a share of that of the year before",
     .source = "an assumption, within what Gardner & McKenzie (1985) found; not fitted"}};
inline const Real trend_factor{{.name = "care.trend_factor",
                                .unit = "1",
                                .range = {-5.0, 5.0},
                                .fallback = 1.0,
                                .text = "the trend is multiplied by this",
                                .source = "an assumption: it goes on as it was",
                                .changed_often = true}};
inline const Real trend_sd{
    {.name = "care.trend_sd",
     .unit = "1",
     .range = {0.0, 1.0},
     .text = "standard error of the yearly trend, where it is known better than from the scatter "
             "about it; that of the least squares unless given"}};
inline const Real healthy_ageing{
    {.name = "care.healthy_ageing",
     .unit = "1",
     .range = {-1.0, 3.0},
     .fallback = 0.0,
     .text = "years by which need moves up the ages for each year that the nation's life "
             "expectancy at care.first_age has gained since the base year: 0 = expansion of "
             "morbidity, 0.5 = half of the gain, 1 = dynamic equilibrium, above 1 = compression",
     .source = "European Commission, Ageing Report: base case 0, healthy ageing 0.5"}};

inline const TableParameter survival{
    {.name = "care.survival",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"sex", "month"},
     .text = "who is alive so many months after entering the state without odds_of_dying"}};
inline const TextList survival_months{
    {.name = "care.survival_months",
     .fallback = std::vector<std::string>{"5", "20"},
     .text = "the two months between which the hazard of dying is taken; not from the first, since "
             "many enter to die",
     .source = "an assumption: those of care_survival_special_housing.csv whose hazards fit each "
               "other; the last of them, months 20-24, is a third of that before"}};
inline const Integer survival_age{{.name = "care.survival_age",
                                   .unit = "years",
                                   .range = {1, 110},
                                   .fallback = std::int64_t{87},
                                   .text = "the age that the hazard is about",
                                   .source = "median age at entry 86 in 2014 (Socialstyrelsen & "
                                             "SKL, Öppna jämförelser 2015), and a year more"}};
inline const TableParameter prior{
    {.name = "care.prior",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"from", "to"},
     .text = "transitions of survivors between states in a year, which those of the model "
             "resemble as far as the shares by age allow; a state that may not follow another "
             "has 0"}};

}  // namespace parameters

/// Declares the section `care`.
void declare_parameters(Catalogue& catalogue);

/// Whether a scenario wants care projected. Where it says `method = "none"` itself, all that it
/// says of care beside that is not meant to be read.
bool is_wanted(const Settings& settings);

}  // namespace kohort::care
