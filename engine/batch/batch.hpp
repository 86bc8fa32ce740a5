// Many scenarios side by side, with common random numbers, in one result.
#pragma once

#include <cstddef>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/batch/differences.hpp"
#include "engine/batch/member_facts.hpp"
#include "engine/batch/parts.hpp"
#include "engine/batch/plan.hpp"
#include "engine/run/room.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// One of several processes that share the scenarios of a plan. Every `of`-th of those that are not
/// the base belongs to part `number`, from 1; to part 0 belongs the base alone, which every other
/// part makes too where it finds none.
struct BatchShare {
  std::size_t number = 0;
  std::size_t of = 1;
};

/// How a batch is run, and by how many processes; nothing of it changes the result.
struct BatchOptions {
  std::filesystem::path output;
  bool resume = false;      ///< whether what an earlier batch has left is gone on with
  std::size_t threads = 0;  ///< of all scenarios together; 0: as many as the machine has
  /// None: all scenarios are run, and brought together. Otherwise those of the share, if they do
  /// not lie there yet: they are left for a batch that goes on with them.
  std::optional<BatchShare> share{};
  std::size_t beside = 1;  ///< processes that share the memory of this machine, this one included
};

/// How far a batch has come: cell-years of the scenarios that are to be run.
struct BatchProgress {
  std::size_t done = 0;
  std::size_t total = 0;
};

/// Who follows a batch. Called by one thread at a time.
struct BatchWatch {
  std::function<void(const BatchProgress&)> observe{};
  std::stop_token stop{};
};

/// How large a batch is, in bytes.
struct BatchSize {
  std::size_t cell_years = 0;
  std::size_t memory = 0;  ///< at least, beyond what is taken: the base's draws and one scenario
  std::size_t disk = 0;    ///< before compression, while parts and result lie side by side
  std::size_t side_by_side = 0;  ///< scenarios in memory at once
};

/// How long a batch is expected to take, in seconds on its threads where nothing else uses them.
struct BatchExpectation {
  double reading = 0.0;    ///< as it just took
  double computing = 0.0;  ///< writing of parts included
  double gathering = 0.0;

  double total() const { return reading + computing + gathering; }
};

/// One scenario of a batch.
struct BatchMember {
  PlanMember plan;
  std::optional<MemberFacts> facts{};  ///< none where it could not be read, or is another's
  std::unique_ptr<ScenarioRun> run{};  ///< made ready; none where it is read again in its turn
  std::exception_ptr error{};          ///< why it failed
  bool kept = false;                   ///< an earlier batch has left its result
};

/// A plan made ready. Scenarios run side by side, each on whatever threads are free; as many are in
/// memory at once as fit. Each leaves its result in a folder beside the final file, with what it
/// differs by from the base draw by draw, so that a batch that was ended can be gone on with, and
/// that several processes can share its scenarios. Neither threads, interruptions nor shares change
/// the result.
class Batch {
 public:
  /// Reads all scenarios, or those of its share and the base. One that is wrong fails alone. Throws
  /// `Error` (Fault::scenario) where they cannot stand beside each other, and `Interrupted` when
  /// asked to stop.
  Batch(BatchPlan plan, BatchOptions options, const std::stop_token& stop = {});

  const BatchPlan& plan() const { return plan_; }
  const std::vector<BatchMember>& members() const { return members_; }
  const PartsFolder& parts() const { return parts_; }

  /// What is free for this process.
  Room room() const;
  BatchSize size(const Room& room) const;
  /// Throws `Error` (Fault::storage) where it does not fit, with what makes it fit.
  void require_room(const Room& room) const;
  /// Measures each distinct size of scenario once. Nothing is written to disk.
  BatchExpectation expect() const;

  /// How many scenarios belong to it, and of these how many lie complete in the folder of parts.
  std::size_t own() const;
  std::size_t complete() const;
  /// Whether the final file is there already, complete and of this very plan; a share cannot tell.
  bool is_done() const;
  /// Runs what is missing and writes the final file, unless every scenario fails or only a share is
  /// asked for. The errors of those that do stay with the members. Throws `Interrupted` when asked
  /// to stop, and `Error` where the folder of parts or the result cannot be written.
  void run(const BatchWatch& watch = {});
  /// Lets other processes run shares in the folder of parts: what they leave there is gone on with.
  /// Throws as `run` where an earlier batch has left something that is not to be gone on with.
  void open_to_others();
  /// Removes the folder of parts if nothing in it is complete and no other process uses it.
  void leave_no_empty_folder() const;
  /// Runs a share of a whole batch, before the rest is run.
  void run_share(const BatchShare& share, const BatchWatch& watch);

 private:
  struct Clock;

  std::size_t threads() const;
  bool is_base(std::size_t member) const { return member == plan_.base; }
  bool is_own(std::size_t member) const;
  void read_all(const std::stop_token& stop);
  void read(std::size_t member, const std::stop_token& stop);
  void check_inputs(const ScenarioRun& run) const;
  void check_differences_of(std::span<const KnownMember> known) const;
  std::string key_of(std::size_t member) const;
  std::string key() const;
  std::vector<std::size_t> find_open();
  /// How many scenarios are in memory at once.
  std::size_t lanes(std::size_t memory) const;
  std::size_t largest_working() const;
  std::size_t draws_of_base() const;
  std::size_t draws_that_fit(std::size_t memory) const;
  void run_whole(const BatchWatch& watch);
  void run_own_share(const BatchWatch& watch);
  bool is_complete(std::size_t member) const;
  std::unique_ptr<FileLock> wait_for(std::size_t member, const std::stop_token& stop) const;
  void run_base(std::vector<std::size_t>& open, Clock& clock);
  void run_members(const std::vector<std::size_t>& list, Clock& clock);
  void try_member(std::size_t member, Clock& clock);
  void run_member(std::size_t member, Clock& clock);
  void write_final(const std::stop_token& stop);

  BatchPlan plan_;
  BatchOptions options_;
  PartsFolder parts_;
  mutable Arena arena_;
  std::vector<BatchMember> members_;
  bool shared_ = false;  ///< whether others have run shares of it
  BaseDraws base_draws_;
  double seconds_of_reading_ = 0.0;
  std::size_t growth_ = 0;  ///< bytes that a scenario takes once it is read
};

}  // namespace kohort
