// Signals to a run. Its table is a pipe, so that the test knows that the run has begun and holds it
// there until the signal has come.
#include <csignal>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/run/scenario_run.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

constexpr int interrupted = 130;

class Interrupt : public ::testing::Test {
 protected:
  Interrupt() {
    folder.write("s.toml",
                 "format = 1\n[projection]\nbase_year = 2000\nend_year = 2005\nstep = 5\n"
                 "open_age = 10\nsexes = [\"female\"]\n[areas]\ncodes = [\"1880\"]\n"
                 "[population]\nbase = { file = \"pipe\", basis = \"observed\", "
                 "age_definition = \"end_of_year\" }\n[population.mortality]\n"
                 "measure = \"probability_of_dying\"\nrates = 0\n"
                 "[population.fertility]\nrates = 0\n");
    EXPECT_EQ(::mkfifo(folder.name("pipe").c_str(), 0600), 0);
  }

  /// Starts a run, which has come to its table when this returns.
  int start() {
    run.emplace(std::vector<std::string>{"run", "s.toml", "-o", "result.h5"},
                folder.path().string());
    return ::open(folder.name("pipe").c_str(), O_WRONLY);
  }

  /// Lets the run read its table and go on.
  static void feed(int pipe) {
    const std::string table =
        "area,sex,age,value\n1880,female,0,10\n1880,female,5,20\n1880,female,10,30\n";
    EXPECT_EQ(::write(pipe, table.data(), table.size()), static_cast<ssize_t>(table.size()));
    ::close(pipe);
  }

  void expect_nothing_left() { EXPECT_EQ(folder.files(), 1U) << "not the scenario alone"; }

  test::Folder folder;
  std::optional<test::Running> run;
};

TEST_F(Interrupt, ARunOfATableFromAPipeEndsWell) {
  feed(start());
  EXPECT_EQ(run->wait(), 0);
  EXPECT_TRUE(std::filesystem::exists(folder.name("result.h5")));
}

TEST_F(Interrupt, EndsARunAndLeavesNothing) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const int pipe = start();
    run->send(signal);
    feed(pipe);
    EXPECT_EQ(run->wait(), interrupted);
    expect_nothing_left();
  }
}

TEST_F(Interrupt, EndsARunAtOnceTheSecondTime) {
  const int pipe = start();
  run->send(SIGINT);
  run->send(SIGTERM);
  EXPECT_EQ(run->wait(), interrupted);
  ::close(pipe);
  expect_nothing_left();
}

TEST_F(Interrupt, OtherSignalsDoWhatTheyDoElsewhere) {
  const int pipe = start();
  run->send(SIGUSR1);
  EXPECT_EQ(run->wait(), -SIGUSR1);
  ::close(pipe);
}

TEST_F(Interrupt, ASignalThatIsToBeIgnoredIsIgnored) {
  std::signal(SIGINT, SIG_IGN);
  const int pipe = start();
  std::signal(SIGINT, SIG_DFL);
  run->send(SIGINT);
  feed(pipe);
  EXPECT_EQ(run->wait(), 0);
}

/// The run behind the program, asked to stop at a moment of the test's choice.
class StopToken : public ::testing::Test {
 protected:
  test::Folder folder;
  std::stop_source source;
  ScenarioRun run{test::project_file("tests/published/canada/scenario.toml"), {}};
};

TEST_F(StopToken, EndsTheProjectionAfterTheInterval) {
  std::size_t done = 0;
  const auto observe = [&](const Progress& progress) {
    done = progress.done;
    if (done == 3) source.request_stop();
  };
  EXPECT_THROW(run.project(observe, source.get_token()), Interrupted);
  EXPECT_EQ(done, 3U);
}

TEST_F(StopToken, EndsTheWritingAndLeavesNoFile) {
  const Outcome outcome = run.project();
  source.request_stop();
  EXPECT_THROW(run.write(outcome, folder.name("a.h5"), source.get_token()), Interrupted);
  EXPECT_EQ(folder.files(), 0U);
}

}  // namespace
}  // namespace kohort
