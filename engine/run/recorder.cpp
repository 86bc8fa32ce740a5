#include "engine/run/recorder.hpp"

namespace kohort {
namespace {

std::size_t cells(const Frame& frame) { return frame.sexes.size() * frame.ages() * frame.places(); }

/// Where the cell with number `cell` in [sex][age][group][area] stands in [area][group][sex][age].
std::size_t in_file_order(std::size_t cell, const Frame& frame) {
  const std::size_t area = cell % frame.areas.size();
  cell /= frame.areas.size();
  const std::size_t group = cell % frame.group_count();
  cell /= frame.group_count();
  const std::size_t age = cell % frame.ages();
  const std::size_t sex = cell / frame.ages();
  return ((area * frame.group_count() + group) * frame.sexes.size() + sex) * frame.ages() + age;
}

}  // namespace

Recorder::Recorder(const Model& model, const Frame& frame, std::size_t draws)
    : model_(model), frame_(frame), draws_(draws) {
  for (const Variable& variable : model.variables()) {
    const std::size_t years = frame.intervals + (variable.moment == Moment::stock ? 1 : 0);
    recorded_.push_back({variable, std::vector<double>(years * cells(frame))});
  }
}

void Recorder::record_base(std::span<const std::unique_ptr<State>> blocks) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    if (recorded_[at].variable.moment == Moment::stock) record_variable(at, 0, blocks);
  }
}

void Recorder::record(Interval interval, std::span<const std::unique_ptr<State>> blocks) {
  for (std::size_t at = 0; at < recorded_.size(); ++at) {
    const bool stock = recorded_[at].variable.moment == Moment::stock;
    record_variable(at, interval.position() + (stock ? 1 : 0), blocks);
  }
}

void Recorder::record_variable(std::size_t variable, std::size_t year,
                               std::span<const std::unique_ptr<State>> blocks) {
  const std::size_t count = cells(frame_);
  const std::span<double> means =
      std::span(recorded_[variable].values).subspan(year * count, count);
  for (const std::unique_ptr<State>& block : blocks) {
    const std::span<const double> values = model_.values(*block, variable);
    const std::size_t block_draws = values.size() / count;
    for (std::size_t cell = 0; cell < count; ++cell) {
      double& mean = means[in_file_order(cell, frame_)];
      for (const double value : values.subspan(cell * block_draws, block_draws)) {
        mean += value / static_cast<double>(draws_);
      }
    }
  }
}

std::vector<Recorded> Recorder::finish(const Communicator& communicator) {
  for (Recorded& recorded : recorded_) communicator.sum(recorded.values);
  return std::move(recorded_);
}

}  // namespace kohort
