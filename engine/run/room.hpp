// Whether there is room for what a run takes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/run/scenario_run.hpp"

namespace kohort {

/// Bytes that are free.
struct Room {
  std::size_t memory = 0;
  std::size_t disk = 0;
};

/// What is free now: of memory for this process, and of disk where the file will lie. What the
/// system does not say is taken as boundless.
Room room_for(const std::filesystem::path& file);

/// 1400000000 as "1.4 GB".
std::string bytes_in_words(std::size_t bytes);

/// The most draws with which the projection of a run fits into that much memory; 0 where one does
/// not. `more_per_draw`: what each takes besides.
std::size_t most_draws(const ScenarioRun& run, std::size_t memory, std::size_t more_per_draw = 0);

/// Throws `Error` (Fault::storage) where the run does not fit, with what makes it fit. The disk is
/// held against the size before compression, so that what passes fits surely.
void require_room(const ScenarioRun& run, const Room& room);

}  // namespace kohort
