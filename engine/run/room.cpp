#include "engine/run/room.hpp"

#include <array>
#include <limits>
#include <system_error>

#include <fmt/format.h>

#include "engine/base/error.hpp"
#include "engine/base/memory.hpp"

namespace kohort {
namespace {

std::string draws_knob(std::size_t fitting) {
  return fitting == 0 ? std::string("fewer areas") : fmt::format("--draws {}", fitting);
}

}  // namespace

Room room_for(const std::filesystem::path& file) {
  constexpr std::size_t boundless = std::numeric_limits<std::size_t>::max();
  Room room{memory_available(), boundless};
  if (room.memory == 0) room.memory = boundless;
  std::error_code unknown;
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const auto space = std::filesystem::space(folder, unknown);
  if (!unknown) room.disk = space.available;
  return room;
}

std::string bytes_in_words(std::size_t bytes) {
  constexpr std::array<const char*, 5> units{"B", "kB", "MB", "GB", "TB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (amount >= 1000.0 && unit + 1 < units.size()) {
    amount /= 1000.0;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", amount, unit == 0 || amount >= 100.0 ? 0 : 1, units[unit]);
}

std::size_t most_draws(const ScenarioRun& run, std::size_t memory, std::size_t more_per_draw) {
  std::size_t fits = 0;
  std::size_t too_many = run.options().shape.draws + 1;
  while (fits + 1 < too_many) {
    const std::size_t middle = fits + (too_many - fits) / 2;
    const bool room = run.plan(middle).working + middle * more_per_draw <= memory;
    (room ? fits : too_many) = middle;
  }
  return fits;
}

void require_room(const ScenarioRun& run, const Room& room) {
  const Plan plan = run.plan();
  Mistakes mistakes;
  const std::string& file = run.settings().scenario_file();
  if (plan.working > room.memory) {
    mistakes.add({{file, 0, 0},
                  fmt::format("the run takes about {} of memory, and {} are free",
                              bytes_in_words(plan.working), bytes_in_words(room.memory)),
                  fmt::format("it fits with {}; fewer variables in output.quantiles_of help too",
                              draws_knob(most_draws(run, room.memory)))});
  }
  if (plan.disk > room.disk) {
    mistakes.add({{file, 0, 0},
                  fmt::format("the result takes up to {} of disk, and {} are free",
                              bytes_in_words(plan.disk), bytes_in_words(room.disk)),
                  "write it elsewhere with -o, or fewer of it: output.quantiles_of, "
                  "output.draws = false"});
  }
  mistakes.throw_if_any(Fault::storage);
}

}  // namespace kohort
