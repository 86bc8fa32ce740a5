// Broken scenarios, each with what the program must say about it: broken/NAME.toml beside
// broken/NAME.expected, which holds the exit code and the whole of standard error. Where a message
// was changed on purpose, the test prints the new one.
#include <set>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

/// The corpus in a folder of the test's own, in which nothing may be left; the shipped scenarios,
/// which some of it extends, lie where they do in the project.
class BrokenScenarios : public ::testing::Test {
 protected:
  BrokenScenarios() {
    const std::string place = "tests/scenario/broken";
    fs::create_directories(corpus().parent_path());
    fs::copy(test::project_file(place), corpus(), fs::copy_options::recursive);
    fs::create_directory_symlink(test::project_file("scenarios"), folder_.name("scenarios"));
  }

  fs::path corpus() const { return folder_.path() / "tests/scenario/broken"; }

  /// The files of one kind, without their extension.
  std::set<std::string> names(const std::string& extension) const {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(corpus())) {
      if (entry.path().extension() == extension) names.insert(entry.path().stem().string());
    }
    return names;
  }

  test::Ran run(const std::string& scenario) const {
    return test::kohort({"run", scenario, "-o", "result.h5"}, corpus().string());
  }

  std::size_t files() const { return folder_.files(); }

 private:
  test::Folder folder_;
};

TEST_F(BrokenScenarios, AreAHundredOrMoreEachWithItsMessage) {
  EXPECT_GE(names(".toml").size(), 100U);
  EXPECT_EQ(names(".toml"), names(".expected"));
}

TEST_F(BrokenScenarios, WereSoundBeforeTheyWereBroken) {
  for (const std::string base : {"base/people.toml", "base/care.toml"}) {
    const test::Ran ran = run(base);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
  }
}

TEST_F(BrokenScenarios, AreRefusedWithPlaceAndRemedyAndLeaveNothing) {
  const std::size_t before = files();
  for (const std::string& name : names(".toml")) {
    const test::Ran ran = run(name + ".toml");
    const std::string said = "exit " + std::to_string(ran.exit_code) + "\n" + ran.err;
    EXPECT_EQ(said, read_file(corpus() / (name + ".expected")).text.value_or("")) << name;
    EXPECT_EQ(ran.out, "") << name;
    EXPECT_EQ(files(), before) << name << " left a file behind";
  }
}

}  // namespace
}  // namespace kohort
