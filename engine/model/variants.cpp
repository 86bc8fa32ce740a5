#include "engine/model/variants.hpp"

#include <algorithm>
#include <stdexcept>

namespace kohort {
namespace {

/// The state of a block, and the model that it is of.
struct VariantState final : State {
  VariantState(const Model& of, const DrawBlock& block, Ledger& ledger)
      : model(of), own(of.start(block, ledger)) {}

  const Model& model;
  std::unique_ptr<State> own;
};

const VariantState& varied(const State& state) { return dynamic_cast<const VariantState&>(state); }

}  // namespace

std::unique_ptr<State> VariantModel::start(const DrawBlock& block, Ledger& ledger) const {
  const std::size_t last = block.first + std::max<std::size_t>(block.count, 1) - 1;
  const auto& variant = variants_.at(variant_of(block.first));
  if (last / draws_of_variant != block.first / draws_of_variant || !variant) {
    throw std::logic_error("a block of draws without a variant of its own");
  }
  return std::make_unique<VariantState>(*variant, block, ledger);
}

void VariantModel::step(Interval interval, State& state, Ledger& ledger) const {
  auto& varied = dynamic_cast<VariantState&>(state);
  varied.model.step(interval, *varied.own, ledger);
}

Numbers VariantModel::values(const State& state, const Ledger& ledger, std::size_t variable) const {
  return varied(state).model.values(*varied(state).own, ledger, variable);
}

void VariantModel::indicate(Moment moment, const State& state, const Ledger& ledger,
                            std::span<const AreaSet> sets, std::span<double> figures) const {
  varied(state).model.indicate(moment, *varied(state).own, ledger, sets, figures);
}

}  // namespace kohort
