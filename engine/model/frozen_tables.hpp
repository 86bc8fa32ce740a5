// What an earlier run has estimated, read along the axes of this one.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/store/reader.hpp"

namespace kohort {

/// A file of estimates that `kohort run --freeze` wrote. Areas and sexes are found by their codes,
/// so that they may stand in another order; of years there may be fewer.
class FrozenTables {
 public:
  /// Opens the file for a run of this frame. Throws `Error` (Fault::storage) where it is none, or
  /// is not as it was written; (Fault::scenario) where it was frozen for other areas, sexes or
  /// ages, for another base year or step, or does not reach to the end of the projection.
  FrozenTables(const std::filesystem::path& file, const Frame& frame);

  const std::string& file() const { return reader_.file(); }

  /// The parts of the model that it has estimates of.
  const std::vector<std::string>& components() const { return components_; }
  bool has(const std::string& name) const { return reader_.has(name); }
  /// One table, in the order of the frame. Throws `Error` (Fault::storage) where it lacks it.
  Estimate table(const std::string& name) const;
  /// Every table under `group`, such as "fit", in the order in which they were frozen.
  std::vector<Estimate> tables(const std::string& group) const;

  /// How much the weakest of what they were estimated from was worth.
  Basis basis() const;
  /// When all that they were estimated from was known; none where nobody says.
  std::optional<Year> known_from() const;

 private:
  void find_positions(const Frame& frame);
  std::vector<std::size_t> find(const std::string& scale, const std::vector<std::string>& wanted,
                                const std::string& what, Mistakes& mistakes) const;
  void check_calendar(const Frame& frame, Mistakes& mistakes) const;
  void check_ages(const Frame& frame, Mistakes& mistakes) const;
  void complain(const std::string& what, const std::string& remedy, Mistakes& mistakes) const;
  std::vector<std::string> labels(const std::string& scale) const;

  store::Reader reader_;
  std::vector<std::string> components_;
  /// Where on an axis of the file each position of the frame stands; of other axes all are taken.
  std::map<std::string, std::vector<std::size_t>> positions_;
};

/// The file of estimates that a parameter names. Throws `Error` (Fault::scenario) where there is
/// none of that name.
std::filesystem::path frozen_file(const Settings& settings, const Text& parameter);

/// Enters a file of estimates, which `parameter` names, into the account of what was read. Throws
/// `Error` (Fault::scenario) where it was not known at the launch, or does not say since when.
void enter(const FrozenTables& frozen, const Text& parameter, const Settings& settings,
           Tables& tables);

/// The format of a file of estimates: it rises as that of results does, see engine/store/FORMAT.md.
constexpr int frozen_format = 1;

}  // namespace kohort
