#include "engine/run/read_variants.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/interrupted.hpp"
#include "engine/model/variants.hpp"
#include "models/linked/model.hpp"

namespace kohort {
namespace {

/// What is wrong in some draws alone, with what they differ from others by.
Error of_draws(const Error& error, const std::string& drawn) {
  std::vector<Mistake> mistakes = error.mistakes();
  for (Mistake& one : mistakes) {
    one.what += fmt::format(", in draws with {}", drawn);
    one.remedy += one.remedy.empty() ? "" : ", or ";
    one.remedy += "give a smaller se, or a linear spread";
  }
  return {error.fault(), std::move(mistakes)};
}

std::unique_ptr<const Model> read_variant(ParameterChanges changes, const Source& source) {
  stop_if_asked(source.stop);
  Settings settings = source.settings;
  Tables tables = source.tables;
  try {
    changes.enter(settings);
    return std::make_unique<LinkedModel>(settings, source.frame, tables, source.stop);
  } catch (const Error& error) {
    throw of_draws(error, changes.random_words());
  }
}

}  // namespace

std::vector<std::size_t> variants_in(const EnsembleShape& shape) {
  const std::size_t first = shape.first_draw / draws_of_variant;
  const std::size_t last = (shape.first_draw + shape.draws - 1) / draws_of_variant;
  std::set<std::size_t> numbers;
  for (std::size_t at = first; at <= std::min(last, first + most_variants - 1); ++at) {
    numbers.insert(variant_of(at * draws_of_variant));
  }
  return {numbers.begin(), numbers.end()};
}

std::unique_ptr<Model> read_variants(std::unique_ptr<Model> expected,
                                     const ParameterChanges& changes, const Source& source,
                                     const EnsembleShape& shape) {
  VariantModel::Variants variants;
  for (const std::size_t number : variants_in(shape)) {
    variants.at(number) = read_variant(changes.in_variant(number, shape.seed), source);
  }
  return std::make_unique<VariantModel>(std::move(expected), std::move(variants));
}

}  // namespace kohort
