// A batch as a user runs it: what it prints, what is left when it is interrupted or killed.
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

class BatchCommand : public ::testing::Test {
 protected:
  BatchCommand() {
    fs::copy(test::project_file("tests/scenario/broken/base"), folder.path() / "base");
    folder.write("plan.toml",
                 "format = 1\nkind = \"plan\"\ntitle = \"towns\"\ndraws = 4\n"
                 "set = [\"uncertainty.events=true\"]\n"
                 "[[scenario]]\nname = \"now\"\nfile = \"base/care.toml\"\n"
                 "[[grid]]\nname = \"dying\"\nfile = \"base/care.toml\"\n"
                 "[[grid.axis]]\nparameter = \"population.mortality.rates\"\n"
                 "values = [0.03, 0.04, 0.05]\n");
  }

  test::Ran kohort(const std::vector<std::string>& arguments) const {
    return test::kohort(arguments, folder.path().string());
  }
  std::string bytes() const { return read_file(folder.name("plan.h5")).text.value_or(""); }
  std::size_t parts() const {
    std::size_t count = 0;
    std::error_code none_there;
    for (const auto& entry : fs::directory_iterator(folder.name("plan.h5.parts"), none_there)) {
      if (entry.path().extension() == ".h5") ++count;
    }
    return count;
  }

  test::Folder folder;
};

TEST_F(BatchCommand, PrintsWhatTheScenariosComeTo) {
  const test::Ran ran = kohort({"batch", "plan.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "4 scenarios, held against 'now'");
  EXPECT_HAS(ran.out, "all in 2004; mean of the draws, difference to 'now' draw by draw");
  EXPECT_HAS(ran.out, "  dying rates=0.03 ");
  EXPECT_HAS(ran.out, "cost of care by who pays, million SEK");
  EXPECT_HAS(ran.out, "plan.h5: 4 scenarios in ");
  const test::Ran info = kohort({"info", "plan.h5", "--year", "2002"});
  EXPECT_EQ(info.exit_code, 0) << info.err;
  EXPECT_HAS(info.out, "all in 2002; mean of the draws");
  EXPECT_HAS(info.out, "difference/care/volume");
  EXPECT_HAS(kohort({"info", "plan.h5", "--year", "2030"}).err,
             "--year: error: the result has no year 2030; it has 2000 to 2004");
}

TEST_F(BatchCommand, ShowsTheCostThatIsHeldAgainstTheBase) {
  folder.write("plan.toml", "differences_of = [\"care/cost\"]\n" +
                                read_file(folder.name("plan.toml")).text.value_or(""));
  const test::Ran ran = kohort({"batch", "plan.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "\ncost of care, million SEK\n");
  EXPECT_EQ(ran.out.find("who pays"), std::string::npos);
}

TEST_F(BatchCommand, PrintsThePlanAndWritesNothing) {
  const std::size_t before = folder.files();
  const test::Ran ran = kohort({"batch", "plan.toml", "--dry-run", "--draws", "6"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "404 cells, 4 intervals, 6 draw(s): 9 696 cell-years");
  EXPECT_HAS(ran.out, "4 scenarios, held against 'now': 38 784 cell-years");
  EXPECT_HAS(ran.out, "memory about ");
  EXPECT_HAS(ran.out, "expected time ");
  EXPECT_EQ(folder.files(), before);
}

TEST_F(BatchCommand, GivesTheExitCodeOfAScenarioThatFailsAndTheOthers) {
  fs::remove(folder.name("base/people.csv"));
  folder.write("base/people.csv", "area,sex,age,value\n");
  const test::Ran ran = kohort({"batch", "plan.toml"});
  EXPECT_EQ(ran.exit_code, 3) << ran.err;
  EXPECT_HAS(ran.err, "plan.toml:6:1: scenario 'now' failed (base/care.toml; draws=4, ");
  EXPECT_HAS(ran.err, "4 of 4 scenarios failed; --resume tries them again");
  EXPECT_FALSE(fs::exists(folder.name("plan.h5")));
}

TEST_F(BatchCommand, IsRefusedWhereASingleResultIsWanted) {
  ASSERT_EQ(kohort({"batch", "plan.toml"}).exit_code, 0);
  const std::string said = "plan.h5: error: this is the result of a batch, with many scenarios";
  const test::Ran compared = kohort({"compare", "plan.h5", "plan.h5"});
  EXPECT_EQ(compared.exit_code, 2);
  EXPECT_HAS(compared.err, said);
  const test::Ran exported = kohort({"export", "plan.h5", "--to", "csv"});
  EXPECT_EQ(exported.exit_code, 2);
  EXPECT_HAS(exported.err, said);
}

TEST_F(BatchCommand, ShowsItsProgressAsJsonLines) {
  const test::Ran ran = kohort({"batch", "plan.toml", "--progress", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.err, "\"done\":25856,\"total\":25856,\"unit\":\"cell-years\",\"rate\":");
}

TEST_F(BatchCommand, InterruptedKeepsWhatIsCompleteAndGoesOn) {
  using namespace std::chrono_literals;
  ASSERT_EQ(kohort({"batch", "plan.toml"}).exit_code, 0);
  const std::string uninterrupted = bytes();
  fs::remove(folder.name("plan.h5"));
  // One thread, so that the others are not there when the first is.
  test::Running running({"batch", "plan.toml", "--threads", "1"}, folder.path().string());
  for (int tries = 0; tries < 5000 && parts() == 0; ++tries) std::this_thread::sleep_for(1ms);
  running.send(SIGINT);
  const int code = running.wait();
  if (code != 0) {
    EXPECT_EQ(code, 130);
    EXPECT_GT(parts(), 0U);
    EXPECT_FALSE(fs::exists(folder.name("plan.h5")));
    EXPECT_HAS(kohort({"batch", "plan.toml"}).err, "go on with --resume, or delete the folder");
  }
  EXPECT_EQ(kohort({"batch", "plan.toml", "--resume"}).exit_code, 0);
  EXPECT_EQ(bytes(), uninterrupted);
}

TEST_F(BatchCommand, TakesAsManyThreadsAsSlurmGives) {
  const auto help = [&](const std::string& before) {
    return test::kohort({"bench", "--help"}, folder.path().string(), before).out;
  };
  EXPECT_HAS(help("export SLURM_CPUS_PER_TASK=37;"), "[1 - 1024]=37\n");
  EXPECT_EQ(help("unset SLURM_CPUS_PER_TASK;").find("1024]=37\n"), std::string::npos);
}

TEST_F(BatchCommand, SaysWhatAPartIsAndWhatItLeaves) {
  EXPECT_HAS(kohort({"batch", "plan.toml", "--part", "4/3"}).err,
             "--part: error: found '4/3'; write I/N");
  EXPECT_EQ(kohort({"batch", "plan.toml", "--part", "third"}).exit_code, 2);
  const test::Ran dry = kohort({"batch", "plan.toml", "--part", "1/2", "--dry-run"});
  EXPECT_HAS(dry.out, "2 scenarios, held against 'now'");
  const test::Ran ran = kohort({"batch", "plan.toml", "--part", "1/2"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "part 1/2: 2 of its 2 scenarios are complete in plan.h5.parts");
  EXPECT_HAS(ran.out, "kohort batch plan.toml -o plan.h5 --resume");
  EXPECT_EQ(parts(), 3U) << "the base too";
}

/// Knows how long the batch takes, and what it comes to, when it is left alone.
class KilledBatch : public BatchCommand {
 protected:
  void SetUp() override {
    BatchCommand::SetUp();
    const auto started = std::chrono::steady_clock::now();
    ASSERT_EQ(kohort({"batch", "plan.toml"}).exit_code, 0);
    whole = std::chrono::steady_clock::now() - started;
    uninterrupted = bytes();
    files = folder.files();
  }

  std::chrono::duration<double, std::milli> whole{};
  std::string uninterrupted;
  std::size_t files = 0;
};

TEST_F(KilledBatch, OfPartsSideBySideComesToTheSameBytes) {
  std::mt19937 random(20261130);
  std::uniform_real_distribution<double> share(0.1, 1.0);
  for (int time = 0; time < 10; ++time) {
    fs::remove(folder.name("plan.h5"));
    test::Running killed({"batch", "plan.toml", "--part", "1/2"}, folder.path().string());
    test::Running other({"batch", "plan.toml", "--part", "2/2"}, folder.path().string());
    std::this_thread::sleep_for(share(random) * whole);
    killed.send(SIGKILL);
    killed.wait();
    ASSERT_EQ(other.wait(), 0) << "the other part goes on";
    ASSERT_FALSE(fs::exists(folder.name("plan.h5")));
    ASSERT_EQ(kohort({"batch", "plan.toml", "--part", "1/2"}).exit_code, 0);
    ASSERT_EQ(parts(), 4U);
    ASSERT_EQ(kohort({"batch", "plan.toml", "--resume"}).exit_code, 0);
    ASSERT_EQ(bytes(), uninterrupted) << "killed for the time " << time + 1;
    ASSERT_EQ(folder.files(), files) << "something is left behind";
  }
}

TEST_F(KilledBatch, GoesOnToTheSameBytesWheneverItIsKilled) {
  std::mt19937 random(20261129);
  std::uniform_real_distribution<double> share(0.0, 1.1);
  std::size_t half_done = 0;
  for (int time = 0; time < 20; ++time) {
    fs::remove(folder.name("plan.h5"));
    test::Running running({"batch", "plan.toml"}, folder.path().string());
    std::this_thread::sleep_for(share(random) * whole);
    running.send(SIGKILL);
    running.wait();
    if (parts() > 0) ++half_done;
    const test::Ran resumed = kohort({"batch", "plan.toml", "--resume"});
    ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
    ASSERT_EQ(bytes(), uninterrupted) << "killed for the time " << time + 1;
    ASSERT_EQ(folder.files(), files) << "something is left behind";
  }
  EXPECT_GT(half_done, 2U) << "it was not killed while it was at work";
}

}  // namespace
}  // namespace kohort
