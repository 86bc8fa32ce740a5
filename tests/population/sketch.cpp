#include "tests/population/sketch.hpp"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace kohort::test {
namespace {

const std::vector<std::string> sexes{"female", "male"};

std::string quoted(const std::string& word) { return "\"" + word + "\""; }

/// Fills a sketch with tables.
class Artist {
 public:
  Artist(Form form, Net net, std::mt19937_64& random) : form_(form), net_(net), random_(random) {}

  Sketch draw() {
    draw_shape();
    draw_mortality();
    draw_fertility();
    draw_domestic();
    draw_exchange();
    draw_net_migration();
    draw_conventions();
    return std::move(sketch_);
  }

 private:
  bool multistate() const { return form_ != Form::pool; }

  double between(double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random_);
  }
  std::size_t below(std::size_t end) { return random_() % end; }
  std::string one_of(const std::vector<std::string>& words) { return words[below(words.size())]; }
  void choose(const std::string& parameter, const std::vector<std::string>& words) {
    sketch_.settings[parameter] = quoted(one_of(words));
  }

  std::vector<std::string> labels(const std::string& column) const {
    std::vector<std::string> words;
    if (column == "sex") return sexes;
    if (column == "area" || column == "origin" || column == "destination") return sketch_.areas;
    if (column == "year") {
      for (const int year : sketch_.flow_years()) words.push_back(std::to_string(year));
    } else if (column == "age") {
      for (const int age : sketch_.ages()) words.push_back(std::to_string(age));
    } else {
      return sketch_.groups;
    }
    return words;
  }

  /// A table over the columns, but for those of groups where there are none.
  SketchTable& add(const std::string& parameter, const std::vector<std::string>& columns,
                   double least, double most) {
    SketchTable table;
    table.rows.push_back({});
    for (const std::string& column : columns) {
      const std::vector<std::string> words = labels(column);
      if (words.empty()) continue;
      table.columns.push_back(column);
      std::vector<SketchTable::Row> longer;
      for (const SketchTable::Row& row : table.rows) {
        for (const std::string& word : words) {
          longer.push_back(row);
          longer.back().labels.push_back(word);
        }
      }
      table.rows = std::move(longer);
    }
    for (SketchTable::Row& row : table.rows) row.figure = between(least, most);
    return sketch_.tables[parameter] = std::move(table);
  }

  void draw_shape() {
    sketch_.step = below(2) == 0 ? 1 : 5;
    sketch_.open_age = sketch_.step * static_cast<int>(5 + below(2));
    sketch_.intervals = 1 + static_cast<int>(below(2));
    sketch_.areas.assign({"a", "b", "c"});
    sketch_.areas.resize(1 + below(3));
    if (below(2) == 0) sketch_.groups = {"g", "h"};
    add("population.base", {"area", "group", "sex", "age"}, 100.0, 1000.0);
    choose("population.open_age_survivors",
           multistate() ? std::vector<std::string>{"pooled", "dropped"}
                        : std::vector<std::string>{"pooled", "separate", "dropped"});
  }

  /// Five years are a long time: rates that would take everybody within them are none.
  double yearly(double rate) const { return rate / sketch_.step; }

  void draw_mortality() {
    const std::vector<std::string> axes{"year", "area", "group", "sex", "age"};
    const std::string rates = "population.mortality.rates";
    const bool separate = sketch_.has("population.open_age_survivors", "separate");
    const std::string measure =
        multistate() ? "central_death_rate"
                     : one_of({"central_death_rate", "probability_of_dying", "survival_ratio"});
    sketch_.settings["population.mortality.measure"] = quoted(measure);
    if (measure == "central_death_rate") {
      SketchTable& table = add(rates, axes, 0.01, yearly(0.3));
      if (!separate) table.ages = one_of({"at_event", "end_of_year"});
      end_within_an_interval(table);
    } else if (measure == "probability_of_dying") {
      add(rates, axes, 0.0, 0.3);
    } else {
      add(rates, axes, 0.7, 1.0);
    }
    if (separate) add_open_age(sketch_.tables[rates]);
  }

  /// The open age group lives for less than an interval, as the rule "dropped" has it: made up anew
  /// from the group below it, it would be the larger of the two otherwise.
  void end_within_an_interval(SketchTable& table) const {
    const bool dropped = sketch_.has("population.open_age_survivors", "dropped");
    if (!dropped || table.ages != "at_event") return;
    for (SketchTable::Row& row : table.rows) {
      if (row.labels.back() == std::to_string(sketch_.open_age)) row.figure = 1.1 / sketch_.step;
    }
  }

  /// One age more, for those in the open age group already.
  void add_open_age(SketchTable& table) const {
    const std::string open = std::to_string(sketch_.open_age);
    const std::vector<SketchTable::Row> rows = table.rows;
    for (SketchTable::Row row : rows) {
      if (row.labels.back() != open) continue;
      row.labels.back() = std::to_string(sketch_.open_age + sketch_.step);
      row.figure *= 0.9;
      table.rows.push_back(std::move(row));
    }
  }

  void draw_fertility() {
    SketchTable& table =
        add("population.fertility.rates", {"year", "area", "group", "age"}, 0.05, yearly(0.3));
    table.ages = one_of({"at_event", "end_of_year"});
    for (SketchTable::Row& row : table.rows) {
      const int age = std::stoi(row.labels.back());
      if (age == 0 || age == sketch_.open_age) row.figure = 0.0;
    }
    std::vector<std::string> exposures{"stocks"};
    // A residual may take more women than the moves, which adjusted stocks do not know, have left.
    if (net_ != Net::residual) exposures.push_back("adjusted_stocks");
    if (!multistate()) exposures.push_back("before_migrants");
    choose("population.fertility.exposure", exposures);
    if (sketch_.groups.empty()) return;
    share_out(add("population.fertility.newborn_groups", {"area", "group", "child_group"}, 0.1, 1),
              sketch_.groups.size());
  }

  /// Makes the figures of every `count` rows sum to 1.
  static void share_out(SketchTable& table, std::size_t count) {
    for (std::size_t first = 0; first < table.rows.size(); first += count) {
      double sum = 0.0;
      for (std::size_t at = first; at < first + count; ++at) sum += table.rows[at].figure;
      for (std::size_t at = first; at < first + count; ++at) table.rows[at].figure /= sum;
    }
  }

  void draw_domestic() {
    if (multistate()) {
      sketch_.settings["population.domestic.form"] = quoted("multistate");
      sketch_.settings["population.domestic.transition"] =
          quoted(form_ == Form::linear ? "linear" : "exponential");
      add_by_event("population.domestic.rates",
                   {"year", "origin", "destination", "group", "sex", "age"}, yearly(0.1));
    } else {
      sketch_.settings["population.domestic.form"] = quoted("pool");
      add("population.domestic.leaving", {"year", "area", "group", "sex", "age"}, 0.0, 0.2);
      share_out(add("population.domestic.destination_shares",
                    {"year", "sex", "origin", "destination"}, 0.1, 1.0),
                sketch_.areas.size());
    }
    if (sketch_.groups.empty()) return;
    add_by_event("population.transfers.rates", {"year", "area", "group", "to_group", "sex", "age"},
                 multistate() ? yearly(0.1) : 0.1);
  }

  /// A table of moves from one label to another, none to itself. In the multistate form its ages
  /// are counted as those of the death rates.
  void add_by_event(const std::string& parameter, const std::vector<std::string>& columns,
                    double most) {
    SketchTable& table = add(parameter, columns, 0.0, most);
    if (multistate()) table.ages = sketch_.tables["population.mortality.rates"].ages;
    const auto from =
        std::find_if(table.columns.begin(), table.columns.end(),
                     [](auto& column) { return column == "origin" || column == "to_group"; }) -
        table.columns.begin();
    const auto first = static_cast<std::size_t>(
        table.columns[static_cast<std::size_t>(from)] == "origin" ? from : from - 1);
    for (SketchTable::Row& row : table.rows) {
      if (row.labels[first] == row.labels[first + 1]) row.figure = 0.0;
    }
  }

  void draw_exchange() {
    const std::vector<std::string> axes{"year", "area", "group", "sex", "age"};
    SketchTable& emigration =
        add("population.emigration.rates", axes, 0.0, multistate() ? yearly(0.1) : 0.1);
    if (multistate()) emigration.ages = sketch_.tables["population.mortality.rates"].ages;
    add("population.immigration.counts", axes, 0.0, 50.0).ages =
        one_of({"at_event", "end_of_year"});
    if (!multistate()) choose("population.immigration.mortality", {"same_age", "next_age"});
  }

  void draw_net_migration() {
    const std::vector<std::string> axes{"year", "area", "group", "sex", "age"};
    const char* words[] = {"none", "counts", "rates", "residual"};
    sketch_.settings["population.net_migration.form"] = quoted(words[static_cast<int>(net_)]);
    if (net_ == Net::counts) {
      SketchTable& table = add("population.net_migration.values", axes, -2.0, 20.0);
      table.ages = one_of({"at_event", "end_of_year"});
      for (SketchTable::Row& row : table.rows) {  // there may be few children to leave
        if (row.labels.back() == "0") row.figure = std::abs(row.figure);
      }
    } else if (net_ == Net::rates) {
      add("population.net_migration.values", axes, -0.2, 0.2);
    } else if (net_ == Net::residual) {
      add("population.net_migration.target", axes, 50.0, 1000.0);
    }
  }

  void draw_conventions() {
    choose("population.migration.timing", {"start", "mid_year", "end"});
    if (sketch_.has("population.migration.timing", "mid_year")) {
      sketch_.settings["population.migration.newborn_exposure"] =
          fmt::format("{}", between(0.1, 0.9));
    }
    if (!multistate()) choose("population.migration.leaving_rates", {"independent", "crude"});
  }

  Form form_;
  Net net_;
  std::mt19937_64& random_;
  Sketch sketch_;
};

std::string csv(const SketchTable& table) {
  std::string text = fmt::format("{},value\n", fmt::join(table.columns, ","));
  for (const SketchTable::Row& row : table.rows) {
    text += fmt::format("{},{}\n", fmt::join(row.labels, ","), row.figure);
  }
  return text;
}

bool is_share(const std::string& parameter) {
  return parameter == "population.fertility.newborn_groups" ||
         parameter == "population.domestic.destination_shares";
}

}  // namespace

std::vector<int> Sketch::flow_years() const {
  std::vector<int> years;
  for (int at = 1; at <= intervals; ++at) years.push_back(base_year() + at * step);
  return years;
}

std::vector<int> Sketch::ages() const {
  std::vector<int> ages;
  for (int age = 0; age <= open_age; age += step) ages.push_back(age);
  return ages;
}

std::vector<std::string> Sketch::group_labels() const {
  return groups.empty() ? std::vector<std::string>{""} : groups;
}

std::vector<Who> Sketch::everyone() const {
  std::vector<Who> all;
  for (const std::string& area : areas) {
    for (const std::string& group : group_labels()) {
      for (const std::string& sex : sexes) {
        for (const int age : ages()) all.push_back({area, sex, age, group});
      }
    }
  }
  return all;
}

bool Sketch::has(const std::string& parameter, const std::string& value) const {
  const auto found = settings.find(parameter);
  return found != settings.end() && found->second == quoted(value);
}

bool counts_persons(const std::string& parameter) {
  static const std::set<std::string> all{"population.base", "population.immigration.counts",
                                         "population.net_migration.values",
                                         "population.net_migration.target"};
  return all.contains(parameter);
}

Sketch any_sketch(Form form, Net net, std::mt19937_64& random) {
  return Artist(form, net, random).draw();
}

Sketch without_events(Sketch sketch) {
  const bool survival = sketch.has("population.mortality.measure", "survival_ratio");
  for (auto& [parameter, table] : sketch.tables) {
    if (parameter == "population.base" || is_share(parameter)) continue;
    const bool ones = survival && parameter == "population.mortality.rates";
    for (SketchTable::Row& row : table.rows) row.figure = ones ? 1.0 : 0.0;
    table.ages = "end_of_year";  // the life table needs a death in the open age group
  }
  return sketch;
}

Sketch halved(const Sketch& sketch) {
  const bool counted = sketch.has("population.net_migration.form", "counts");
  Sketch result = sketch;
  result.areas.clear();
  for (const std::string& area : sketch.areas) {
    result.areas.insert(result.areas.end(), {area + "x", area + "y"});
  }
  for (auto& [parameter, table] : result.tables) {
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const std::string& name = table.columns[column];
      if (name != "area" && name != "origin" && name != "destination") continue;
      // People and those who arrive are shared between the halves; rates hold for each.
      const bool persons =
          counts_persons(parameter) && (parameter != "population.net_migration.values" || counted);
      const double share = persons || name == "destination" ? 0.5 : 1.0;
      std::vector<SketchTable::Row> rows;
      for (SketchTable::Row row : table.rows) {
        row.figure *= share;
        row.labels[column] += "x";
        rows.push_back(row);
        row.labels[column].back() = 'y';
        rows.push_back(std::move(row));
      }
      table.rows = std::move(rows);
    }
  }
  return result;
}

Projected project(const Sketch& sketch, const Folder& folder) {
  std::string text = fmt::format(
      "format = 1\ntitle = \"a sketch\"\nprojection.base_year = {}\nprojection.end_year = {}\n"
      "projection.step = {}\nprojection.open_age = {}\nareas.codes = [\"{}\"]\n",
      sketch.base_year(), sketch.flow_years().back(), sketch.step, sketch.open_age,
      fmt::join(sketch.areas, "\", \""));
  if (!sketch.groups.empty()) {
    text += fmt::format("projection.groups = [\"{}\"]\n", fmt::join(sketch.groups, "\", \""));
  }
  for (const auto& [parameter, value] : sketch.settings) text += parameter + " = " + value + "\n";
  for (const auto& [parameter, table] : sketch.tables) {
    folder.write(parameter + ".csv", csv(table));
    text += fmt::format(
        "{0} = {{ file = \"{0}.csv\", basis = \"assumed\", age_definition = \"{1}\" }}\n",
        parameter, table.ages);
  }
  return Projected(folder.write("sketch.toml", text));
}

}  // namespace kohort::test
