// scenarios/FORMAT.md ends with what the catalogue says today.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "engine/run/parameters.hpp"
#include "engine/scenario/document.hpp"
#include "tests/support/folder.hpp"

namespace kohort {
namespace {

TEST(ScenarioFormat, IsDocumentedAsItIs) {
  std::ifstream stream(test::project_file("scenarios/FORMAT.md"));
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  const std::string mark = "<!-- From here on: kohort parameters --markdown -->\n";
  const std::size_t at = text.find(mark);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(text.substr(at + mark.size()), markdown(full_catalogue()))
      << "write the output of `kohort parameters --markdown` below the mark in scenarios/FORMAT.md";
}

}  // namespace
}  // namespace kohort
