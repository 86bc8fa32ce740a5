#include "models/population/destination_chooser.hpp"

#include <gtest/gtest.h>

namespace kohort::population {
namespace {

/// Movers of "b" go to "c" (a quarter) and "a" (the rest); the codes stand in another order.
DestinationChooser chooser() {
  Frame frame;
  for (const char* code : {"c", "b", "a"}) frame.areas.push_back({code, code, false, ""});
  Destinations destinations;
  destinations.class_of_row = {AgeClass(0)};
  destinations.shares = Table<double, Sex, AgeClass, Area, Destination>({1, 1, 3, 3});
  const auto from_b = destinations.shares.slab(Sex(0), AgeClass(0), Area(1));
  from_b[0] = 0.25;
  from_b[2] = 0.75;
  return {frame, Series(destinations)};
}

std::size_t destination(double uniform) {
  return chooser()
      .from(Interval(0), Sex(0), CohortRow(0), Area(1))
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

TEST(DestinationChooser, NeverSendsAnybodyHome) {
  for (int at = 0; at < 1000; ++at) EXPECT_NE(destination((at + 0.5) / 1000.0), 1U);
}

}  // namespace
}  // namespace kohort::population
