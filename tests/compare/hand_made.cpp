#include "tests/compare/hand_made.hpp"

#include <algorithm>
#include <numeric>

#include "engine/evaluate/quantile.hpp"

namespace kohort::test {
namespace {

constexpr std::size_t sexes = 2;
constexpr std::size_t ages = 3;

/// Which single sexes and ages a sum is of.
const std::vector<std::vector<std::size_t>> summed_ages{{0, 1}, {0, 1, 2}};
const std::vector<std::vector<std::size_t>> summed_sexes{{0}, {1}, {0, 1}};

store::Attributes attributes(const HandMade& made) {
  return {{"units", made.unit},
          {"long_name", std::string("people")},
          {"basis", std::string("assumed")}};
}

void add_scales(store::Writer& writer, const HandMade& made) {
  using Texts = std::vector<std::string>;
  const Texts own(made.areas.size(), "area");
  writer.add_scale({"year", "year", "year", made.years});
  writer.add_scale({"flow_year", "year", "year",
                    std::vector<std::int32_t>(made.years.begin() + 1, made.years.end())});
  writer.add_scale({"area", "code", "", made.areas});
  writer.add_labels({"area_name", "name", "", made.areas}, "area");
  writer.add_labels({"area_kind", "kind", "", own}, "area");
  writer.add_scale({"sex", "sex", "", Texts{"female", "male"}});
  writer.add_scale({"age", "age", "years", std::vector<std::int32_t>{0, 1, 2}});
  Texts together = made.areas;
  together.emplace_back("all");
  Texts kinds = own;
  kinds.emplace_back("all");
  writer.add_scale({"summary_area", "code", "", together});
  writer.add_labels({"summary_area_name", "name", "", together}, "summary_area");
  writer.add_labels({"summary_area_kind", "kind", "", kinds}, "summary_area");
  writer.add_scale({"summary_age", "ages", "", Texts{"0-1", "all"}});
  writer.add_scale({"summary_sex", "sex", "", Texts{"female", "male", "both"}});
}

std::vector<double> cells(const HandMade& made, std::size_t draw) {
  std::vector<double> values;
  for (const int year : made.years) {
    for (const std::string& area : made.areas) {
      for (std::size_t sex = 0; sex < sexes; ++sex) {
        for (std::size_t age = 0; age < ages; ++age) {
          const double more = draw < made.draws ? made.more(year, draw) : 0.0;
          values.push_back(made.persons(area, year, sex, age) + more);
        }
      }
    }
  }
  return values;
}

/// Sums of cells by year, area and all, ages, sexes.
std::vector<double> sums(const HandMade& made, const std::vector<double>& values) {
  std::vector<double> found;
  for (std::size_t year = 0; year < made.years.size(); ++year) {
    for (std::size_t area = 0; area <= made.areas.size(); ++area) {
      for (const auto& of_ages : summed_ages) {
        for (const auto& of_sexes : summed_sexes) {
          double sum = 0.0;
          for (std::size_t one = 0; one < made.areas.size(); ++one) {
            if (area < made.areas.size() && one != area) continue;
            for (const std::size_t sex : of_sexes) {
              for (const std::size_t age : of_ages) {
                sum += values[((year * made.areas.size() + one) * sexes + sex) * ages + age];
              }
            }
          }
          found.push_back(sum);
        }
      }
    }
  }
  return found;
}

/// Quantile by quantile, of the sums of each draw.
std::vector<double> quantiles(const HandMade& made, const std::vector<double>& shares) {
  std::vector<std::vector<double>> by_draw;
  for (std::size_t draw = 0; draw < made.draws; ++draw) {
    by_draw.push_back(sums(made, cells(made, draw)));
  }
  std::vector<double> found;
  for (const double share : shares) {
    for (std::size_t at = 0; at < by_draw.front().size(); ++at) {
      std::vector<double> sorted;
      for (const auto& draw : by_draw) sorted.push_back(draw[at]);
      std::sort(sorted.begin(), sorted.end());
      found.push_back(quantile_of_sorted(std::span<const double>(sorted), share));
    }
  }
  return found;
}

/// Everybody is in no care or in home care.
void write_care(const HandMade& made, store::Writer& writer) {
  using Texts = std::vector<std::string>;
  std::vector<double> figures[2];
  HandMade users = made;
  users.persons = made.users;
  const std::vector<double> all = cells(made, made.draws);
  figures[1] = cells(users, made.draws);
  for (std::size_t at = 0; at < all.size(); ++at) figures[0].push_back(all[at] - figures[1][at]);
  const auto by_state = [](const std::vector<double>& none, const std::vector<double>& home) {
    std::vector<double> both;
    for (std::size_t at = 0; at < none.size(); ++at) {
      both.push_back(none[at]);
      both.push_back(home[at]);
    }
    return both;
  };
  writer.add_scale({"care_state", "state", "", Texts{"none", "home"}});
  writer.add_dataset(
      {"care/persons", {"year", "area", "sex", "age", "care_state"}, attributes(made)},
      by_state(figures[0], figures[1]));
  writer.add_dataset({"summary/care/persons",
                      {"year", "summary_area", "summary_age", "summary_sex", "care_state"},
                      attributes(made)},
                     by_state(sums(made, figures[0]), sums(made, figures[1])));
  if (made.shares.empty()) return;
  Texts definitions;
  for (const auto& [name, shares] : made.shares) definitions.push_back(name);
  writer.add_scale({"care_series", "series", "", Texts{"home"}});
  writer.add_scale({"care_people", "people", "", Texts{"1+ female", "1+ male", "2+ both"}});
  writer.add_scale({"care_definition", "definition", "", definitions});
  writer.add_scale({"care_share_year", "year", "", Texts{"2009"}});
  std::vector<double> published;
  std::vector<double> counts;
  for (std::size_t people = 0; people < 3; ++people) {
    for (const auto& [name, shares] : made.shares) {
      published.push_back(people < 2 ? shares.first : shares.second);
      counts.push_back(name == made.definition ? 1.0 : 0.0);
    }
  }
  const Texts axes{"care_series", "care_people", "care_definition"};
  writer.add_dataset({"care/calibration/definition_counts", axes, attributes(made)}, counts);
  writer.add_dataset({"care/calibration/definition_share",
                      {"care_series", "care_people", "care_definition", "care_share_year"},
                      attributes(made)},
                     published);
  writer.add_dataset({"care/calibration/level_basis", {"area"}, attributes(made)},
                     std::vector<double>(made.areas.size(), made.level_basis));
}

}  // namespace

void write_result(const HandMade& made, const std::string& file) {
  store::Writer writer(file);
  writer.add_attribute({"title", std::string("made by hand")});
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"scenario", made.scenario});
  writer.add_attribute({"draws", static_cast<std::int64_t>(made.draws)});
  add_scales(writer, made);
  const std::vector<std::string> cell_axes{"year", "area", "sex", "age"};
  const std::vector<std::string> sum_axes{"year", "summary_area", "summary_age", "summary_sex"};
  const auto with = [](const std::string& first, std::vector<std::string> axes) {
    axes.insert(axes.begin(), first);
    return axes;
  };
  const std::vector<double> mean = cells(made, made.draws);
  writer.add_dataset({"population/persons", cell_axes, attributes(made)}, mean);
  writer.add_dataset({"summary/population/persons", sum_axes, attributes(made)}, sums(made, mean));
  if (made.users) write_care(made, writer);
  if (made.draws > 1) {
    const std::vector<double> shares{0.1, 0.5, 0.9};
    writer.add_scale({"quantile", "share", "1", shares});
    writer.add_dataset(
        {"summary/population/persons_quantiles", with("quantile", sum_axes), attributes(made)},
        quantiles(made, shares));
  }
  if (made.keep_draws) {
    std::vector<std::int32_t> numbers(made.draws);
    std::iota(numbers.begin(), numbers.end(), 0);
    writer.add_scale({"draw", "number", "1", numbers});
    std::vector<float> all;
    for (std::size_t draw = 0; draw < made.draws; ++draw) {
      for (const double value : cells(made, draw)) all.push_back(static_cast<float>(value));
    }
    writer.add_dataset({"population/persons_draws", with("draw", cell_axes), attributes(made)},
                       all);
  }
  writer.finish();
}

}  // namespace kohort::test
