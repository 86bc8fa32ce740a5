#include "models/population/destination_chooser.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace kohort::population
