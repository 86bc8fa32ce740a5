// Errors as tests see them.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "engine/base/error.hpp"

namespace kohort::test {

/// Runs `action`, which must throw an `Error` of this fault, and returns its text.
template <class Action>
std::string error_of(Fault fault, Action&& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.fault()), static_cast<int>(fault)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error was thrown";
  return "";
}

}  // namespace kohort::test

/// The text holds the part.
#define EXPECT_HAS(text, part) \
  EXPECT_NE(std::string(text).find(part), std::string::npos) << "in: " << (text)
