// Elder care of Sweden: what the shipped scenario says of the nation, against published figures.
#include <map>

#include <gtest/gtest.h>

#include "engine/input/csv.hpp"
#include "models/care/calibrate/mortality_by_state.hpp"
#include "tests/care/village.hpp"

namespace kohort {
namespace {

using test::CareRun;
using test::project_file;

/// The share of those who enter special housing with no home care the month before, by sex and
/// ages, the mean of 2011-2014.
std::map<std::pair<std::string, std::string>, double> published() {
  const Csv table =
      Csv::read(project_file("scenarios/sweden/data/care_before_special_housing.csv"));
  std::map<std::pair<std::string, std::string>, double> shares;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto cell = [&](const char* column) {
      return std::string(table.cell(row, *table.column(column)));
    };
    shares[{cell("sex"), cell("ages")}] += std::stod(cell("share")) / 4.0;
  }
  return shares;
}

/// People who enter special housing in the first year, by what they had a year before.
struct Entrants {
  double from_none = 0.0;
  double all = 0.0;
  double share() const { return from_none / all; }
};

/// The nation launched in 2010, in its first year.
class Launch2010 {
 public:
  /// Those who are of an age from 66 on, and below the open one, at the year's end.
  Entrants entrants(std::size_t sex, std::size_t first, std::size_t end) const {
    Entrants sum;
    const auto& transitions = run_.estimate("care/calibration/transitions").values;
    const Frame& frame = run_.run().frame();
    for (std::size_t area = 0; area < frame.areas.size(); ++area) {
      for (std::size_t age = first; age < end; ++age) {
        const std::size_t cell = (area * frame.sexes.size() + sex) * frame.ages() + age;
        const care::StateVector alive = survivors(sex, cell);
        for (Eigen::Index state = 0; state < 3; ++state) {
          const auto from = static_cast<std::size_t>(state);
          const double entering = alive[state] * transitions[(cell * 4 + from) * 4 + 3];
          sum.all += entering;
          if (from == 0) sum.from_none += entering;
        }
      }
    }
    return sum;
  }

 private:
  /// Of the people who were a year younger, by the state that they were in.
  care::StateVector survivors(std::size_t sex, std::size_t cell) const {
    const std::vector<std::string> names{"none", "home_care_below_25", "home_care_25_or_more",
                                         "special_housing"};
    care::StateVector people(4);
    care::StateVector odds(4);
    for (std::size_t state = 0; state < 4; ++state) {
      const auto at = static_cast<Eigen::Index>(state);
      people[at] = run_.recorded("care/persons", names[state]).values[cell - 1];
      odds[at] = run_.estimate("care/calibration/odds_of_dying").values[sex * 4 + state];
    }
    const double dying = run_.recorded("population/deaths").values[cell] / people.sum();
    const care::StateVector by_state =
        care::split_mortality({people / people.sum(), odds, Probability::of(dying)});
    return people.cwiseProduct(care::StateVector::Ones(4) - by_state);
  }

  CareRun run_{project_file("scenarios/sweden/care-2010.toml"), {"projection.end_year=2011"}};
};

// The prior has no sex and no age: all together are met, women and men of an age are not.
TEST(CareOfSweden, EntersSpecialHousingFromHomeCareAsOftenAsWasPublished) {
  const Launch2010 launch;
  const auto shares = published();
  Entrants together;
  double expected = 0.0;
  for (const auto& [who, share] : shares) {
    const bool old = who.second == "80+";
    const Entrants some =
        launch.entrants(who.first == "female" ? 0 : 1, old ? 80 : 66, old ? 100 : 80);
    together.from_none += some.from_none;
    together.all += some.all;
    expected += share * some.all;
    EXPECT_NEAR(some.share(), share, 0.08) << who.first << " " << who.second;
  }
  EXPECT_NEAR(together.share(), expected / together.all, 0.01);
}

}  // namespace
}  // namespace kohort
