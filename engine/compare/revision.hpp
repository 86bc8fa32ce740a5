// What is new in a later forecast: the level of its rates apart from how they go on. README.md in
// engine/evaluate says why the two are parted in this way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/compare/accounts.hpp"

namespace kohort::compare {

/// What another course of rates comes of.
enum class News : std::uint8_t {
  rates,        ///< the settings are the same: all of it is what was fitted anew
  assumptions,  ///< what is known is the same: all of it is what the scenario supposes
  both          ///< the level is what was fitted anew, how it goes on is supposed
};

/// Figures by year, and in each by cell.
using Course = std::vector<std::vector<double>>;

/// Cells whose figures change alike: those of one sex and ten years of age in all areas. Single
/// cells are too small to tell by how much their figures change.
struct Pools {
  std::vector<std::size_t> of_cell;
  std::size_t count = 0;
};

/// How the cells of a course change from its first year to another: by cell the weighted mean of
/// its pool then over that of the first year; 1 where the first is not above 0.
std::vector<double> change_of(const Pools& pools, const std::vector<double>& weights,
                              const std::vector<double>& first, const std::vector<double>& now);

/// `path` from the level of another course on: in each year `path` and, changed as its pools are,
/// what the other one has more in the first year. Both have the same years.
Course at_level_of(const Pools& pools, const std::vector<double>& weights, const Course& path,
                   const std::vector<double>& level);

/// The same of the rates of accounts, weighted by the people of both bases. What cannot be a factor
/// stays as far apart in all years as in the first: net migrants, where leavers go to, and flows
/// from nobody. The base is that of `path`.
Accounts at_level_of(const AccountShape& shape, const Accounts& path, const Accounts& level);

}  // namespace kohort::compare
