// Where results go, and what becomes of them when they cannot be written.
#include <cstdlib>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "engine/base/file.hpp"
#include "engine/store/reader.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/program.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

const std::string preston = test::project_file("tests/published/preston_box6/open.toml");

class Output : public ::testing::Test {
 protected:
  test::Ran run(const std::string& output, const std::string& before = "") {
    return test::kohort({"run", preston, "-o", output}, folder.path().string(), before);
  }

  /// A run to that file must not start.
  std::string refused(int exit_code, const std::string& output) {
    const test::Ran ran = run(output);
    EXPECT_EQ(ran.exit_code, exit_code) << ran.err;
    EXPECT_EQ(ran.out, "");
    return ran.err;
  }

  bool is_result(const std::string& name) {
    return store::Reader(folder.name(name)).text("status") == "complete";
  }

  test::Folder folder;
};

TEST_F(Output, ReplacesAnOldResult) {
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_TRUE(is_result("a.h5"));
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(Output, ReplacesAnEmptyFile) {
  folder.write("a.h5", "");
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_TRUE(is_result("a.h5"));
}

TEST_F(Output, NeverReplacesAnotherKindOfFile) {
  folder.write("table.csv", "area,value\n");
  EXPECT_HAS(refused(2, "table.csv"),
             "table.csv: error: the result cannot go there: it is a file that is no HDF5 result");
  EXPECT_EQ(read_file(folder.name("table.csv")).text, "area,value\n");
}

TEST_F(Output, NeverReplacesWhatIsNoFile) {
  fs::create_directory(folder.name("folder"));
  ASSERT_EQ(::mkfifo(folder.name("pipe").c_str(), 0600), 0);
  EXPECT_HAS(refused(2, "folder"), "it is a folder");
  EXPECT_HAS(refused(2, "pipe"), "it is no regular file");
  EXPECT_TRUE(fs::is_fifo(folder.name("pipe")));
}

TEST_F(Output, FollowsALinkToItsTarget) {
  fs::create_directory(folder.name("disk"));
  fs::create_symlink("disk/b.h5", folder.name("a.h5"));
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_TRUE(fs::is_symlink(folder.name("a.h5")));
  EXPECT_TRUE(is_result("disk/b.h5"));
}

TEST_F(Output, DoesNotFollowALinkToAnotherKindOfFile) {
  folder.write("s.toml", "format = 1\n");
  fs::create_symlink("s.toml", folder.name("a.h5"));
  refused(2, "a.h5");
  EXPECT_EQ(read_file(folder.name("s.toml")).text, "format = 1\n");
}

TEST_F(Output, RefusesLinksInACircle) {
  fs::create_symlink("a.h5", folder.name("a.h5"));
  EXPECT_HAS(refused(4, "a.h5"), "the symbolic links lead nowhere");
}

TEST_F(Output, RefusesAFolderThatIsNotThereBeforeTheRun) {
  EXPECT_HAS(refused(4, "no/such/folder.h5"), "no file can be written there");
}

// A limit on the size of files stands for a full disk: 2 to 100 blocks of 512 bytes, of 105 that
// the result has. It fails in the scales, in a dataset and while closing.
TEST_F(Output, AFullDiskGivesFourAndLeavesNothing) {
  for (const int blocks : {2, 30, 60, 90, 100}) {
    const test::Ran ran = run("a.h5", "trap '' XFSZ; ulimit -f " + std::to_string(blocks) + ";");
    EXPECT_EQ(ran.exit_code, 4) << blocks << " blocks: " << ran.err;
    EXPECT_HAS(ran.err, "File too large");
    EXPECT_HAS(ran.err, "a.h5");
    EXPECT_EQ(folder.files(), 0U);
  }
}

TEST_F(Output, AFullDiskLeavesTheOldResult) {
  EXPECT_EQ(run("a.h5").exit_code, 0);
  EXPECT_EQ(run("a.h5", "trap '' XFSZ; ulimit -f 60;").exit_code, 4);
  EXPECT_TRUE(is_result("a.h5"));
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(Output, StandardOutputThatIsFullGivesFour) {
  const int status =
      std::system((test::program() + " parameters > /dev/full 2> /dev/null").c_str());
  EXPECT_EQ(WEXITSTATUS(status), 4);
}

}  // namespace
}  // namespace kohort
