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

TEST(Attempts, GoOnAfterAMistakeAndKeepEachOnce) {
  Attempts attempts;
  int done = 0;
  for (const char* what : {"one", "two", "one"}) {
    attempts.attempt([&] { throw Error(Fault::input, Mistake{{}, what, ""}); });
    attempts.attempt([&] { ++done; });
  }
  EXPECT_EQ(done, 3);
  try {
    attempts.throw_if_any();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.mistakes().size(), 2U);
    EXPECT_EQ(error.fault(), Fault::input);
  }
}

TEST(Attempts, AreTheScenariosFaultWhereAnyOfItIs) {
  Attempts attempts;
  attempts.attempt([] { throw Error(Fault::scenario, Mistake{{}, "one", ""}); });
  attempts.attempt([] { throw Error(Fault::input, Mistake{{}, "two", ""}); });
  try {
    attempts.throw_if_any();
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::scenario);
  }
}

TEST(Attempts, StopWhereTheProgramOrTheDiskIsAtFault) {
  Attempts attempts;
  EXPECT_THROW(attempts.attempt([] {
    throw Error(Fault::storage, Mistake{{}, "full", ""});
  }),
               Error);
  EXPECT_NO_THROW(attempts.throw_if_any());
}

}  // namespace
}  // namespace kohort
