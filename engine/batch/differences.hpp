// What a scenario changes, draw by draw: its sums less those of the base in the same draw.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/run/quantiles.hpp"
#include "engine/run/summary.hpp"
#include "engine/threads/parallel.hpp"

namespace kohort {

/// Every draw of the sums and indicators of the base, in double precision, as they were computed.
class BaseDraws {
 public:
  /// Sums of one name and kind.
  struct Item {
    std::string name;
    std::string kind;
    std::size_t places = 0;  ///< year by year
    std::size_t first = 0;   ///< where its first place stands among all
  };

  /// Makes room for those of `items` whose names are wanted; of all where none is named.
  void lay_out(std::span<const YearlyTable> items, std::size_t draws,
               const std::vector<std::string>& wanted);

  /// The item that is about the same as one of another run; none where the base has no such sums.
  const Item* find(const YearlyTable& item) const;
  std::span<double> at(const Item& item, std::size_t place) {
    return std::span(values_).subspan((item.first + place) * draws_, draws_);
  }
  std::span<const double> at(const Item& item, std::size_t place) const {
    return std::span(values_).subspan((item.first + place) * draws_, draws_);
  }

  /// Writes them to a file, and reads them back; `key` says of which base they are. Of another base
  /// nothing is read. Throw `Error` (Fault::storage).
  void write(const std::filesystem::path& file, const std::string& key) const;
  static std::optional<BaseDraws> read(const std::filesystem::path& file, const std::string& key);

 private:
  std::vector<Item> items_;
  std::vector<double> values_;  ///< [item][place][draw]
  std::size_t draws_ = 0;
};

/// Takes the draws of a run and keeps mean and quantiles of what they differ by from the base's.
class DifferenceTaker final : public SumFollower {
 public:
  /// Whose draws are taken: those of the base are also put into `base`.
  enum class Of { base, other };

  /// `shares`: of the quantiles; none are kept of one draw. `wanted`: names, all where it is empty.
  DifferenceTaker(Of whose, BaseDraws& base, std::vector<double> shares,
                  std::vector<std::string> wanted);

  void begin(std::span<const YearlyTable> items, std::size_t draws) override;
  void take(std::size_t item, std::size_t place, std::span<const double> draws) override;

  /// The items that the base has too, with their differences.
  std::vector<Summarised> items() const;

 private:
  Of whose_;
  BaseDraws& base_;
  std::vector<double> shares_;
  std::vector<std::string> wanted_;
  std::vector<Summarised> items_;
  std::vector<const BaseDraws::Item*> of_base_;  ///< of each item; null where it has none
  PerThread<QuantileFinder<double>> finders_;
};

}  // namespace kohort
