#include "engine/base/digest.hpp"

#include <gtest/gtest.h>

namespace kohort {
namespace {

// FIPS 180-4, examples published by NIST.
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, TellsWhereOneTextEndsAndTheNextBegins) {
  Digest first;
  first.add_text("ab");
  first.add_text("c");
  Digest second;
  second.add_text("a");
  second.add_text("bc");
  EXPECT_NE(first.hexadecimal(), second.hexadecimal());
}

}  // namespace
}  // namespace kohort
