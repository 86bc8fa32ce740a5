// `kohort new`: a starter file that changes nothing until somebody takes a # away.
#include <regex>

#include <gtest/gtest.h>

#include "engine/base/file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

const std::string orebro = test::project_file("scenarios/orebro/prevention.toml");

class New : public ::testing::Test {
 protected:
  test::Ran kohort(const std::vector<std::string>& arguments) {
    return test::kohort(arguments, folder.path().string());
  }
  std::string text(const std::string& file) {
    return read_file(folder.name(file)).text.value_or("");
  }
  test::Folder folder;
};

TEST_F(New, ExplainsWhatPlannersChangeMost) {
  const test::Ran ran = kohort({"new", "mine", "--from", orebro});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const std::string starter = text("mine.toml");
  EXPECT_HAS(starter, "title = \"mine\"\n");
  EXPECT_HAS(starter, "# The last year of which the stock of 31 December is projected.\n");
  EXPECT_HAS(starter, "#end_year = 2040\n");
  EXPECT_HAS(starter, "in the unit year");
  EXPECT_HAS(starter, "#[[care.lever]]\n");
  EXPECT_HAS(starter, "has such blocks;");
  EXPECT_EQ(starter.find("welfare.lever"), std::string::npos) << "the base has no needs of welfare";
}

TEST_F(New, ChangesNothingYet) {
  kohort({"new", "mine", "--from", orebro});
  const test::Ran ran = kohort({"diff", orebro, "mine.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(ran.out, "\ntitle\n");
  EXPECT_HAS(ran.out, "\ndescription\n");
  EXPECT_HAS(ran.out, "\n2 differences\n");
}

TEST_F(New, IsSoundWithEverySettingTakenUp) {
  kohort({"new", "mine.toml", "--from", orebro});
  const std::string all =
      std::regex_replace(text("mine.toml"), std::regex("(^|\n)#(?=[a-z\\[])"), "$1");
  folder.write("all.toml", all);
  const test::Ran ran = kohort({"validate", "all.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const std::string out = kohort({"diff", orebro, "all.toml"}).out;
  EXPECT_EQ(out.find("projection."), std::string::npos) << out;
  EXPECT_HAS(out, "\npopulation.multiplier[1]\n");
}

TEST_F(New, NeverReplacesAFile) {
  folder.write("mine.toml", "precious");
  const test::Ran ran = kohort({"new", "mine", "--from", orebro});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "mine.toml: error: there is such a file, and it is not replaced; choose");
  EXPECT_EQ(text("mine.toml"), "precious");
}

TEST_F(New, NamesTheSchemaOfItsBaseAsSeenFromItsOwnFolder) {
  const std::string preston = "tests/published/preston_box6/";
  std::filesystem::copy(test::project_file(preston), folder.name("base"));
  folder.write("base/open.toml", "#:schema ../s.json\n" + text("base/open.toml"));
  std::filesystem::create_directories(folder.name("deep/er"));
  const test::Ran ran = kohort({"new", "deep/er/mine", "--from", "base/open.toml"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_HAS(text("deep/er/mine.toml"), "#:schema ../../s.json\n");
  EXPECT_HAS(text("deep/er/mine.toml"), "extends = \"../../base/open.toml\"\n");
}

TEST_F(New, WantsABaseThatIsSound) {
  folder.write("base.toml", "format = 1\n");
  const test::Ran ran = kohort({"new", "mine", "--from", "base.toml"});
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_HAS(ran.err, "base.toml: error: projection.base_year is missing");
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(New, SaysWhereItCannotWrite) {
  const test::Ran ran = kohort({"new", "nowhere/mine", "--from", orebro});
  EXPECT_EQ(ran.exit_code, 4);
  EXPECT_HAS(ran.err, "nowhere/mine.toml: error: writing failed: No such file or directory");
}

}  // namespace
}  // namespace kohort
