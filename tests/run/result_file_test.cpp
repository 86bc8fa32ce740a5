// Results that go into their file year by year: the same file, and what becomes of it where the run
// or the disk fails.
#include "engine/run/result_file.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "engine/base/file.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

/// The county of Örebro, whose 13 areas have 2626 cells a year; quantiles of persons by single
/// years, of its sums by all years together.
class ResultInYears : public ::testing::Test {
 protected:
  ScenarioRun orebro(const std::string& last_year = "2018") const {
    return {test::project_file("scenarios/orebro/workforce.toml"),
            {"projection.end_year=" + last_year, "draws=20", "output.draws=true",
             "uncertainty.events=true", "uncertainty.paths=true", "uncertainty.apart=true",
             "output.quantiles_of=[\"population/persons\", \"care/persons\"]"}};
  }

  std::string bytes_of(const std::string& name) const {
    return read_file(folder.name(name)).text.value_or("");
  }

  test::Folder folder;
};

TEST_F(ResultInYears, IsTheFileOfTheOutcome) {
  ScenarioRun run = orebro();
  run.write(run.project(), folder.name("at-once.h5"));
  const std::string at_once = bytes_of("at-once.h5");
  ASSERT_FALSE(at_once.empty());
  for (const std::size_t threads : {1U, 2U, 5U}) {
    run.use_threads(threads);
    run.project_to({folder.name("in-years.h5")}, {});
    EXPECT_TRUE(bytes_of("in-years.h5") == at_once) << threads << " threads";
  }
}

TEST_F(ResultInYears, HasTheFiguresOfTheOutcome) {
  const ScenarioRun run = orebro();
  const Outcome outcome = run.project();
  run.project_to({folder.name("a.h5")}, {});
  const store::Reader reader(folder.name("a.h5"));
  reader.verify();
  for (const Recorded& one : outcome.recorded) {
    if (!one.variable.category.axis.empty()) continue;  // together with those of other kinds
    EXPECT_EQ(reader.values(one.variable.name), one.values) << one.variable.name;
    if (one.quantiles.empty()) continue;
    EXPECT_EQ(reader.values(one.variable.name + "_quantiles"), one.quantiles) << one.variable.name;
    EXPECT_EQ(reader.values(one.variable.name + "_draws"),
              std::vector<double>(one.draws.begin(), one.draws.end()));
  }
  for (const Summarised& one : outcome.summary) {
    if (!one.variable.category.axis.empty()) continue;
    const std::string path = "summary/" + one.variable.name;
    if (one.indicator) {
      EXPECT_EQ(reader.values(path).size(), one.values.size());  // some of them are NaN
      continue;
    }
    EXPECT_EQ(reader.values(path), one.values) << path;
    EXPECT_EQ(reader.values(path + "_quantiles"), one.quantiles) << path;
    EXPECT_EQ(reader.values(path + "_sd"), one.deviations) << path;
  }
}

TEST_F(ResultInYears, MayHaveDrawsAndNoQuantiles) {
  const ScenarioRun run(test::project_file("scenarios/orebro/reference.toml"),
                        {"projection.end_year=2017", "draws=3", "output.draws=true",
                         "uncertainty.events=true", "output.quantiles=[]"});
  run.project_to({folder.name("a.h5")}, {});
  const store::Reader reader(folder.name("a.h5"));
  const std::vector<double> means = reader.values("population/persons");
  const std::vector<double> draws = reader.values("population/persons_draws");
  ASSERT_EQ(draws.size(), 3 * means.size());
  const std::size_t last = means.size() - 1;
  EXPECT_NEAR(draws[last] + draws[means.size() + last] + draws[2 * means.size() + last],
              3.0 * means[last], 1e-9);
  EXPECT_FALSE(reader.has("population/persons_quantiles"));
}

// FORMAT.md says which.
TEST_F(ResultInYears, IsCutByYearsWhereTheyAreLarge) {
  orebro().project_to({folder.name("a.h5")}, {});
  const store::Reader reader(folder.name("a.h5"));
  const auto cut = [&](const std::string& path) { return reader.describe(path).cut; };
  EXPECT_EQ(cut("population/persons"), 1U);
  EXPECT_EQ(cut("population/persons_quantiles"), 2U);
  EXPECT_EQ(cut("population/persons_draws"), 2U);
  EXPECT_EQ(cut("care/persons_quantiles"), 2U);
  EXPECT_EQ(cut("summary/population/persons_quantiles"), 1U);
  EXPECT_EQ(cut("summary/population/persons_sd"), 1U);
}

TEST_F(ResultInYears, LiesUnderATemporaryNameUntilItIsWhole) {
  std::stop_source source;
  const auto observe = [&](const Progress& progress) {
    EXPECT_EQ(folder.files(), 1U);
    EXPECT_FALSE(std::filesystem::exists(folder.name("a.h5")));
    if (progress.done == 2) source.request_stop();
  };
  const std::stop_token stop = source.get_token();
  EXPECT_THROW(orebro().project_to({folder.name("a.h5"), stop}, {observe, stop}), Interrupted);
  EXPECT_EQ(folder.files(), 0U);
}

TEST_F(ResultInYears, LeavesNoFileWhereTheRunFails) {
  const auto fail = [](const Progress& progress) {
    if (progress.done == 2) throw Error(Fault::model, Mistake{{}, "it does not balance", ""});
  };
  EXPECT_HAS(
      test::error_of(Fault::model, [&] { orebro().project_to({folder.name("a.h5")}, {fail}); }),
      "it does not balance");
  EXPECT_EQ(folder.files(), 0U);
}

/// A limit on the size of files, which stands for a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    before_signal_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, before_signal_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
  void (*before_signal_)(int) = nullptr;
};

// A year comes to more than the disk has: the run ends when one of the next two is handed over.
TEST_F(ResultInYears, EndsSoonOnAFullDisk) {
  const ScenarioRun run = orebro("2030");
  std::size_t done = 0;
  const auto observe = [&](const Progress& progress) { done = progress.done; };
  const FullDisk disk(200000);
  EXPECT_HAS(
      test::error_of(Fault::storage, [&] { run.project_to({folder.name("a.h5")}, {observe}); }),
      "a.h5");
  EXPECT_LE(done, 2U);
  EXPECT_EQ(folder.files(), 0U);
}

// Years that are written are gone, but for tables that are small: here a sixth of all.
TEST_F(ResultInYears, TakesLittleMemoryForFurtherYears) {
  const Plan few = orebro("2018").plan();
  const Plan many = orebro("2038").plan();
  EXPECT_GT(many.disk, 5 * few.disk);
  EXPECT_LT(many.working - few.working, (many.disk - few.disk) / 5);
}

}  // namespace
}  // namespace kohort
