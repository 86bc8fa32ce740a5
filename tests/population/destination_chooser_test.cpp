#include "models/population/destination_chooser.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "models/population/rates/destinations.hpp"

namespace kohort::population {
namespace {

/// Movers of "b" go to "c" (a quarter) and "a" (the rest); the codes stand in another order.
Frame frame() {
  Frame frame;
  for (const char* code : {"c", "b", "a"}) frame.areas.push_back({code, code, false, ""});
  frame.sexes = {"female"};
  return frame;
}

Rates rates() {
  Destinations destinations;
  destinations.class_of_row = {AgeClass(0)};
  destinations.shares = Table<double, Sex, AgeClass, Area, Destination>({1, 1, 3, 3});
  const auto from_b = destinations.shares.slab(Sex(0), AgeClass(0), Area(1));
  from_b[0] = 0.25;
  from_b[2] = 0.75;
  Rates rates;
  rates.destinations = Series(destinations);
  return rates;
}

std::size_t destination(double uniform, const Rates& chosen_by = rates()) {
  DestinationChooser::Room room;
  const DestinationChooser chooser(frame(), chosen_by);
  return chooser.from({Interval(0), Sex(0), CohortRow(0)}, Group(0), Area(1), room)
      .destination(static_cast<std::uint32_t>(uniform * 0x1p32));
}

TEST(DestinationChooser, InvertsTheSharesInTheOrderOfTheCodes) {
  EXPECT_EQ(destination(0.0001), 2U);  // a
  EXPECT_EQ(destination(0.7499), 2U);
  EXPECT_EQ(destination(0.7501), 0U);  // c
  EXPECT_EQ(destination(0.999999999), 0U);
}

TEST(DestinationChooser, HasADestinationForTheFirstWordAndTheLast) {
  EXPECT_EQ(destination(0.0), 2U);
  EXPECT_EQ(destination(1.0 - 0x1p-32), 0U);
}

// Three times as attractive, c takes 3 x 0.25 / (3 x 0.25 + 0.75) = a half.
TEST(DestinationChooser, SendsMoreToWhatAttracts) {
  Attraction attraction{CellTable({1, 1, 1, 3}, 1.0), CellTable({1, 1, 1, 3}, 1.5)};
  attraction.odds(Sex(0), CohortRow(0), Group(0), Area(0)) = 3.0;
  Rates attracted = rates();
  attracted.attraction = Series(attraction);
  EXPECT_EQ(destination(0.4999, attracted), 2U);
  EXPECT_EQ(destination(0.5001, attracted), 0U);
}

TEST(DestinationChooser, NeverSendsAnybodyHome) {
  for (int at = 0; at < 1000; ++at) EXPECT_NE(destination((at + 0.5) / 1000.0), 1U);
}

// Weights 1, 2 and 5 of c, b and a: from b one of six goes to c, five go to a. From a, the last of
// the codes in the order of positions, one of three goes to c. Counted over evenly spread numbers.
TEST(DestinationChooser, LeavesOutTheOriginOfCommonDestinations) {
  DestinationWeights weights({1, 1, 3});
  const std::vector<double> of_areas{1.0, 2.0, 5.0};
  std::copy(of_areas.begin(), of_areas.end(), weights.values().begin());
  Rates rates;
  rates.destinations = Series(common_destinations({AgeClass(0)}, weights));
  const DestinationChooser chooser(frame(), rates);
  DestinationChooser::Room room;
  constexpr std::uint32_t many = 1U << 16U;
  for (std::size_t origin = 0; origin < of_areas.size(); ++origin) {
    const auto choice =
        chooser.from({Interval(0), Sex(0), CohortRow(0)}, Group(0), Area(origin), room);
    std::vector<double> chosen(of_areas.size());
    for (std::uint32_t at = 0; at < many; ++at) {
      chosen[choice.destination(at << 16U)] += 1.0 / many;
    }
    for (std::size_t to = 0; to < of_areas.size(); ++to) {
      const double share = to == origin ? 0.0 : of_areas[to] / (8.0 - of_areas[origin]);
      EXPECT_NEAR(chosen[to], share, 2.0 / many) << origin << " to " << to;
    }
    EXPECT_EQ(chosen[origin], 0.0);
    EXPECT_NE(choice.destination(0xFFFFFFFFU), origin);
  }
}

}  // namespace
}  // namespace kohort::population
