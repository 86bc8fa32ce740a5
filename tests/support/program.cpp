#include "tests/support/program.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <sys/wait.h>

namespace kohort::test {
namespace {

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char letter : text)
    result += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return result + "'";
}

std::string read(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

Ran kohort(const std::vector<std::string>& arguments, const std::string& folder) {
  std::string command = "cd " + quoted(folder) + " && " + quoted(KOHORT_PROGRAM);
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " > .out 2> .err";
  const int status = std::system(command.c_str());
  Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(folder + "/.out"),
          read(folder + "/.err")};
  std::remove((folder + "/.out").c_str());
  std::remove((folder + "/.err").c_str());
  return ran;
}

}  // namespace kohort::test
