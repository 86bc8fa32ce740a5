// The built program, run as a user runs it.
#pragma once

#include <string>
#include <vector>

namespace kohort::test {

/// The file of the built program.
std::string program();

/// What a run of the program left.
struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// Runs `kohort ARGUMENTS` in a folder and waits for it. `before` are shell commands that prepare
/// the ground, such as "ulimit -f 100;".
Ran kohort(const std::vector<std::string>& arguments, const std::string& folder,
           const std::string& before = "");

/// The program while it runs, to be sent signals. Its output goes nowhere.
class Running {
 public:
  Running(const std::vector<std::string>& arguments, const std::string& folder);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  /// Sends a signal and waits until the program has taken it.
  void send(int signal) const;
  /// Waits for the end: the exit code, or minus the signal that ended it.
  int wait();

 private:
  int process_ = -1;
};

}  // namespace kohort::test
