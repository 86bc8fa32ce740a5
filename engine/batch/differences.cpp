#include "engine/batch/differences.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

#include "engine/store/reader.hpp"
#include "engine/store/writer.hpp"

namespace kohort {
namespace {

namespace fs = std::filesystem;

bool is_wanted(const YearlyTable& item, const std::vector<std::string>& wanted) {
  return wanted.empty() ||
         std::find(wanted.begin(), wanted.end(), item.variable.name) != wanted.end();
}

std::vector<std::int32_t> numbers(std::size_t count) {
  std::vector<std::int32_t> list(count);
  std::iota(list.begin(), list.end(), 0);
  return list;
}

}  // namespace

void BaseDraws::lay_out(std::span<const YearlyTable> items, std::size_t draws,
                        const std::vector<std::string>& wanted) {
  draws_ = draws;
  std::size_t places = 0;
  for (const YearlyTable& item : items) {
    if (!is_wanted(item, wanted)) continue;
    const std::size_t of_item = item.years * item.cells;
    items_.push_back({item.variable.name, item.variable.category.label, of_item, places});
    places += of_item;
  }
  values_.resize(places * draws);
}

const BaseDraws::Item* BaseDraws::find(const YearlyTable& item) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& one) {
    return one.name == item.variable.name && one.kind == item.variable.category.label &&
           one.places == item.years * item.cells;
  });
  return found == items_.end() ? nullptr : &*found;
}

void BaseDraws::write(const fs::path& file, const std::string& key) const {
  std::vector<std::string> names;
  std::vector<std::string> kinds;
  std::vector<std::int32_t> places;
  for (const Item& item : items_) {
    names.push_back(item.name);
    kinds.push_back(item.kind);
    places.push_back(static_cast<std::int32_t>(item.places));
  }
  store::Writer writer(file);
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"batch_key", key});
  writer.add_scale({"item", "number of the sums", "1", numbers(items_.size())});
  writer.add_labels({"item_name", "of what they are", "", names}, "item");
  writer.add_labels({"item_kind", "of which kind", "", kinds}, "item");
  writer.add_labels({"item_places", "how many there are", "1", places}, "item");
  writer.add_scale({"place", "number of the sum", "1", numbers(values_.size() / draws_)});
  writer.add_scale({"draw", "number of the draw, from 0", "1", numbers(draws_)});
  writer.add_plain(
      {"draws", {"place", "draw"}, {{"units", "1"}, {"long_name", "every draw of every sum"}}},
      values_);
  writer.finish();
}

std::optional<BaseDraws> BaseDraws::read(const fs::path& file, const std::string& key) {
  std::error_code none_there;
  if (!fs::exists(file, none_there)) return std::nullopt;
  const store::Reader reader(file);
  if (reader.text("batch_key") != key) return std::nullopt;
  const auto names = std::get<std::vector<std::string>>(reader.labels("item_name"));
  const auto kinds = std::get<std::vector<std::string>>(reader.labels("item_kind"));
  const auto places = std::get<std::vector<std::int32_t>>(reader.labels("item_places"));
  BaseDraws draws;
  std::size_t first = 0;
  for (std::size_t at = 0; at < names.size(); ++at) {
    draws.items_.push_back({names[at], kinds[at], static_cast<std::size_t>(places[at]), first});
    first += static_cast<std::size_t>(places[at]);
  }
  draws.draws_ = reader.lengths("draws").back();
  draws.values_ = reader.values("draws");
  return draws;
}

DifferenceTaker::DifferenceTaker(Of whose, BaseDraws& base, std::vector<double> shares,
                                 std::vector<std::string> wanted)
    : whose_(whose),
      base_(base),
      shares_(std::move(shares)),
      wanted_(std::move(wanted)),
      finders_([shares = shares_] { return QuantileFinder<double>(shares); }) {}

void DifferenceTaker::begin(std::span<const YearlyTable> items, std::size_t draws) {
  if (whose_ == Of::base) base_.lay_out(items, draws, wanted_);
  if (draws == 1) shares_.clear();
  for (const YearlyTable& item : items) {
    Summarised difference{item.variable, item.indicator, {}, {}, {}};
    const BaseDraws::Item* of_base = is_wanted(item, wanted_) ? base_.find(item) : nullptr;
    of_base_.push_back(of_base);
    if (of_base != nullptr) {
      difference.values.resize(of_base->places);
      difference.quantiles.resize(shares_.size() * of_base->places);
    }
    items_.push_back(std::move(difference));
  }
}

void DifferenceTaker::take(std::size_t item, std::size_t place, std::span<const double> draws) {
  const BaseDraws::Item* of_base = of_base_[item];
  if (of_base == nullptr) return;
  const std::span<double> base = base_.at(*of_base, place);
  if (whose_ == Of::base) std::copy(draws.begin(), draws.end(), base.begin());
  std::vector<double> differences(draws.size());
  std::transform(draws.begin(), draws.end(), base.begin(), differences.begin(), std::minus<>());
  enter_draws(items_[item], place, std::span(differences), finders_.local());
}

std::vector<Summarised> DifferenceTaker::items() const {
  std::vector<Summarised> items;
  for (std::size_t at = 0; at < items_.size(); ++at) {
    if (of_base_[at] != nullptr) items.push_back(items_[at]);
  }
  return items;
}

}  // namespace kohort
