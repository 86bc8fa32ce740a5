#include "engine/base/error.hpp"

#include <gtest/gtest.h>

namespace kohort {
namespace {

TEST(Mistake, NamesPlaceFindingAndRemedy) {
  const Mistake mistake{{"a.toml", 3, 12}, "found 'x'", "write a number"};
  EXPECT_EQ(to_string(mistake), "a.toml:3:12: error: found 'x'; write a number");
}

TEST(Mistake, LeavesOutWhatIsNotKnown) {
  EXPECT_EQ(to_string(Mistake{{"a.csv", 0, 0}, "it is empty", ""}), "a.csv: error: it is empty");
  EXPECT_EQ(to_string(Mistake{{"a.csv", 7, 0}, "bad", ""}), "a.csv:7: error: bad");
  EXPECT_EQ(to_string(Mistake{{}, "bad", "mend it"}), "error: bad; mend it");
}

TEST(Error, HasOneLinePerMistake) {
  const Error error(Fault::input, {{{"a", 1, 0}, "first", ""}, {{"b", 2, 0}, "second", ""}});
  EXPECT_STREQ(error.what(), "a:1: error: first\nb:2: error: second");
}

TEST(Mistakes, ThrowAllThatWereGathered) {
  Mistakes mistakes;
  EXPECT_NO_THROW(mistakes.throw_if_any(Fault::scenario));
  mistakes.add({{}, "one", ""});
  mistakes.add({{}, "two", ""});
  try {
    mistakes.throw_if_any(Fault::scenario);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.mistakes().size(), 2U);
    EXPECT_EQ(error.fault(), Fault::scenario);
  }
}

}  // namespace
}  // namespace kohort
