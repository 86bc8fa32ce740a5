#include "tests/exchange/small_result.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "engine/store/writer.hpp"

namespace kohort::test {
namespace {

using Axes = std::vector<std::string>;

store::Attributes said(const std::string& long_name, const std::string& unit = "1") {
  return {{"units", unit}, {"long_name", long_name}, {"basis", std::string("estimated")}};
}

void add_scales(store::Writer& writer) {
  std::vector<std::int32_t> ages(11);
  std::iota(ages.begin(), ages.end(), 0);
  writer.add_scale({"year", "year", "year", std::vector<std::int32_t>{2020, 2021}});
  writer.add_scale({"flow_year", "year", "year", std::vector<std::int32_t>{2021}});
  writer.add_scale({"area", "code", "", Axes{"0180", "1880"}});
  writer.add_labels({"area_name", "name", "", Axes{"Ett", "Två"}}, "area");
  writer.add_scale({"sex", "sex", "", Axes{"female", "male"}});
  writer.add_scale({"age", "age", "years", ages});
  writer.add_scale({"service", "service", "", Axes{"home care"}});
  writer.add_labels({"service_unit", "unit", "", Axes{"hours"}}, "service");
  writer.add_scale({"quantile", "share", "1", std::vector<double>{0.1, 0.9}});
  writer.add_scale({"summary_area", "code", "", Axes{"0180", "1880", "all"}});
  writer.add_labels({"summary_area_name", "name", "", Axes{"Ett", "Två", ""}}, "summary_area");
  writer.add_scale({"summary_age", "ages", "", Axes{"0-4", "all"}});
  writer.add_scale({"summary_sex", "sex", "", Axes{"both"}});
}

/// Figures in the order of [year, area, sex, age].
template <class Figure>
std::vector<double> cells(int first_year, Figure&& figure) {
  std::vector<double> all;
  for (int year = first_year; year < 2; ++year) {
    for (int area = 0; area < 2; ++area) {
      for (int sex = 0; sex < 2; ++sex) {
        for (int age = 0; age < 11; ++age) all.push_back(figure(year, area, sex, age));
      }
    }
  }
  return all;
}

/// By year, area and one of the two groups of ages.
std::vector<double> sums() {
  std::vector<double> all;
  for (int year = 0; year < 2; ++year) {
    for (int area = 0; area < 3; ++area) {
      for (const int ages : {5, 11}) {
        double sum = 0.0;
        for (int part = area == 2 ? 0 : area; part < (area == 2 ? 2 : area + 1); ++part) {
          for (int age = 0; age < ages; ++age) {
            sum += small_persons(year, part, 0, age) + small_persons(year, part, 1, age);
          }
        }
        all.push_back(sum);
      }
    }
  }
  return all;
}

}  // namespace

void write_small_result(const std::string& file) {
  store::Writer writer(file);
  writer.add_attribute({"title", std::string("Small")});
  writer.add_attribute({"kohort_format", store::current_format});
  writer.add_attribute({"program_version", std::string("0.1.0")});
  writer.add_attribute({"draws", std::int64_t{2}});
  add_scales(writer);
  const Axes people{"area", "sex", "age"};
  const auto with = [](Axes first, const Axes& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
  };
  writer.add_dataset({"population/persons", with({"year"}, people), said("persons")},
                     cells(0, small_persons));
  writer.add_dataset({"population/persons_draws", with({"year"}, people), said("every draw")},
                     cells(0, small_persons));
  std::vector<double> quantiles = cells(0, small_persons);
  for (const double figure : cells(0, small_persons)) quantiles.push_back(figure + 5.0);
  writer.add_dataset({"population/persons_quantiles", with({"quantile", "year"}, people),
                      said("persons, quantiles of the draws")},
                     quantiles);
  writer.add_dataset({"population/deaths", with({"flow_year"}, people), said("deaths")},
                     cells(1, [](int, int, int, int age) { return 0.4 * age; }));
  writer.add_dataset({"care/cost", {"flow_year", "area", "service"}, said("cost", "SEK")},
                     std::vector<double>{1.5, 2.25});
  writer.add_dataset({"staff/delivered", {"year", "area"}, said("share of the work done")},
                     std::vector<double>{0.9, 1.0, 0.6, 1.0});
  writer.add_dataset({"indicators/mean_age", {"year", "area"}, said("mean age", "years")},
                     std::vector<double>{41.5, std::nan(""), 42.5, 3.0});
  writer.add_dataset({"fit/of_persons", with({"year"}, people), said("an estimate")},
                     cells(0, small_persons));
  const Axes groups{"year", "summary_area", "summary_age", "summary_sex"};
  writer.add_dataset({"summary/population/persons", groups, said("persons")}, sums());
  writer.add_dataset({"summary/population/deaths", {"flow_year", "summary_area"}, said("deaths")},
                     std::vector<double>{44.0, 44.0, 88.0});
  writer.add_dataset(
      {"summary/care/cost", {"flow_year", "summary_area", "service"}, said("cost", "SEK")},
      std::vector<double>{1.5, 2.25, 3.75});
  writer.add_dataset({"summary/staff/delivered", {"year", "summary_area"}, said("share of it")},
                     std::vector<double>{0.9, 1.0, 0.95, 0.6, 1.0, 0.8});
  writer.add_dataset(
      {"summary/indicators/mean_age", {"year", "summary_area"}, said("mean age", "years")},
      std::vector<double>{41.5, std::nan(""), 41.5, 42.5, 3.0, 20.0});
  writer.finish();
}

}  // namespace kohort::test
