// Ranks: what they say to each other, how they end, and that a result does not depend on them.
#include "engine/cli/ranks.hpp"

#include <atomic>
#include <cstdlib>
#include <numeric>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/comm/mailbox.hpp"
#include "engine/comm/placement.hpp"
#include "engine/comm/pretended_ranks.hpp"
#include "engine/run/scenario_run.hpp"
#include "tests/care/village.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

TEST(Shares, AreAllOfIt) {
  for (const std::size_t things : {0U, 1U, 7U, 64U}) {
    std::size_t next = 0;
    for (const Share& share : shares_of(things, 7)) {
      EXPECT_EQ(share.first, next);
      EXPECT_LE(share.count, things / 7 + 1);
      next += share.count;
    }
    EXPECT_EQ(next, things);
  }
}

// Longer than an int can count.
TEST(Pieces, AreAllOfAMessageAndNoneTooLong) {
  const std::size_t most = std::size_t{1} << 30U;
  const std::vector<Share> pieces = pieces_of(5 * most + 3, most);
  ASSERT_EQ(pieces.size(), 6U);
  EXPECT_EQ(pieces[5].first, 5 * most);
  EXPECT_EQ(pieces[5].count, 3U);
  EXPECT_TRUE(pieces_of(0, most).empty());
}

// Row r, column c of the whole table is 100 r + c; the ranks have 0, 1, 2 and 3 columns of it.
TEST(Transpositions, GiveEachRankWholeRows) {
  const std::vector<Share> columns{{0, 0}, {0, 1}, {1, 2}, {3, 3}};
  const std::size_t rows = 7;
  std::atomic<std::size_t> seen = 0;
  on_pretended_ranks(columns.size(), [&](const Communicator& communicator) {
    const Share& own = columns[communicator.rank()];
    std::vector<int> table;
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t at = 0; at < own.count; ++at) {
        table.push_back(static_cast<int>(100 * row + own.first + at));
      }
    }
    Transposition<int> turned(communicator, columns);
    turned.exchange(table, rows);
    std::vector<int> room;
    for (std::size_t at = 0; at < turned.rows().count; ++at) {
      std::vector<int> expected(6);
      std::iota(expected.begin(), expected.end(),
                static_cast<int>(100 * (turned.rows().first + at)));
      const std::span<const int> row = turned.row(at, room);
      EXPECT_EQ(std::vector<int>(row.begin(), row.end()), expected);
      ++seen;
    }
  });
  EXPECT_EQ(seen, rows);
}

TEST(Ranks, EndWithTheFirstThatFails) {
  std::atomic<int> elsewhere = 0;
  const auto work = [&](const Communicator& communicator) {
    Mailbox<int> mailbox;
    std::vector<int> own(3, static_cast<int>(communicator.rank()));
    const std::vector<std::size_t> one_each(3, 1);
    for (int round = 0; round < 4; ++round) {
      if (round == 2 && communicator.rank() > 0) {
        throw Error(Fault::model, Mistake{{"rank", communicator.rank(), 0}, "it fails", ""});
      }
      try {
        mailbox.exchange(communicator, own, one_each, one_each);
      } catch (const EndedElsewhere& ended) {
        EXPECT_EQ(ended.ending().rank, 1U);
        ++elsewhere;
        throw;
      }
    }
  };
  EXPECT_EQ(test::error_of(Fault::model, [&] { on_pretended_ranks(3, work); }),
            "rank:1: error: it fails");
  EXPECT_EQ(elsewhere, 1);
}

TEST(RanksOfACommand, GiveOneMessageAndOneCode) {
  std::vector<cli::Exit> exits(4);
  ::testing::internal::CaptureStderr();
  on_pretended_ranks(4, [&](const Communicator& communicator) {
    exits[communicator.rank()] = cli::on_ranks(communicator, [&]() -> cli::Exit {
      if (communicator.rank() == 0) return cli::Exit::done;
      const Fault fault = communicator.rank() == 2 ? Fault::input : Fault::model;
      throw Error(communicator.rank() == 1 ? Fault::scenario : fault,
                  Mistake{{"rank", communicator.rank(), 0}, "it fails", ""});
    });
  });
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "rank:1: error: it fails\n");
  EXPECT_EQ(exits, std::vector<cli::Exit>(4, cli::Exit::wrong_scenario));
}

TEST(Placements, ListCoresAsLinuxDoes) {
  EXPECT_EQ(numbers_in_list("0-2,8\n"), (std::vector<std::size_t>{0, 1, 2, 8}));
  EXPECT_TRUE(numbers_in_list("\n").empty());
  EXPECT_EQ(list_of({0, 1, 2, 8}), "0-2,8");
  EXPECT_EQ(list_of({}), "");
}

TEST(Placements, ShareTheCoresThatTheyShare) {
  const Placement bound{.host = "a", .cores = {0, 1, 2, 3}};
  const Placement other{.host = "a", .cores = {4}};
  const Placement elsewhere{.host = "b", .cores = {0, 1, 2, 3}};
  const std::vector<Placement> all{bound, bound, other, elsewhere};
  ::unsetenv("SLURM_CPUS_PER_TASK");
  EXPECT_EQ(default_threads(all, 0), 2U);
  EXPECT_EQ(default_threads(all, 2), 1U);
  EXPECT_EQ(default_threads(all, 3), 4U);
  ::setenv("SLURM_CPUS_PER_TASK", "3", 1);
  EXPECT_EQ(default_threads(all, 0), 3U);
  ::unsetenv("SLURM_CPUS_PER_TASK");
}

TEST(Placements, AreKnownToAllRanks) {
  on_pretended_ranks(3, [&](const Communicator& communicator) {
    Placement own{.host = std::string(communicator.rank() + 1, 'h'), .cores = {1, 2}};
    own.memory = communicator.rank();
    const std::vector<Placement> all = placements_of_all(communicator, own);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].host, "hhh");
    EXPECT_EQ(all[2].cores, (std::vector<std::size_t>{1, 2}));
    EXPECT_EQ(all[2].memory, 2U);
  });
}

/// Two areas with care and its hours and cost, which are no whole numbers, so that their sums would
/// tell if they were taken in another order. 70 draws are four blocks and a part of one.
class RunOnRanks : public ::testing::Test {
 protected:
  RunOnRanks() {
    village.set("uncertainty.paths", "true").set("uncertainty.events", "true").set("draws", "70");
    village.set("projection.end_year", "2002");
    village.set("uncertainty.apart", "true").set("output.draws", "true");
    village.set("output.quantiles_of", "[\"population/persons\", \"care/persons\", \"care/cost\"]");
    village.add(
        "[[care.service]]\nname = \"help\"\nunit = \"hours\"\nstates = [\"light\"]\n"
        "use = 0.5\nper_user = 103.7\nprice = 411.3\n"
        "[[intervention]]\nname = \"x\"\non = \"care.onset\"\nfactor = 0.8\nse = 0.1\n"
        "evidence = \"trial\"\ngrade = \"low\"\n"
        "[[intervention]]\nname = \"y\"\non = \"care.service.price\"\nfactor = 0.9\nse = 0.1\n"
        "evidence = \"tenders\"\n"
        "[[goal]]\nname = \"less care\"\nof = \"care/persons\"\nkind = \"light\"\nages = \"80+\"\n"
        "per_head_of = \"80+\"\nrelative_to = 2000\nat_most = 0.9\nyear = 2002\n"
        "[[goal]]\nname = \"few deaths\"\nof = \"population/deaths\"\nat_most = 300\nyear = 2001\n"
        "[[output.threshold]]\nname = \"old\"\nages = \"80+\"\nabove = 1000\n"
        "[[output.threshold]]\nname = \"deaths\"\nof = \"population/deaths\"\nabove = 300\n");
    scenario = village.file();
  }

  /// The bytes of the result of some ranks, each with some threads.
  std::string bytes(std::size_t ranks, std::size_t threads,
                    const std::vector<std::string>& overrides = {}) {
    const std::string file = folder.name("result.h5");
    std::filesystem::remove(file);
    on_pretended_ranks(ranks, [&](const Communicator& communicator) {
      ScenarioRun run(scenario, overrides);
      run.use_threads(threads);
      run.share_draws(communicator);
      run.project_to({file}, {});
    });
    return read_file(file).text.value_or("");
  }

  test::Village village;
  test::Folder folder;
  std::string scenario;
};

TEST_F(RunOnRanks, HasTheSameBytesOnAnyNumberOfThem) {
  const std::string one = bytes(1, 1);
  ASSERT_FALSE(one.empty());
  struct Shape {
    std::size_t ranks;
    std::size_t threads;
  };
  // Of seven ranks two have no block.
  for (const Shape shape : {Shape{1, 2}, {2, 1}, {2, 2}, {3, 2}, {4, 1}, {7, 1}}) {
    EXPECT_TRUE(bytes(shape.ranks, shape.threads) == one)
        << shape.ranks << " ranks, " << shape.threads << " threads";
  }
}

// Draws 5 to 74 are of five variants of the model, of the first and the last in part.
TEST_F(RunOnRanks, HasTheSameBytesWhereverItBegins) {
  const std::vector<std::string> later{"first_draw=5"};
  const std::string one = bytes(1, 1, later);
  ASSERT_FALSE(one.empty());
  EXPECT_TRUE(bytes(1, 2, later) == one);
  EXPECT_TRUE(bytes(2, 1, later) == one);
  EXPECT_TRUE(bytes(3, 2, later) == one);
  EXPECT_FALSE(bytes(1, 1) == one);
}

TEST_F(RunOnRanks, GivesTheOutcomeToTheWritingOne) {
  const std::string file = folder.name("outcome.h5");
  on_pretended_ranks(3, [&](const Communicator& communicator) {
    ScenarioRun run(scenario, {});
    run.share_draws(communicator);
    const Outcome outcome = run.project();
    EXPECT_EQ(outcome.recorded.empty(), !communicator.writes());
    if (communicator.writes()) run.write(outcome, file);
  });
  EXPECT_TRUE(read_file(file).text == bytes(1, 1));
}

TEST_F(RunOnRanks, HasTheSameBytesOfOneDraw) {
  const std::vector<std::string> alone{"draws=1", "uncertainty.apart=false", "first_draw=3"};
  const std::string one = bytes(1, 1, alone);
  EXPECT_FALSE(one.empty());
  EXPECT_TRUE(bytes(3, 1, alone) == one);
}

// That of users of services and of the draws of sums; care has a lever that differs between draws.
TEST_F(RunOnRanks, HasTheSameBytesInSinglePrecision) {
  const std::vector<std::string> single{"projection.precision=single", "uncertainty.events=false",
                                        "uncertainty.apart=false"};
  const std::string one = bytes(1, 1, single);
  ASSERT_FALSE(one.empty());
  EXPECT_TRUE(bytes(1, 2, single) == one);
  EXPECT_TRUE(bytes(3, 2, single) == one);
  EXPECT_FALSE(bytes(1, 1, {single.begin() + 1, single.end()}) == one);
}

TEST_F(RunOnRanks, EndsWithTheRankThatFails) {
  std::atomic<int> others = 0;
  const auto work = [&](const Communicator& communicator) {
    ScenarioRun run(scenario, {});
    run.share_draws(communicator);
    try {
      run.project_to({folder.name("result.h5")}, {[&](const Progress& progress) {
                       if (communicator.rank() == 1 && progress.done == 1) {
                         throw Error(Fault::model, Mistake{{}, "an account does not balance", ""});
                       }
                     }});
    } catch (const EndedElsewhere&) {
      ++others;
      throw;
    }
  };
  EXPECT_HAS(test::error_of(Fault::model, [&] { on_pretended_ranks(3, work); }),
             "an account does not balance");
  EXPECT_EQ(others, 2);
  EXPECT_EQ(folder.files(), 0U);
}

// What a rank keeps grows with its own draws; the result lies on one.
TEST_F(RunOnRanks, PlansTheMemoryOfEachRank) {
  std::vector<std::size_t> working(4);
  on_pretended_ranks(4, [&](const Communicator& communicator) {
    ScenarioRun run(scenario, {"draws=4000", "output.draws=false"});
    run.share_draws(communicator);
    working[communicator.rank()] = run.plan().working;
  });
  ScenarioRun run(scenario, {"draws=4000", "output.draws=false"});
  const std::size_t alone = run.plan().working;
  EXPECT_LT(working[1], alone / 2);
  EXPECT_GT(working[1], alone / 8);
  EXPECT_GT(working[0], working[1]);
}

}  // namespace
}  // namespace kohort
