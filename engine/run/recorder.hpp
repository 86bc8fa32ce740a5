// Keeps what a run computes, year by year, in the order of the result file.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "engine/comm/communicator.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"

namespace kohort {

/// The mean over the draws of one variable: [year][area][group][sex][age].
struct Recorded {
  Variable variable;
  std::vector<double> values;
};

/// Takes the states of all blocks after each interval and keeps the means of every variable. Sums
/// run over the draws in their order, whatever the blocks.
class Recorder {
 public:
  Recorder(const Model& model, const Frame& frame, std::size_t draws);

  /// Records the stocks of the base year.
  void record_base(std::span<const std::unique_ptr<State>> blocks);
  /// Records the stocks at the end of the interval and the flows of it.
  void record(Interval interval, std::span<const std::unique_ptr<State>> blocks);
  /// Adds up what the ranks have recorded, and hands it over.
  std::vector<Recorded> finish(const Communicator& communicator);

 private:
  void record_variable(std::size_t variable, std::size_t year,
                       std::span<const std::unique_ptr<State>> blocks);

  const Model& model_;
  const Frame& frame_;
  std::size_t draws_;
  std::vector<Recorded> recorded_;
};

}  // namespace kohort
