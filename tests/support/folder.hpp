// Files that a test makes, and folders that it reads.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace kohort::test {

/// A folder of the test's own, gone when the test ends. One that needs several gives them names.
class Folder {
 public:
  explicit Folder(const std::string& of_several = "") {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("kohort-") + test->test_suite_name() + "-" + test->name() + "-" +
                       std::to_string(::getpid()) + of_several;
    std::replace(name.begin(), name.end(), '/', '-');  // of parameters
    path_ = std::filesystem::temp_directory_path() / name;
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// Writes a file into the folder; returns its whole name.
  std::string write(const std::string& name, const std::string& text) const {
    const auto file = path_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  std::string name(const std::string& file) const { return (path_ / file).string(); }
  const std::filesystem::path& path() const { return path_; }
  /// How many files lie in it.
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

 private:
  std::filesystem::path path_;
};

/// The project's folder.
std::string project_folder();

/// A file of the project, by its name from the project's folder.
inline std::string project_file(const std::string& name) { return project_folder() + "/" + name; }

/// A file of the folder ../shared beside the project, which is read in place and never copied. The
/// test fails, and says why, where it is missing.
inline std::string shared_file(const std::string& name) {
  const std::string file = project_file("../shared/" + name);
  if (!std::filesystem::exists(file)) {
    ADD_FAILURE() << "this test reads '../shared/" << name
                  << "', which is not part of the project and is missing beside it";
  }
  return file;
}

}  // namespace kohort::test
