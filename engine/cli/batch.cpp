#include "engine/batch/batch.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/cli/batch_table.hpp"
#include "engine/cli/commands.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/ranks.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/cli/threads.hpp"
#include "engine/comm/placement.hpp"
#include "engine/store/target.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort::cli {
namespace {

namespace fs = std::filesystem;

/// Before the computing starts it is known whether the result can be written.
fs::path output_of(const BatchArguments& arguments) {
  const std::string usual = fs::path(arguments.plan).stem().string() + ".h5";
  fs::path output = arguments.output.empty() ? fs::path(usual) : fs::path(arguments.output);
  std::error_code none_there;
  if (fs::is_directory(output, none_there)) output /= usual;
  store::result_target(output);
  return output;
}

/// Says which scenarios have failed and why; keeps what was said.
class FailureReport {
 public:
  void tell_new(const Batch& batch) {
    for (const BatchMember& member : batch.members()) {
      if (!member.error || !told_.insert(member.plan.name).second) continue;
      tell(fmt::format("{}: scenario '{}' failed ({}; {})", to_string(member.plan.where),
                       member.plan.name, member.plan.file.string(),
                       fmt::join(member.plan.overrides, ", ")));
      const Exit exit = report(member.error);
      if (first_ == Exit::done) first_ = exit;
    }
  }

  /// The exit code of the first of them; done where there are none.
  Exit exit() const { return first_; }

 private:
  static Exit report(const std::exception_ptr& error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& known) {
      return cli::report(known);
    }
  }

  std::set<std::string> told_;
  Exit first_ = Exit::done;
};

/// "3/8" is part 3 of 8; none where no part is named.
std::optional<BatchShare> share_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto read = [](std::string_view digits, std::size_t& number) {
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return fault == std::errc() && end == digits.data() + digits.size();
  };
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view all = text;
  BatchShare share;
  const bool sound = read(all.substr(0, slash), share.number) && slash < text.size() &&
                     read(all.substr(slash + 1), share.of) && share.of > 0 &&
                     share.number <= share.of;
  if (sound) return share;
  throw Error(Fault::scenario,
              Mistake{{"--part", 0, 0},
                      fmt::format("found '{}'", text),
                      "write I/N, such as 3/8 for the third of eight, or 0/8 for the base"});
}

void print_plan(const Batch& batch) {
  for (const BatchMember& member : batch.members()) {
    if (!member.facts) continue;
    const Plan& size = member.facts->size;
    fmt::print(
        "{:<40} {} cells, {} intervals, {} draw(s): {} cell-years{}\n", member.plan.name,
        count_text(static_cast<double>(size.cells)), size.intervals, size.draws,
        count_text(static_cast<double>(size.cell_years)),
        size.variants == 0 ? "" : fmt::format("; fitted for {} drawn values", size.variants));
  }
  const BatchSize size = batch.size(batch.room());
  fmt::print("{} scenarios, held against '{}': {} cell-years\n", batch.own(),
             batch.plan().members[batch.plan().base].name,
             count_text(static_cast<double>(size.cell_years)));
  fmt::print(
      "memory about {} at least, {} scenario(s) side by side; disk about {} before "
      "compression, parts included\n",
      bytes_in_words(size.memory), size.side_by_side, bytes_in_words(size.disk));
  const BatchExpectation expected = batch.expect();
  fmt::print(
      "expected time {:.1f} s on threads that nothing else uses: {:.1f} s to read and fit, as just "
      "now; {:.1f} s to compute and {:.1f} s to bring together, measured on some of each size\n",
      expected.total(), expected.reading, expected.computing, expected.gathering);
}

/// Says what a part has left for the others.
void print_part(const Batch& batch, const BatchArguments& arguments, const fs::path& output) {
  fmt::print("part {}: {} of its {} scenarios are complete in {}\n", arguments.part,
             batch.complete(), batch.own(), batch.parts().path().string());
  fmt::print("when all parts are: kohort batch {} -o {} --resume\n", arguments.plan,
             output.string());
}

/// Says what has been completed of a batch that ended before its time, if anything.
bool tell_complete(const Batch& batch, std::string_view ending) {
  const std::size_t complete = batch.parts().count();
  if (complete == 0) return false;
  tell(fmt::format("{}; {} of {} scenarios are complete in {}: --resume goes on", ending, complete,
                   batch.members().size(), batch.parts().path().string()));
  return true;
}

/// Ends a batch that was asked to stop: what is complete stays.
Exit interrupted(const Batch& batch) {
  if (!tell_complete(batch, "interrupted")) tell("interrupted; no result was written");
  return Exit::interrupted;
}

/// With how many threads this process takes part, and how many share the memory of its machine.
struct Seat {
  std::size_t threads = 0;
  std::size_t beside = 1;
};

/// Of several ranks.
Seat seat_of(const Communicator& ranks, const BatchArguments& arguments) {
  const std::vector<Placement> all = place_ranks(ranks, arguments.threads);
  return {all[ranks.rank()].threads, ranks_beside(all, ranks.rank())};
}

void tell_seat(const Communicator& ranks, const Seat& seat, const Batch& batch) {
  Placement own = placement_here();
  own.threads = seat.threads;
  own.memory = batch.size(batch.room()).memory;
  tell_placement(ranks, own, batch.plan().file);
}

BatchPlan plan_of(const BatchArguments& arguments) {
  return read_plan(arguments.plan, overrides_of({}, arguments.draws, arguments.seed));
}

void refuse_part_on_ranks(const BatchArguments& arguments) {
  if (arguments.part.empty()) return;
  throw Error(Fault::scenario, Mistake{{"--part", 0, 0},
                                       "several ranks were started, which share the scenarios",
                                       "leave --part out, or start the program without mpirun"});
}

/// What the writing rank does with the others, before it brings together what all have left.
void lead(Batch& batch, const Communicator& ranks, const BatchWatch& watch, bool resume) {
  const bool open = !(resume && batch.is_done());
  if (open) batch.open_to_others();
  first_says(ranks, open);
  if (open) batch.run_share({1, ranks.size()}, watch);
  ranks.meet();
}

/// What any other rank does. What fails there, the writing rank tries again and tells.
Exit follow(const BatchArguments& arguments, const fs::path& output, const Communicator& ranks,
            const std::stop_token& stop) {
  if (arguments.dry_run) return Exit::done;
  const Seat seat = seat_of(ranks, arguments);
  {
    Batch batch(
        plan_of(arguments),
        {output, true, seat.threads, BatchShare{ranks.rank() + 1, ranks.size()}, seat.beside},
        stop);
    tell_seat(ranks, seat, batch);
    if (first_says(ranks, false)) batch.run({{}, stop});
  }
  ranks.meet();
  return Exit::done;
}

/// Says what has become of the scenarios, and what they come to.
void print_outcome(const Batch& batch, const fs::path& output, double seconds) {
  const std::size_t all = batch.members().size();
  const auto failed = static_cast<std::size_t>(
      std::count_if(batch.members().begin(), batch.members().end(),
                    [](const BatchMember& member) { return member.error != nullptr; }));
  if (failed < all) {
    fmt::print("{}", batch_page(store::Reader(output)));
    fmt::print("\n{}: {} scenarios in {:.2f} s\n", output.string(), all - failed, seconds);
  }
  if (failed > 0) {
    tell(fmt::format("{} of {} scenarios failed; --resume tries them again", failed, all));
  }
}

}  // namespace

Exit batch(const BatchArguments& arguments, const Communicator& ranks) {
  const InterruptGuard interrupt;
  const ThreadLimit limit(threads_of(arguments.threads));
  const auto started = std::chrono::steady_clock::now();
  const fs::path output = output_of(arguments);
  const bool shared = ranks.size() > 1;
  if (shared) refuse_part_on_ranks(arguments);
  if (!ranks.writes()) return follow(arguments, output, ranks, interrupt.token());
  const bool alone = !shared || arguments.dry_run;
  const Seat seat = alone ? Seat{threads_of(arguments.threads), 1} : seat_of(ranks, arguments);
  Batch batch(plan_of(arguments),
              {output, arguments.resume, seat.threads, share_of(arguments.part), seat.beside},
              interrupt.token());
  FailureReport failures;
  failures.tell_new(batch);
  if (arguments.dry_run) {
    print_plan(batch);
    batch.require_room(batch.room());
    return failures.exit();
  }
  try {
    if (shared) tell_seat(ranks, seat, batch);
    ProgressDisplay display(fs::path(arguments.plan).stem().string(), arguments.progress,
                            "cell-years");
    const BatchWatch watch{
        [&](const BatchProgress& progress) { display.update(progress.done, progress.total); },
        interrupt.token()};
    if (shared) lead(batch, ranks, watch, arguments.resume);
    batch.run(watch);
  } catch (const Interrupted&) {
    if (shared) batch.leave_no_empty_folder();
    return interrupted(batch);
  } catch (const EndedElsewhere&) {
    batch.leave_no_empty_folder();
    tell_complete(batch, "another rank has ended");
    throw;
  }
  failures.tell_new(batch);
  if (arguments.part.empty()) {
    print_outcome(
        batch, output,
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count());
  } else {
    print_part(batch, arguments, output);
  }
  return failures.exit();
}

}  // namespace kohort::cli
