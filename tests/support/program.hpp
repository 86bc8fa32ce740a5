// The built program, run as a user runs it.
#pragma once

#include <string>
#include <vector>

namespace kohort::test {

/// What a run of the program left.
struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `kohort ARGUMENTS` in a folder and waits for it.
Ran kohort(const std::vector<std::string>& arguments, const std::string& folder);

}  // namespace kohort::test
