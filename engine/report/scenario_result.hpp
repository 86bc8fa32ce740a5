// One scenario of a result file, whether the file holds one or, as a batch writes it, many.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/store/reader.hpp"

namespace kohort::report {

/// Values over named axes, row-major.
struct Figures {
  std::vector<std::string> axes;
  std::vector<std::size_t> lengths;
  std::vector<double> values;
};

/// Which positions of each axis are kept, in the order of the axes; an axis without any positions
/// is left out altogether, which only one of a single position may be.
struct Kept {
  std::vector<std::size_t> positions;
  bool as_axis = true;  ///< false: of the one position, and the axis is gone
};

Figures kept_of(const Figures& figures, const std::vector<Kept>& kept);

/// All functions throw `Error` (Fault::storage) where reading fails.
class ScenarioResult {
 public:
  /// `position`: along the scale `scenario`; none in a file of one scenario.
  ScenarioResult(std::shared_ptr<const store::Reader> reader, std::optional<std::size_t> position)
      : reader_(std::move(reader)), position_(position) {}

  const store::Reader& reader() const { return *reader_; }
  /// Of a batch: where the scenario stands along its axis.
  std::optional<std::size_t> position() const { return position_; }
  bool has(const std::string& path) const { return reader_->has(path); }
  /// The axes of a dataset without that of scenarios.
  std::vector<std::string> axes(const std::string& path) const;
  Figures figures(const std::string& path) const;
  /// The values of a dataset at one position of each of its first axes but that of scenarios.
  std::vector<double> at(const std::string& path, std::vector<std::size_t> first) const;
  /// An attribute of a dataset; empty where it has none of that name.
  std::string attribute(const std::string& path, const std::string& name) const;
  /// A scale, or what runs along one, as texts; none where the file has no such thing.
  std::vector<std::string> labels(const std::string& name) const;

 private:
  bool runs_along_scenarios(const std::string& path) const;

  std::shared_ptr<const store::Reader> reader_;
  std::optional<std::size_t> position_;
};

/// The scenarios of a result file, in its order, but the base of a batch first. Those of a batch
/// that failed are left out.
std::vector<ScenarioResult> scenarios_of(const std::shared_ptr<const store::Reader>& reader);

}  // namespace kohort::report
