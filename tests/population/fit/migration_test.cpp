// Domestic and international migration of a country on paper.
#include <numeric>

#include <gtest/gtest.h>

#include "models/population/fit/domestic.hpp"
#include "models/population/fit/fit.hpp"
#include "models/population/fit/flows.hpp"
#include "models/population/fit/gross_flows.hpp"
#include "models/population/fit/international.hpp"
#include "models/population/fit/parameters.hpp"
#include "models/population/fit/share_out.hpp"
#include "tests/population/fit/country.hpp"
#include "tests/support/expect_error.hpp"

namespace kohort::population::fit {
namespace {

class FittedMigration : public ::testing::Test {
 protected:
  void load(const std::string& sources) {
    figures.sources = sources;
    country = std::make_unique<test::LoadedCountry>(figures.load(folder_));
  }
  Rates rates(const std::string& sources) {
    load(sources);
    Rates rates;
    estimates.clear();
    fit_rates(country->source(), {}, country->base, rates, estimates);
    return rates;
  }
  double estimate(const std::string& name, std::size_t at) const {
    for (const Estimate& one : estimates) {
      if (one.name == "fit/" + name) return one.values[at];
    }
    ADD_FAILURE() << "no estimate " << name;
    return 0.0;
  }
  FlowTable flows() {
    load("domestic");
    const Window years = window(country->source(), parameters::domestic_window);
    return mean_flows(fit_flows(country->source(), years.years), years);
  }
  static double row(const CellTable& rates, std::size_t row, std::size_t area) {
    return rates(Sex(0), CohortRow(row), Group(0), Area(area));
  }

  test::Country figures;
  std::unique_ptr<test::LoadedCountry> country;
  std::vector<Estimate> estimates;

 private:
  test::Folder folder_;
};

double from_a_to_b(int, const std::string& from, const std::string& to) {
  return from == "A" && to == "B" ? 130.0 : 0.0;
}

TEST_F(FittedMigration, MovesAreScaledOnThoseAtRisk) {
  // 130 of 1200 left. The base has 1200 people a year older, and 200 newborn at half the rate:
  // 1200 r + 200 r / 2 = 130.
  figures.moves = from_a_to_b;
  const Rates fitted = rates("domestic");
  const CellTable& moving = fitted.moving.at(Interval(0));
  EXPECT_NEAR(row(moving, 3, 0), 0.1, 1e-12);
  EXPECT_NEAR(row(moving, 0, 0), 0.05, 1e-12);
  EXPECT_NEAR(row(moving, 6, 0), 0.1, 1e-12);  // who was in the open age group already
  EXPECT_EQ(row(moving, 3, 1), 0.0);
}

TEST_F(FittedMigration, TheFirstIntervalMovesAsTheHistoryDid) {
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return 10.0 + 20.0 * (from == "A") + 5.0 * (to == "B");
  };
  figures.base = [](const std::string& area, const std::string&, int age) {
    return area == "A" && age == 0 ? 350.0 : area == "A" ? 50.0 : 100.0;  // A: 1200 as before
  };
  const Rates fitted = rates("domestic");
  const CellTable& moving = fitted.moving.at(Interval(0));
  const Destinations& destinations = fitted.destinations.at(Interval(0));
  double to_b = 0.0;
  for (const Sex sex : positions<Sex>(2)) {
    for (const CohortRow at : positions<CohortRow>(country->frame.rows())) {
      const Age before(at.position() == 0 ? 0 : at.position() - 1);
      to_b += country->base(sex, before, Group(0), Area(0)) * moving(sex, at, Group(0), Area(0)) *
              destinations.shares(sex, destinations.class_of_row[at.position()], Area(0),
                                  Destination(1));
    }
  }
  EXPECT_NEAR(to_b, 35.0, 1e-5);
}

TEST_F(FittedMigration, CommonDestinationsBringAsManyIntoEachAreaAsThoseByOrigin) {
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return 10.0 + 20.0 * (from == "A") + 5.0 * (to == "B") + 7.0 * (from == "B" && to == "C");
  };
  const auto arrivals = [&] {
    const Rates fitted = rates("domestic");
    const CellTable& moving = fitted.moving.at(Interval(0));
    const Destinations& destinations = fitted.destinations.at(Interval(0));
    std::vector<double> into(3);
    for (const Sex sex : positions<Sex>(2)) {
      for (const CohortRow at : positions<CohortRow>(country->frame.rows())) {
        const Age before(at.position() == 0 ? 0 : at.position() - 1);
        const AgeClass age = destinations.class_of_row[at.position()];
        for (const Area from : positions<Area>(3)) {
          const double movers =
              country->base(sex, before, Group(0), from) * moving(sex, at, Group(0), from);
          for (const Area to : positions<Area>(3)) {
            if (to == from) continue;
            into[to.position()] +=
                movers *
                (destinations.common()
                     ? destinations.weights(sex, age, to) * destinations.per_leaver(sex, age, from)
                     : destinations.shares(sex, age, from, Destination(to.position())));
          }
        }
      }
    }
    return into;
  };
  const std::vector<double> by_origin = arrivals();
  figures.domestic = "destinations = \"common\"\n";
  const std::vector<double> common = arrivals();
  for (std::size_t area = 0; area < 3; ++area) {
    EXPECT_NEAR(common[area], by_origin[area], 1e-5 * by_origin[area]) << area;
  }
}

TEST_F(FittedMigration, MovesGrowWithTheBasePopulation) {
  figures.moves = from_a_to_b;
  figures.totals = [](int year, const std::string&) { return year == 2009 ? 600.0 : 1200.0; };
  EXPECT_NEAR(row(rates("domestic").moving.at(Interval(0)), 3, 0), 0.2, 1e-12);
}

TEST_F(FittedMigration, AnAreaThatIsEmptyInTheBaseYearHasRatesForThoseWhoCome) {
  figures.moves = from_a_to_b;
  figures.base = [](const std::string& area, const std::string&, int) {
    return area == "A" ? 0.0 : 100.0;
  };
  EXPECT_NEAR(row(rates("domestic").moving.at(Interval(0)), 3, 0), 0.1, 1e-12);
}

TEST_F(FittedMigration, RefusesMovesFromWhereNobodyLived) {
  figures.moves = from_a_to_b;
  figures.totals = [](int, const std::string& area) { return area == "A" ? 0.0 : 1200.0; };
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("domestic"); }), "where nobody lives");
}

TEST_F(FittedMigration, DomesticMovesAloneReadNoCountyTable) {
  figures.moves = from_a_to_b;
  for (const std::string key : {"population", "deaths", "births", "national_emigrants"}) {
    figures.leave_out(key);
  }
  EXPECT_FALSE(rates("domestic").moving.empty());
}

TEST_F(FittedMigration, SuppressedMovesComeFromUnnamedOriginsAtMostFourEach) {
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return from == "A" && to == "B" ? 20.0 : 0.0;
  };
  figures.suppressed = [](int, const std::string& area) { return area == "B" ? 3.0 : 0.0; };
  const FlowTable table = flows();
  EXPECT_DOUBLE_EQ(table(Area(0), Destination(1)), 20.0);
  EXPECT_DOUBLE_EQ(table(Area(2), Destination(1)), 3.0);
  EXPECT_DOUBLE_EQ(table(Area(1), Destination(1)), 0.0);
}

TEST_F(FittedMigration, RefusesSuppressedMovesWithoutAnUnnamedOrigin) {
  figures.moves = [](auto&&...) { return 20.0; };
  figures.suppressed = [](auto&&...) { return 3.0; };
  EXPECT_HAS(test::error_of(Fault::input, [&] { flows(); }), "names every origin");
}

TEST_F(FittedMigration, SuppressedMovesMeetTheSumsOfOriginsWhereTheseAreKnown) {
  // All cells but A to B are empty. B gets 2 from C; A and C get 3 and 4; A sends 3 (to C), B 2 and
  // C 4: so C to A 2, B to A 1 and B to C 1.
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return from == "A" && to == "B" ? 20.0 : 0.0;
  };
  figures.suppressed = [](int, const std::string& area) {
    return area == "A" ? 3.0 : area == "B" ? 2.0 : 4.0;
  };
  figures.suppressed_out = [](int, const std::string& area) {
    return area == "A" ? 3.0 : area == "B" ? 2.0 : 4.0;
  };
  figures.give("suppressed_out_moves");
  figures.history = "suppressed_out_from = 2010\n";
  const FlowTable table = flows();
  EXPECT_NEAR(table(Area(0), Destination(2)), 3.0, 1e-3);
  EXPECT_NEAR(table(Area(2), Destination(0)), 2.0, 1e-3);
  EXPECT_NEAR(table(Area(1), Destination(0)), 1.0, 1e-3);
  EXPECT_NEAR(table(Area(1), Destination(2)), 1.0, 1e-3);
  EXPECT_DOUBLE_EQ(table(Area(0), Destination(1)), 20.0);
}

TEST_F(FittedMigration, SumsOfOriginsThatBeginAfterTheWindowAreNotRead) {
  figures.give("suppressed_out_moves");
  figures.suppressed_out = [](auto&&...) { return 99.0; };
  EXPECT_EQ(flows()(Area(0), Destination(1)), 0.0);  // from 2017
}

TEST_F(FittedMigration, RefusesSumsOfOriginsThatDoNotBelongToThoseOfDestinations) {
  figures.give("suppressed_out_moves");
  figures.history = "suppressed_out_from = 2010\n";
  figures.suppressed = [](auto&&...) { return 3.0; };
  figures.suppressed_out = [](auto&&...) { return 4.0; };
  test::error_of(Fault::input, [&] { flows(); });
}

TEST_F(FittedMigration, FlowsAreTheWeightedMeanOfTheWindow) {
  figures.history = "domestic_years = 2\ndomestic_weights = \"linear\"\n";
  figures.moves = [](int year, const std::string& from, const std::string& to) {
    return from == "A" && to == "B" ? (year == 2010 ? 60.0 : 30.0) : 0.0;
  };
  EXPECT_DOUBLE_EQ(flows()(Area(0), Destination(1)), 50.0);
}

// Those at risk of emigration are in each county 100 newborn, at half the rate, 400 of ages 1-4 and
// 200 of the open age group, of each sex: 390 emigrants of the nation are a tenth of the older.
TEST_F(FittedMigration, EmigrantsAreThePublishedNumberAndInfantsAmongThem) {
  figures.give("net_migration");
  const Rates fitted = rates("emigration immigration");
  const CellTable& emigrating = fitted.emigrating.at(Interval(0));
  EXPECT_NEAR(row(emigrating, 3, 0), 0.1, 1e-12);
  EXPECT_NEAR(row(emigrating, 0, 0), 0.05, 1e-12);
  for (std::size_t area = 0; area < 3; ++area) {
    EXPECT_NEAR(estimate("immigrants", area), 130.0, 1e-9);
    EXPECT_NEAR(estimate("emigration_factor", area), 1.0, 1e-12);
  }
}

TEST_F(FittedMigration, ImmigrantsMeetTheNetOfTheAreaFromAbroad) {
  // A gains 40 in all, of which 10 from B: 30 from abroad, and 130 emigrate.
  figures.give("net_migration");
  figures.net_migration = [](int, const std::string& area) { return area == "A" ? 40.0 : 0.0; };
  figures.moves = [](int, const std::string& from, const std::string& to) {
    return from == "B" && to == "A" ? 10.0 : 0.0;
  };
  rates("emigration immigration");
  EXPECT_NEAR(estimate("immigrants", 0), 160.0, 1e-9);
  EXPECT_NEAR(estimate("immigrants", 1), 140.0, 1e-9);  // B: 0 in all, so 10 from abroad
  EXPECT_NEAR(estimate("immigrants", 2), 390.0 - 300.0, 1e-9);
}

TEST_F(FittedMigration, EmigrantsRiseWhereMoreLeaveThanNationalRatesAllowFor) {
  figures.give("net_migration");
  figures.net_migration = [](int, const std::string& area) { return area == "A" ? -200.0 : 0.0; };
  const Rates fitted = rates("emigration immigration");
  EXPECT_NEAR(estimate("immigrants", 0), 0.0, 1e-9);
  EXPECT_NEAR(estimate("emigration_factor", 0), 200.0 / 130.0, 1e-12);
  EXPECT_NEAR(row(fitted.emigrating.at(Interval(0)), 3, 0), 0.1 * 200.0 / 130.0, 1e-12);
  // The nation keeps its 390 both ways: the rest has 390 - 200 - 130 emigrants.
  EXPECT_NEAR(estimate("emigration_factor", 2), 60.0 / 130.0, 1e-12);
  EXPECT_NEAR(estimate("immigrants", 2), 260.0, 1e-9);
}

TEST_F(FittedMigration, RefusesAreasThatTogetherExceedTheNation) {
  figures.give("net_migration");
  figures.net_migration = [](int, const std::string& area) { return area == "A" ? 300.0 : 0.0; };
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("immigration"); }),
             "the areas have 560 immigrants a year and the nation 390");
}

TEST_F(FittedMigration, NetMigrationIsTheChangeOfTheTotalLessNaturalChange) {
  // A grows by 50, and its expected births and deaths are 200 each.
  figures.totals = [](int year, const std::string& area) {
    return area == "A" && year == 2010 ? 1250.0 : 1200.0;
  };
  figures.give("natural_change");
  figures.natural_change = [](int, const std::string& area) { return area == "A" ? 20.0 : 0.0; };
  rates("immigration");
  // 30 net; structure of the base scaled to 1250: stocks of age 0 are 104.17 of each sex.
  EXPECT_NEAR(estimate("immigrants", 0), 30.0 + 120.0 + 10.0 * 1250.0 / 1200.0, 1e-9);
}

TEST_F(FittedMigration, RefusesEmigrantsFewerThanTheAccountLoses) {
  figures.give("net_migration");
  figures.deaths = [](auto&&...) { return 0.0; };  // then 100 of each sex and county vanish at 5+
  EXPECT_HAS(test::error_of(Fault::input, [&] { rates("immigration"); }), "390 emigrants a year");
}

TEST(GrossFlows, FollowThePatternWhereNetsAllow) {
  const auto flows = gross_flows(std::vector{5.0, -2.0}, std::vector{1.0, 3.0}, 40.0).value();
  EXPECT_EQ(flows.out, (std::vector{10.0, 30.0}));
  EXPECT_EQ(flows.in, (std::vector{15.0, 28.0}));
  EXPECT_EQ(flows.moved, 0.0);
}

TEST(GrossFlows, RiseToANegativeNetAndKeepTheirSum) {
  // The pattern alone gives 10, 10, 20; the first must be 16, so the others share 24.
  const auto flows =
      gross_flows(std::vector{-16.0, 0.0, 4.0}, std::vector{1.0, 1.0, 2.0}, 40.0).value();
  EXPECT_EQ(flows.out, (std::vector{16.0, 8.0, 16.0}));
  EXPECT_EQ(flows.in, (std::vector{0.0, 8.0, 20.0}));
  EXPECT_EQ(flows.moved, 6.0);
}

TEST(GrossFlows, DoNotExistBelowTheNegativeNets) {
  EXPECT_FALSE(gross_flows(std::vector{-50.0, 0.0}, std::vector{1.0, 1.0}, 40.0));
  EXPECT_FALSE(gross_flows(std::vector{0.0, 0.0}, std::vector{0.0, 0.0}, 40.0));
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(ShareOut, GoesByWeight) {
  EXPECT_EQ(share_out(6.0, {{true, 1.0}, {false, 9.0}, {true, 2.0}}, 4.0),
            (std::vector{2.0, 0.0, 4.0}));
}

TEST(ShareOut, FillsNoCellAboveTheMost) {
  EXPECT_EQ(share_out(6.0, {{true, 9.0}, {true, 1.0}}, 4.0), (std::vector{4.0, 2.0}));
}

TEST(ShareOut, IsEqualWhereAllWeightsAre0) {
  EXPECT_EQ(share_out(6.0, {{true, 0.0}, {true, 0.0}, {false, 0.0}}, 4.0),
            (std::vector{3.0, 3.0, 0.0}));
}

TEST(ShareOut, TurnsToUnknownCellsBeforeItOverfills) {
  EXPECT_EQ(share_out(6.0, {{true, 1.0}, {true, 0.0}}, 4.0), (std::vector{4.0, 2.0}));
}

TEST(ShareOut, KeepsTheTotalWhenAllCellsAreFull) {
  EXPECT_EQ(share_out(12.0, {{true, 1.0}, {true, 0.0}}, 4.0), (std::vector{6.0, 6.0}));
  EXPECT_DOUBLE_EQ(sum(share_out(100.0, {{true, 0.3}, {true, 5.0}, {true, 0.0}}, 4.0)), 100.0);
}

TEST(ShareOut, HasNoAnswerWithoutAnOpenCell) {
  EXPECT_TRUE(share_out(1.0, {{false, 1.0}}, 4.0).empty());
  EXPECT_EQ(share_out(0.0, {{false, 1.0}}, 4.0), (std::vector{0.0}));
}

}  // namespace
}  // namespace kohort::population::fit
