#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/file.hpp"
#include "engine/cli/commands.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/scenario/starter.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

/// A file as it is to be named in another file of the folder.
std::string seen_from(const fs::path& folder, const fs::path& file) {
  return fs::proximate(fs::weakly_canonical(file), fs::weakly_canonical(folder)).generic_string();
}

/// The schema that the base names in its comment for editors; empty where it names none.
std::string schema_of(const fs::path& base, const fs::path& folder) {
  const std::string text = read_file(base).text.value_or("");
  const std::string mark = "#:schema ";
  if (!text.starts_with(mark)) return "";
  std::string named = text.substr(mark.size(), text.find_first_of("\r\n") - mark.size());
  if (named.find("://") != std::string::npos) return named;
  return seen_from(folder, base.parent_path() / named);
}

[[noreturn]] void fail(Fault fault, const fs::path& file, const std::string& what,
                       const std::string& remedy) {
  throw Error(fault, Mistake{{file.string(), 0, 0}, what, remedy});
}

void write_anew(const fs::path& file, const std::string& text) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(
      std::fopen(file.c_str(), "wx"), [](std::FILE* open) { return std::fclose(open); });
  if (stream == nullptr && errno == EEXIST) {
    fail(Fault::scenario, file, "there is such a file, and it is not replaced",
         "choose another name");
  }
  const bool written = stream != nullptr &&
                       std::fwrite(text.data(), 1, text.size(), stream.get()) == text.size() &&
                       std::fflush(stream.get()) == 0;
  if (written) return;
  const std::string reason = std::strerror(errno);
  std::error_code ignored;
  if (stream != nullptr) fs::remove(file, ignored);
  fail(Fault::storage, file, "writing failed: " + reason, "check the folder, and the free space");
}

}  // namespace

Exit make_scenario(const std::string& name, const std::string& base) {
  fs::path file(name);
  if (file.extension() != ".toml") file += ".toml";
  const ScenarioRun run(base, {});  // all is read, so that it is known what the base makes use of
  const fs::path folder = fs::absolute(file).parent_path();
  const Starter starter{file.stem().string(), seen_from(folder, base), schema_of(base, folder)};
  write_anew(file, starter_text(starter, run.settings(), full_catalogue()));
  fmt::print("{}: extends {}, and changes nothing yet\n", file.string(), starter.extends);
  return Exit::done;
}

}  // namespace kohort::cli
