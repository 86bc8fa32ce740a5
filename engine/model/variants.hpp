// A model in several variants, for what is uncertain in what models are read from.
//
// Draws of one model share all that it has read and fitted. Where they are to differ in that, there
// is a model for each of a few values, and each run of draws belongs to one of them: by the number
// of the draw alone, so that a draw is the same in every ensemble, on any thread and rank.
#pragma once

#include <array>
#include <cstddef>
#include <memory>

#include "engine/model/model.hpp"

namespace kohort {

/// Neighbouring draws that share a variant: as many as are worked on together.
constexpr std::size_t draws_of_variant = 16;
constexpr unsigned doublings_to_variants = 4;
/// Enough for a standard deviation that is right within a tenth, few enough for a model to be
/// fitted so often.
constexpr std::size_t most_variants = std::size_t{1} << doublings_to_variants;

/// The variant that a draw belongs to: that of the next draws comes next, and after the last the
/// first again.
constexpr std::size_t variant_of(std::size_t draw) {
  return draw / draws_of_variant % most_variants;
}

/// Models that differ in their figures alone, as one.
class VariantModel final : public Model {
 public:
  /// By their numbers; null where no draw belongs to it.
  using Variants = std::array<std::unique_ptr<const Model>, most_variants>;

  /// `expected` stands for all of them where no draw is meant: in what has been estimated.
  VariantModel(std::unique_ptr<const Model> expected, Variants variants)
      : expected_(std::move(expected)), variants_(std::move(variants)) {}

  const std::vector<Variable>& variables() const override { return expected_->variables(); }
  std::vector<Estimate> estimates() const override { return expected_->estimates(); }
  Frozen frozen() const override { return expected_->frozen(); }
  bool is_random() const override { return expected_->is_random(); }
  /// Throws `std::logic_error` where the draws are of several variants, or of one that is not
  /// there.
  std::unique_ptr<State> start(const DrawBlock& block, Ledger& ledger) const override;
  ModelSize size() const override { return expected_->size(); }
  std::unique_ptr<Ledger> ledger(std::size_t draws) const override {
    return expected_->ledger(draws);
  }
  void step(Interval interval, State& state, Ledger& ledger) const override;
  Numbers values(const State& state, const Ledger& ledger, std::size_t variable) const override;
  std::vector<Variable> indicators() const override { return expected_->indicators(); }
  void indicate(Moment moment, const State& state, const Ledger& ledger,
                std::span<const AreaSet> sets, std::span<double> figures) const override;

 private:
  std::unique_ptr<const Model> expected_;
  Variants variants_;
};

}  // namespace kohort
