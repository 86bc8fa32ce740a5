// What a scenario can say about services.
#pragma once

#include "engine/scenario/parameter.hpp"
#include "models/care/service_rates.hpp"

namespace kohort::care::parameters {

inline const Text service_name{{.name = "care.service.name",
                                .required = true,
                                .text = "what the service is called in the result"}};
inline const Text service_unit{
    {.name = "care.service.unit",
     .required = true,
     .text = "what its volume is counted in, such as hours, days, places or persons"}};
inline const TextList service_states{{.name = "care.service.states",
                                      .required = true,
                                      .text = "names of the states of care whose people use it"}};
inline const QuantityParameter service_use{
    {.name = "care.service.use",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"area", "state", "sex", "age"},
     .fallback = Quantity{1.0},
     .text = "share of the people in these states who need it; ages as care.service_ages groups "
             "them. Here and in the other tables of a service, an area without rows has the "
             "figures of area 00, the nation",
     .source = "an assumption: all of them"}};
inline const QuantityParameter service_per_user{
    {.name = "care.service.per_user",
     .unit = "units per user and year",
     .range = {.least = 0.0},
     .axes = {"area", "state", "sex", "age"},
     .fallback = Quantity{1.0},
     .text = "how many units a user takes in a year; 1 = users are counted",
     .source = "an assumption: none of the amount"}};
inline const TableParameter service_observed_users{
    {.name = "care.service.observed_users",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "how many of an area need it in the base year, as counted, from care.first_age on and "
             "with those who wait, unless observed_waiting has them: one factor on use for each "
             "area that has a figure. The mean "
             "of the years up to the base year"}};
inline const TableParameter service_observed_share{
    {.name = "care.service.observed_share",
     .unit = "1",
     .range = {0.0, 1.0},
     .axes = {"year", "area"},
     .text = "the same as a share of the area's people of care.first_age and older; areas "
             "without rows have the share of area 00"}};
inline const TableParameter service_observed_per_user{
    {.name = "care.service.observed_per_user",
     .unit = "units per user and year",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "mean units per user and year, as counted: one factor on per_user for each area. The "
             "mean of the years up to the base year"}};
inline const TableParameter service_observed_waiting{
    {.name = "care.service.observed_waiting",
     .unit = "persons",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "the waiting list of an area in the base year: who needs the service and does not "
             "have it. Where it is given, observed_users or observed_share are those who have it, "
             "and an area without rows in places keeps the places that they have. The mean of the "
             "years up to the base year"}};
inline const TableParameter service_places{
    {.name = "care.service.places",
     .unit = "places",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .text = "places at the end of each year from the base year on, with those that are planned; "
             "areas without rows have as many as they need"}};
inline const Real service_occupancy{
    {.name = "care.service.occupancy",
     .unit = "1",
     .range = {0.01, 1.0},
     .fallback = 1.0,
     .text = "share of the places that are in use at a time; the volume counts the empty ones too",
     .source = "an assumption: all; 0.97 is usual"}};
inline const TextList service_overflow_to{
    {.name = "care.service.overflow_to",
     .fallback = std::vector<std::string>{},
     .text = "services that those who wait for a place get instead, as much as users in the last "
             "of the other service's states"}};
inline const RealList service_overflow_shares{{.name = "care.service.overflow_shares",
                                               .unit = "1",
                                               .range = {0.0, 1.0},
                                               .fallback = std::vector<double>{},
                                               .text = "the shares of them who get each of these"}};
inline const QuantityParameter service_price{
    {.name = "care.service.price",
     .unit = "SEK per unit",
     .range = {.least = 0.0},
     .axes = {"year", "area"},
     .fallback = Quantity{0.0},
     .text = "in prices of the price year; 0 = no cost is reckoned. The mean of the years up to "
             "the base year",
     .source = "an assumption: not known"}};
inline const Integer service_price_year{
    {.name = "care.service.price_year",
     .unit = "year",
     .range = {1900, 2300},
     .text = "the year of that price, if not care.price_year; care.inflation leads from one to the "
             "other"}};
inline const Real service_price_growth{{.name = "care.service.price_growth",
                                        .unit = "per year",
                                        .range = {-0.2, 0.2},
                                        .fallback = 0.0,
                                        .text = "real growth of the price from care.price_year on",
                                        .source = "an assumption: none"}};
inline const Choice<Payer> service_payer{
    {.name = "care.service.payer",
     .fallback = std::string("municipality"),
     .text = "who pays what users do not pay themselves",
     .source = "in Sweden municipalities pay for elder care, regions for hospitals"},
    {{"municipality", Payer(0)}, {"region", Payer(1)}}};
inline const Real service_user_share{{.name = "care.service.user_share",
                                      .unit = "1",
                                      .range = {0.0, 1.0},
                                      .fallback = 0.0,
                                      .text = "the part of the cost that users pay themselves",
                                      .source = "an assumption: none"}};
inline const BlockList services{
    {.name = "care.service", .text = "a service, by what people in a state of care use of it"},
    {&service_name, &service_unit, &service_states, &service_use, &service_per_user,
     &service_observed_users, &service_observed_share, &service_observed_waiting,
     &service_observed_per_user, &service_places, &service_occupancy, &service_overflow_to,
     &service_overflow_shares, &service_price, &service_price_year, &service_price_growth,
     &service_payer, &service_user_share}};

inline const TextList service_ages{
    {.name = "care.service_ages",
     .fallback = std::vector<std::string>{"65", "80"},
     .text = "first ages of the groups in tables of services; the last is open, the first is "
             "care.first_age",
     .source = "the groups of Socialstyrelsen, Lägesrapport 2020"}};
inline const Integer price_year{{.name = "care.price_year",
                                 .unit = "year",
                                 .range = {1900, 2300},
                                 .text =
                                     "costs in fixed prices are in those of this year; the base "
                                     "year unless given"}};
inline const Real inflation{{.name = "care.inflation",
                             .unit = "per year",
                             .range = {-0.5, 1.0},
                             .fallback = 0.02,
                             .text = "yearly rise of prices, by which costs in current prices "
                                     "follow from those in fixed ones",
                             .source = "the target of Sveriges Riksbank, 2 percent; what comes is "
                                       "an assumption"}};

}  // namespace kohort::care::parameters
