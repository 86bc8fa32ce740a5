#include "tests/support/program.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kohort::test {

std::string program() { return KOHORT_PROGRAM; }
namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text) {
    result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  }
  return result + "'";
}

std::string read(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

Ran kohort(const std::vector<std::string>& arguments, const std::string& folder,
           const std::string& before) {
  std::string command = "cd " + quoted(folder) + " && { " + before + " " + quoted(program());
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " > .out 2> .err; }";
  const int status = std::system(command.c_str());
  Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder + "/.out"),
          read(folder + "/.err")};
  std::remove((folder + "/.out").c_str());
  std::remove((folder + "/.err").c_str());
  return ran;
}

Running::Running(const std::vector<std::string>& arguments, const std::string& folder) {
  std::vector<std::string> words{program()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  process_ = ::fork();
  if (process_ != 0) return;
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  if (::chdir(folder.c_str()) == 0) ::execv(pointers.front(), pointers.data());
  std::_Exit(127);
}

Running::~Running() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

void Running::send(int signal) const {
  using namespace std::chrono_literals;
  ::kill(process_, signal);
  const std::string status = "/proc/" + std::to_string(process_) + "/status";
  const std::string none_pending = "ShdPnd:\t0000000000000000";
  for (int tries = 0; tries < 500; ++tries) {
    const std::string now = read(status);
    const bool ended = now.find("State:\tZ") != std::string::npos;
    if (ended || now.find(none_pending) != std::string::npos) break;
    std::this_thread::sleep_for(10ms);
  }
  std::this_thread::sleep_for(50ms);  // from taking it to heeding it
}

int Running::wait() {
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace kohort::test
