#include "engine/store/temporary_file.hpp"

#include <array>
#include <set>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/file.hpp"
#include "tests/support/expect_error.hpp"
#include "tests/support/folder.hpp"

namespace kohort::store {
namespace {

namespace fs = std::filesystem;

class TemporaryFiles : public ::testing::Test {
 protected:
  static void fill(const TemporaryFile& file) { std::ofstream(file.name()) << "content"; }
  fs::path target() const { return folder.name("a.h5"); }
  test::Folder folder;
};

TEST_F(TemporaryFiles, AreNamedAfterTargetHostAndProcessAndNeverTheSame) {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::set<std::string> names;
  for (int i = 0; i < 20; ++i) names.insert(TemporaryFile(target()).name().string());
  EXPECT_EQ(names.size(), 20U);
  const std::string short_host =
      std::string(host.data()).substr(0, std::string(host.data()).find('.'));
  EXPECT_HAS(*names.begin(), "a.h5.tmp." + short_host + "." + std::to_string(::getpid()) + ".");
}

TEST_F(TemporaryFiles, TakeTheirFinalName) {
  TemporaryFile file(target());
  fill(file);
  file.move_to(target());
  EXPECT_EQ(read_file(target()).text, "content");
  EXPECT_EQ(folder.files(), 1U);
}

TEST_F(TemporaryFiles, GoWhenTheyAreNotMoved) {
  { fill(TemporaryFile(target())); }
  EXPECT_EQ(folder.files(), 0U);
}

// A pipe can be opened like a file and not be synced: so fails a disk that is broken.
TEST_F(TemporaryFiles, GoWhenTheyCannotBeSynced) {
  {
    TemporaryFile file(target());
    ASSERT_EQ(::mkfifo(file.name().c_str(), 0600), 0);
    EXPECT_HAS(test::error_of(Fault::storage, [&] { file.move_to(target()); }),
               "syncing to disk failed");
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST_F(TemporaryFiles, OfProcessesThatWereKilledAreRemovedAndNoOthers) {
  const TemporaryFile own(target());
  fill(own);
  const std::string name = own.name().string();
  const std::string process = "." + std::to_string(::getpid()) + ".";
  const std::size_t at = name.find(process);
  ASSERT_NE(at, std::string::npos);
  // No process has so high a number.
  std::ofstream(name.substr(0, at) + ".2147483647.00000001") << "left over";
  std::ofstream(target().string() + ".tmp.elsewhere.2147483647.00000001") << "of another machine";
  remove_left_over(target());
  EXPECT_EQ(folder.files(), 2U);
  EXPECT_TRUE(fs::exists(own.name()));
}

TEST_F(TemporaryFiles, GoWhenTheyCannotBeRenamed) {
  fs::create_directory(target());
  {
    TemporaryFile file(target());
    fill(file);
    EXPECT_HAS(test::error_of(Fault::storage, [&] { file.move_to(target()); }), "renaming failed");
  }
  EXPECT_EQ(folder.files(), 0U);
}

}  // namespace
}  // namespace kohort::store
