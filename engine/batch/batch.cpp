#include "engine/batch/batch.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "engine/base/digest.hpp"
#include "engine/base/memory.hpp"
#include "engine/base/nearest.hpp"
#include "engine/batch/gather.hpp"
#include "engine/batch/side_by_side.hpp"
#include "engine/run/summary_file.hpp"
#include "engine/store/reader.hpp"
#include "engine/store/target.hpp"
#include "engine/store/temporary_file.hpp"
#include "engine/store/writer.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& known) {
    return known.what();
  }
}

}  // namespace

/// Counts what is done, for whoever follows.
struct Batch::Clock {
  const BatchWatch& watch;
  std::size_t total = 0;
  std::size_t done = 0;
  std::mutex alone{};

  void add(std::size_t cell_years) {
    const std::lock_guard lock(alone);
    done += cell_years;
    if (watch.observe) watch.observe({std::min(done, total), total});
  }
};

Batch::Batch(BatchPlan plan, BatchOptions options, const std::stop_token& stop)
    : plan_(std::move(plan)),
      options_(std::move(options)),
      parts_(store::result_target(options_.output)),
      arena_(options_.threads) {
  for (const PlanMember& member : plan_.members) members_.push_back({member});
  const double started = process_seconds();
  read_all(stop);
  seconds_of_reading_ = (process_seconds() - started) / static_cast<double>(threads());
  std::vector<KnownMember> known;
  for (const BatchMember& member : members_) {
    if (member.facts) known.push_back({&member.plan, &*member.facts});
  }
  const auto base = std::find_if(known.begin(), known.end(), [&](const KnownMember& one) {
    return one.member == &members_[plan_.base].plan;
  });
  if (base != known.end()) std::rotate(known.begin(), base, base + 1);
  require_common_axes(known);
  check_differences_of(known);
}

/// What is to be held against the base is something that a scenario has. It may be one that this
/// process has not read.
void Batch::check_differences_of(std::span<const KnownMember> known) const {
  if (options_.share) return;
  std::vector<std::string> names;
  for (const KnownMember& member : known) {
    names.insert(names.end(), member.facts->names.begin(), member.facts->names.end());
  }
  Mistakes mistakes;
  for (const std::string& name : plan_.differences_of) {
    if (known.empty() || std::find(names.begin(), names.end(), name) != names.end()) continue;
    mistakes.add({plan_.differences_where,
                  fmt::format("differences_of: no scenario has a variable '{}'", name),
                  nearest_or_all(name, names)});
  }
  mistakes.throw_if_any(Fault::scenario);
}

std::size_t Batch::threads() const { return arena_.threads(); }

bool Batch::is_own(std::size_t member) const {
  if (!options_.share) return true;
  if (is_base(member)) return options_.share->number == 0;
  const std::size_t among_others = member - (member > plan_.base ? 1 : 0);
  return among_others % options_.share->of + 1 == options_.share->number;
}

std::size_t Batch::own() const {
  std::size_t count = 0;
  for (std::size_t at = 0; at < members_.size(); ++at) count += is_own(at) ? 1 : 0;
  return count;
}

bool Batch::is_complete(std::size_t at) const {
  return members_[at].facts && parts_.is_complete(members_[at].plan.name, key_of(at));
}

std::size_t Batch::complete() const {
  std::size_t count = 0;
  for (std::size_t at = 0; at < members_.size(); ++at) {
    count += is_own(at) && !members_[at].error && is_complete(at) ? 1 : 0;
  }
  return count;
}

/// The base first, by which it is known whether all of them can be kept ready.
void Batch::read_all(const std::stop_token& stop) {
  const std::size_t before = memory_in_use().resident;
  arena_.execute([&] { read(plan_.base, stop); });
  growth_ = memory_in_use().resident - std::min(before, memory_in_use().resident);
  const bool keep = growth_ * members_.size() < room().memory / 4;
  std::vector<std::size_t> others;
  for (std::size_t at = 0; at < members_.size(); ++at) {
    if (!is_base(at) && is_own(at)) others.push_back(at);
  }
  side_by_side(arena_, others, threads(), [&](std::size_t member) {
    read(member, stop);
    const auto& facts = members_[member].facts;
    if (!keep || (facts && facts->size.variants > 0)) members_[member].run.reset();
  });
}

void Batch::read(std::size_t at, const std::stop_token& stop) {
  BatchMember& member = members_[at];
  try {
    member.run = std::make_unique<ScenarioRun>(member.plan.file, member.plan.overrides, stop);
    member.run->share_threads();
    check_inputs(*member.run);
    if (!member.facts) member.facts = facts_of(*member.run, plan_.differences_of);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    member.run.reset();
    member.error = std::current_exception();
  }
}

/// What a scenario has read is never replaced by the result.
void Batch::check_inputs(const ScenarioRun& run) const {
  const fs::path target = store::result_target(options_.output);
  for (const InputRecord& input : run.inputs()) {
    std::error_code none_there;
    if (!fs::equivalent(target, input.file, none_there)) continue;
    throw Error(Fault::scenario,
                Mistake{{options_.output.string(), 0, 0},
                        fmt::format("a scenario reads this file ({}), and the result would be "
                                    "written over it",
                                    input.parameter),
                        "name another file: -o RESULT.h5"});
  }
}

/// Of the base also whether there are any: without it others differ from nothing.
std::string Batch::key_of(std::size_t at) const {
  const BatchMember& base = members_[plan_.base];
  Digest digest;
  digest.add_text(members_[at].facts->key);
  digest.add_text(base.error ? "" : base.facts->key);
  for (const std::string& name : plan_.differences_of) digest.add_text(name);
  return digest.hexadecimal();
}

std::string Batch::key() const {
  Digest digest;
  digest.add_text(plan_.resolved);
  for (std::size_t at = 0; at < members_.size(); ++at) {
    digest.add_text(members_[at].plan.name);
    digest.add_text(members_[at].error ? "" : key_of(at));
  }
  return digest.hexadecimal();
}

bool Batch::is_done() const {
  if (options_.share) return false;
  const bool sound = std::none_of(members_.begin(), members_.end(),
                                  [](const BatchMember& member) { return member.error; });
  std::error_code none_there;
  if (!sound || !fs::is_regular_file(options_.output, none_there)) return false;
  try {
    return store::Reader(options_.output).text("batch_key") == key();
  } catch (const Error&) {
    return false;
  }
}

/// The members that are still to be run here.
std::vector<std::size_t> Batch::find_open() {
  std::vector<std::size_t> open;
  for (std::size_t at = 0; at < members_.size(); ++at) {
    BatchMember& member = members_[at];
    if (member.error || !member.facts) continue;
    member.kept = is_complete(at);
    if (!member.kept && is_own(at)) open.push_back(at);
  }
  return open;
}

void Batch::run(const BatchWatch& watch) {
  if (options_.share) {
    run_own_share(watch);
  } else {
    run_whole(watch);
  }
}

void Batch::run_whole(const BatchWatch& watch) {
  if (options_.resume && is_done()) {
    const auto lock = parts_.open(true);
    parts_.remove();
    return;
  }
  if (!shared_) require_room(room());  // what others have done takes none
  store::remove_left_over(store::result_target(options_.output));
  const auto lock = parts_.open(options_.resume || shared_);
  try {
    std::vector<std::size_t> open = find_open();
    Clock clock{watch};
    for (const std::size_t at : open) clock.total += members_[at].facts->size.cell_years;
    run_base(open, clock);
    run_members(open, clock);
    write_final(watch.stop);
  } catch (const Interrupted&) {
    if (parts_.count() == 0) parts_.remove();
    throw;
  }
}

void Batch::open_to_others() {
  const auto lock = parts_.open(options_.resume);
  shared_ = true;
}

void Batch::leave_no_empty_folder() const {
  if (parts_.count() > 0) return;
  try {
    const auto lock = parts_.open(true);
    parts_.remove();
  } catch (const Error&) {
    return;  // others are still at work in it
  }
}

void Batch::run_share(const BatchShare& share, const BatchWatch& watch) {
  options_.share = share;
  run_own_share(watch);
  options_.share.reset();
}

/// Other processes may be at work in the same folder: whoever comes first makes the base, for which
/// the others wait.
void Batch::run_own_share(const BatchWatch& watch) {
  require_room(room());
  const auto lock = parts_.join();
  std::vector<std::size_t> open = find_open();
  if (open.empty()) return;
  Clock clock{watch};
  for (const std::size_t at : open) clock.total += members_[at].facts->size.cell_years;
  {
    const auto claim = wait_for(plan_.base, watch.stop);
    members_[plan_.base].kept = !members_[plan_.base].error && is_complete(plan_.base);
    run_base(open, clock);
  }
  run_members(open, clock);
}

std::unique_ptr<FileLock> Batch::wait_for(std::size_t member, const std::stop_token& stop) const {
  using namespace std::chrono_literals;
  for (;;) {
    auto claim = parts_.claim(members_[member].plan.name);
    if (claim) return claim;
    stop_if_asked(stop);
    std::this_thread::sleep_for(100ms);
  }
}

/// The base comes before all others, which are held against its draws. Takes it out of those that
/// are open; where it fails, the others are run without it.
void Batch::run_base(std::vector<std::size_t>& open, Clock& clock) {
  BatchMember& base = members_[plan_.base];
  if (open.empty() || base.error) return;
  const bool counted = std::erase(open, plan_.base) > 0;
  if (base.kept) {
    auto draws = BaseDraws::read(parts_.base_draws(), key_of(plan_.base));
    if (draws) {
      base_draws_ = std::move(*draws);
      return;
    }
  }
  if (!counted) clock.total += base.facts->size.cell_years;  // for its draws alone
  side_by_side(arena_, {plan_.base}, 1, [&](std::size_t member) { try_member(member, clock); });
  if (!base.error) return;
  open = find_open();
}

void Batch::run_members(const std::vector<std::size_t>& list, Clock& clock) {
  if (list.empty()) return;
  const std::size_t at_once = lanes(room().memory);
  side_by_side(arena_, list, std::min(at_once, list.size()),
               [&](std::size_t member) { try_member(member, clock); });
}

/// Runs a member, unless another process is about it or has done it meanwhile; what is wrong with
/// it does not sink the others.
void Batch::try_member(std::size_t at, Clock& clock) {
  BatchMember& member = members_[at];
  std::unique_ptr<FileLock> claim;
  if (options_.share && !is_base(at)) {
    claim = parts_.claim(member.plan.name);
    member.kept = claim && is_complete(at);
    if (!claim || member.kept) return;
  }
  try {
    if (!member.run) read(at, clock.watch.stop);
    if (member.run) run_member(at, clock);
  } catch (const Interrupted&) {
    throw;
  } catch (...) {
    member.error = std::current_exception();
  }
  member.run.reset();
}

void Batch::run_member(std::size_t at, Clock& clock) {
  const BatchMember& member = members_[at];
  const std::stop_token& stop = clock.watch.stop;
  const bool with_base = members_[plan_.base].error == nullptr;
  DifferenceTaker differences(is_base(at) ? DifferenceTaker::Of::base : DifferenceTaker::Of::other,
                              base_draws_, member.facts->quantiles, plan_.differences_of);
  const std::size_t of_interval = member.facts->size.cells * member.facts->size.draws;
  const auto add_more = [&](store::Writer& writer) {
    if (is_base(at)) base_draws_.write(parts_.base_draws(), key_of(at));
    writer.add_attribute({"batch_key", key_of(at)});
    if (with_base) write_differences(writer, member.run->frame(), differences.items());
  };
  member.run->project_to(
      {parts_.part_of(member.plan.name), stop, add_more},
      {[&](const Progress&) { clock.add(of_interval); }, stop, with_base ? &differences : nullptr});
}

void Batch::write_final(const std::stop_token& stop) {
  std::vector<GatheredMember> gathered;
  bool any = false;
  bool all = true;
  for (const BatchMember& member : members_) {
    const bool complete = !member.error;
    gathered.push_back({&member.plan, complete ? parts_.part_of(member.plan.name) : fs::path(),
                        member.facts ? member.facts->resolved : "",
                        complete ? "" : text_of(member.error)});
    any = any || complete;
    all = all && complete;
  }
  if (any) arena_.execute([&] { gather({plan_, key(), gathered}, options_.output, stop); });
  if (all || parts_.count() == 0) parts_.remove();
}

}  // namespace kohort
