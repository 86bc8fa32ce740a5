#include "bench/table_inputs.hpp"

#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace kohort::measure {
namespace {

constexpr std::size_t bearing_ages = ages.end_bearing - ages.first_bearing;

class Folder {
 public:
  explicit Folder(const std::filesystem::path& folder) : folder_(folder) {}

  std::vector<double> table(const std::string& name, std::size_t size) const {
    const std::filesystem::path file = folder_ / (name + ".f64");
    std::vector<double> values(size);
    const auto bytes = static_cast<std::streamsize>(size * sizeof(double));
    std::ifstream stream(file, std::ios::binary);
    constexpr int end = std::ifstream::traits_type::eof();
    if (!stream.read(reinterpret_cast<char*>(values.data()), bytes) || stream.peek() != end) {
      throw std::runtime_error(file.string() + ": no file of " + std::to_string(size) + " doubles");
    }
    return values;
  }

 private:
  std::filesystem::path folder_;
};

/// A table [year][area][length], as that of the first year and factors.
struct Factored {
  std::vector<double> first;    ///< [area][length]
  std::vector<double> factors;  ///< [year][factor]
};

/// With `count` factors a year: one for all places of an area, or one for each.
Factored factored(const std::vector<double>& table, std::size_t length, std::size_t count) {
  constexpr double rounding = 1e-12;
  const std::size_t size = areas * length;
  Factored result;
  result.first.assign(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(size));
  for (std::size_t year = 0; year < years; ++year) {
    const double* of_year = &table[year * size];
    std::vector<double> factors(count, 1.0);
    for (std::size_t at = 0; at < length; ++at) {
      if (table[at] != 0.0) factors[at % count] = of_year[at] / table[at];
    }
    for (std::size_t at = 0; at < size; ++at) {
      const double expected = table[at] * factors[at % length % count];
      if (std::abs(of_year[at] - expected) <= rounding * std::abs(expected)) continue;
      throw std::runtime_error("a table of a year is not that of the first times its factors");
    }
    result.factors.insert(result.factors.end(), factors.begin(), factors.end());
  }
  return result;
}

/// [area][bearing age] as [area][age].
std::vector<double> at_all_ages(const std::vector<double>& bearing) {
  std::vector<double> all(areas * ages.count, 0.0);
  for (std::size_t at = 0; at < bearing.size(); ++at) {
    all[at / bearing_ages * ages.count + ages.first_bearing + at % bearing_ages] = bearing[at];
  }
  return all;
}

std::vector<double> share_of_areas(const std::vector<double>& persons) {
  std::vector<double> share(persons.size());
  for (std::size_t row = 0; row < rows; ++row) {
    double sum = 0.0;
    for (std::size_t area = 0; area < areas; ++area) sum += persons[area * rows + row];
    for (std::size_t at = row; at < persons.size(); at += rows) share[at] = persons[at] / sum;
  }
  return share;
}

std::vector<double> exponentials(std::vector<double> values) {
  for (double& value : values) value = std::exp(value);
  return values;
}

}  // namespace

Inputs read_inputs(const std::filesystem::path& folder) {
  const Folder tables(folder);
  Inputs inputs;
  inputs.persons = tables.table("p0", areas * rows);
  inputs.share = share_of_areas(inputs.persons);
  const Factored dying = factored(tables.table("q", years * areas * rows), rows, rows);
  const Factored leaving = factored(tables.table("o", years * areas * rows), rows, 1);
  const Factored arriving = factored(tables.table("i", years * areas * rows), rows, 1);
  const Factored bearing =
      factored(tables.table("f", years * areas * bearing_ages), bearing_ages, 1);
  inputs.dying = dying.first;
  inputs.leaving = leaving.first;
  inputs.arriving = arriving.first;
  inputs.bearing = at_all_ages(bearing.first);
  inputs.year_dying = dying.factors;
  inputs.year_leaving = leaving.factors;
  inputs.year_arriving = arriving.factors;
  inputs.year_bearing = bearing.factors;
  inputs.response = tables.table("b", rows);
  inputs.index = tables.table("k", years * draws);
  inputs.draw_arriving = exponentials(tables.table("psi", years * draws));
  inputs.draw_bearing = exponentials(tables.table("phi", years * draws));
  return inputs;
}

}  // namespace kohort::measure
