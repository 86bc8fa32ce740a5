#include "models/care/share_inputs.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/base/nearest.hpp"
#include "engine/input/csv.hpp"
#include "models/care/parameters.hpp"

namespace kohort::care {

namespace p = parameters;

namespace {

using Definition = Index<struct DefinitionAxis>;
using BroadAge = Index<struct BroadAgeAxis>;
using SexOrBoth = Index<struct SexOrBothAxis>;

constexpr BroadAge all_ages(0);
constexpr BroadAge oldest(1);

/// The labels of an axis in those rows of a table that are wanted, whichever year they are about;
/// none where no column has them.
std::vector<std::string> labels_in(const TableReference& reference, const std::string& axis) {
  std::vector<std::string> labels;
  if (!std::filesystem::exists(reference.file)) return labels;
  const Csv table = Csv::read(reference.file);
  const auto column = table.column(reference.column_of(axis));
  if (!column) return labels;
  const auto is_wanted = [&](std::size_t row) {
    return std::all_of(reference.where.begin(), reference.where.end(), [&](const auto& one) {
      const auto at = table.column(one.first);
      const auto& cells = one.second;
      return !at || std::find(cells.begin(), cells.end(), table.cell(row, *at)) != cells.end();
    });
  };
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!is_wanted(row)) continue;
    std::string label = reference.label_of(axis, std::string(table.cell(row, *column)));
    if (std::find(labels.begin(), labels.end(), label) == labels.end()) {
      labels.push_back(std::move(label));
    }
  }
  return labels;
}

/// Of each series the definitions that are wanted, and all of them together as labels of an axis.
class Definitions {
 public:
  /// `figures` is the table that they are the definitions of.
  Definitions(const Source& source, const std::vector<std::string>& series,
              const NamedListsParameter& parameter, const Parameter& figures)
      : source_(source), parameter_(parameter), figures_(figures) {
    const NamedLists lists = source.settings.maybe(parameter).value_or(NamedLists{});
    for (const std::string& name : series) {
      const auto found = std::find_if(lists.begin(), lists.end(),
                                      [&](const auto& list) { return list.first == name; });
      if (found == lists.end() || found->second.empty()) {
        fail(fmt::format("there is none for '{}'", name),
             fmt::format("say {} = {{ {} = [\"...\"] }}", parameter.name, name));
      }
      require_rows(name, found->second, series.size() > 1);
      add(found->second);
    }
  }

  const std::vector<std::string>& labels() const { return labels_; }
  const std::string& label(Definition definition) const { return labels_[definition.position()]; }
  /// In the order in which the scenario names them.
  const std::vector<Definition>& of(Series series) const { return wanted_[series.position()]; }

 private:
  [[noreturn]] void fail(std::string what, std::string remedy) const {
    throw Error(Fault::scenario,
                source_.settings.mistake(parameter_, std::move(what), std::move(remedy)));
  }

  /// A definition without a row would be left out without a word.
  void require_rows(const std::string& series, const std::vector<std::string>& wanted,
                    bool by_series) const {
    TableReference reference = *source_.settings.quantity(figures_).table();
    if (by_series) reference = restricted(std::move(reference), "series", {series});
    const auto known = labels_in(reference, "definition");
    for (const std::string& one : wanted) {
      if (known.empty() || std::find(known.begin(), known.end(), one) != known.end()) continue;
      const auto meant = nearest(one, known);
      fail(fmt::format("no row of '{}' has '{}' of '{}'", reference.file, one, series),
           meant ? fmt::format("did you mean '{}'?", *meant)
                 : fmt::format("it has {}", fmt::join(known, ", ")));
    }
  }

  void add(const std::vector<std::string>& words) {
    std::vector<Definition>& wanted = wanted_.emplace_back();
    for (const std::string& word : words) {
      const auto found = std::find(labels_.begin(), labels_.end(), word);
      wanted.emplace_back(static_cast<std::size_t>(found - labels_.begin()));
      if (found == labels_.end()) labels_.push_back(word);
    }
  }

  const Source& source_;
  const NamedListsParameter& parameter_;
  const Parameter& figures_;
  std::vector<std::string> labels_;
  std::vector<std::vector<Definition>> wanted_;
};

/// The nation's shares of one group of people, by definition and year; not a number where none is
/// published.
class Published {
 public:
  using Shares = BroadcastTable<Interval, Series, Definition, BroadAge, SexOrBoth>;

  Published(const Shares& shares, const Definitions& definitions, Year first)
      : shares_(shares), definitions_(definitions), first_(first) {}

  /// Who is counted.
  struct People {
    Series series;
    BroadAge ages;
    SexOrBoth sex;
  };

  double at(Year year, Definition definition, const People& people) const {
    const auto since = static_cast<std::size_t>(year.value() - first_.value());
    return shares_(Interval(since), people.series, definition, people.ages, people.sex);
  }

  /// Whether any definition has a share of a year.
  bool any(Year year, const People& people) const {
    const std::vector<Definition>& known = definitions_.of(people.series);
    return std::any_of(known.begin(), known.end(),
                       [&](Definition one) { return !std::isnan(at(year, one, people)); });
  }

  /// The share of a year by the first definition that has any up to then, or its last one, which
  /// goes on as another definition does from a year that both have. None where nothing leads there.
  std::optional<PublishedShare> find(Year year, const People& people) const {
    const std::vector<Definition>& known = definitions_.of(people.series);
    const auto own = std::find_if(known.begin(), known.end(), [&](Definition one) {
      return last_of({one}, year, people).has_value();
    });
    if (own == known.end()) return std::nullopt;
    if (const double share = at(year, *own, people); !std::isnan(share)) {
      return PublishedShare{
          people.series, {}, definitions_.label(*own), std::to_string(year.value()), share};
    }
    for (auto other = own + 1; other != known.end(); ++other) {
      if (std::isnan(at(year, *other, people))) continue;
      if (const auto overlap = last_of({*own, *other}, year, people)) {
        return spliced({*own, *other}, *overlap, year, people);
      }
    }
    return std::nullopt;
  }

 private:
  /// The last year up to one that all of them have.
  std::optional<Year> last_of(const std::vector<Definition>& definitions, Year year,
                              const People& people) const {
    for (; year >= first_; year = year - 1) {
      const bool all = std::none_of(definitions.begin(), definitions.end(), [&](Definition one) {
        return std::isnan(at(year, one, people));
      });
      if (all) return year;
    }
    return std::nullopt;
  }

  PublishedShare spliced(std::pair<Definition, Definition> definitions, Year overlap, Year year,
                         const People& people) const {
    const auto [own, other] = definitions;
    const double share =
        at(overlap, own, people) * at(year, other, people) / at(overlap, other, people);
    return {
        people.series,
        {},
        definitions_.label(own),
        fmt::format("{}, on to {} as {}", overlap.value(), year.value(), definitions_.label(other)),
        share};
  }

  const Shares& shares_;
  const Definitions& definitions_;
  Year first_;
};

class ShareReader {
 public:
  ShareReader(const Source& source, CareInputs& inputs) : source_(source), inputs_(inputs) {}

  void read_nation() {
    const TableReference reference = *require_quantity(source_, p::national_shares).table();
    const Definitions definitions(source_, inputs_.care.series, p::national_definitions,
                                  p::national_shares);
    const Year base = source_.frame.base_year;
    const Years years{std::min(base, Year(1990)), base};
    const std::vector<std::string> ages = broad_ages();
    TableReference wanted = restricted(with_gaps(reference), "series", inputs_.care.series);
    wanted = restricted(std::move(wanted), "definition", definitions.labels());
    wanted = restricted(std::move(wanted), "ages", ages);
    const auto table = source_.tables.read<Interval, Series, Definition, BroadAge, SexOrBoth>(
        p::national_shares, wanted,
        {wanted_years(years),
         {.name = "series", .labels = inputs_.care.series, .required = series() > 1},
         definition_axis(definitions),
         {.name = "ages", .labels = ages, .required = true},
         {.name = "sex", .labels = sexes_and_both(), .required = true}});
    const Published published(table, definitions, years.first());
    take_nation(published, years);
    take_definitions(published, definitions, years);
    for (const Series one : positions<Series>(series())) {
      take_course(published, definitions.of(one), one);
    }
  }

  void read_areas() {
    const std::size_t units = source_.frame.areas.size() + inputs_.municipalities.size();
    inputs_.areas = decltype(inputs_.areas)({series(), units});
    if (!source_.settings.given(p::area_shares)) return;
    const TableReference reference = *source_.settings.quantity(p::area_shares).table();
    const Definitions definitions(source_, inputs_.care.series, p::area_definitions,
                                  p::area_shares);
    require_one_definition(definitions);
    const Years years = area_years();
    WantedAxis areas = areas_and_municipalities(source_.frame, inputs_.municipalities);
    areas.labels.emplace_back(nation_code);
    areas.required = true;
    TableReference wanted = restricted(with_gaps(reference), "series", inputs_.care.series);
    wanted = restricted(std::move(wanted), "definition", definitions.labels());
    const auto table = source_.tables.read<Interval, Area, Series, Definition>(
        p::area_shares, wanted,
        {wanted_years(years),
         areas,
         {.name = "series", .labels = inputs_.care.series, .required = series() > 1},
         definition_axis(definitions)});
    for (const Series one : positions<Series>(series())) {
      for (const Area area : positions<Area>(units)) {
        for (const Interval year : positions<Interval>(years.count())) {
          for (const Definition definition : definitions.of(one)) {
            const double share = table(year, area, one, definition);
            if (std::isnan(share)) continue;
            const double national = table(year, Area(units), one, definition);
            inputs_.areas(one, area).push_back(
                {share, std::isnan(national) ? std::nullopt : std::optional(national)});
          }
        }
      }
    }
  }

 private:
  [[noreturn]] void fail(const Parameter& parameter, std::string what, std::string remedy) const {
    throw Error(Fault::scenario,
                source_.settings.mistake(parameter, std::move(what), std::move(remedy)));
  }

  std::size_t sexes() const { return source_.frame.sexes.size(); }
  std::size_t series() const { return inputs_.care.series.size(); }

  static WantedAxis definition_axis(const Definitions& definitions) {
    return {.name = "definition",
            .labels = definitions.labels(),
            .required = definitions.labels().size() > 1};
  }

  std::vector<std::string> broad_ages() const {
    return {fmt::format("{}+", source_.settings[p::first_age]), fmt::format("{}+", oldest_from)};
  }

  std::vector<std::string> sexes_and_both() const {
    std::vector<std::string> labels = source_.frame.sexes;
    labels.emplace_back("both");
    return labels;
  }

  Years area_years() const {
    const Year first(static_cast<int>(source_.settings[p::area_first_year]));
    const Year last(static_cast<int>(source_.settings[p::area_last_year]));
    if (last < first) {
      fail(p::area_last_year, "it lies before care.area_first_year", "correct one of them");
    }
    return {first, last};
  }

  /// A mean share of several definitions would be one of none.
  void require_one_definition(const Definitions& definitions) const {
    if (source_.settings[p::area_form] == LevelForm::ratio) return;
    for (const Series one : positions<Series>(series())) {
      const std::size_t count = definitions.of(one).size();
      if (count == 1) continue;
      fail(p::area_definitions,
           fmt::format("care.area_level = \"share\" takes one definition of a series, and '{}' has "
                       "{}",
                       inputs_.care.series[one.position()], count),
           "name one, or set care.area_level = \"ratio\"");
    }
  }

  /// The shares of the last year that has all of them.
  void take_nation(const Published& published, Years years) {
    inputs_.nation.all_ages = Table<double, Series, Sex>({series(), sexes()});
    inputs_.nation.oldest.from = CareAge(oldest_from - inputs_.care.first_age.position());
    inputs_.nation.oldest.shares.assign(series(), 0.0);
    for (Year year = years.last(); year >= years.first(); year = year - 1) {
      inputs_.national_year = year;
      inputs_.published.clear();
      if (take_nation(published, year)) return;
    }
    fail(p::national_shares, "no year up to the base year has the shares of all series",
         "give the shares by sex of all ages, and of 80+ of both sexes (sex both)");
  }

  /// Whether all of them are published of the year, or lead there.
  bool take_nation(const Published& published, Year year) {
    const std::vector<std::string> ages = broad_ages();
    const std::vector<std::string> labels = sexes_and_both();
    const auto take = [&](const Published::People& people, double& share) {
      auto found = published.find(year, people);
      if (!found) return false;
      found->people = ages[people.ages.position()] + " " + labels[people.sex.position()];
      share = found->share;
      inputs_.published.push_back(std::move(*found));
      return true;
    };
    for (const Series one : positions<Series>(series())) {
      for (const Published::People& people : groups(one)) {
        double& share = people.ages == oldest
                            ? inputs_.nation.oldest.shares[one.position()]
                            : inputs_.nation.all_ages(one, Sex(people.sex.position()));
        if (!take(people, share)) return false;
      }
    }
    return true;
  }

  /// The groups of people that the nation's shares are of, in the order of `published`.
  std::vector<Published::People> groups(Series one) const {
    std::vector<Published::People> found;
    for (const Sex sex : positions<Sex>(sexes())) {
      found.push_back({one, all_ages, SexOrBoth(sex.position())});
    }
    found.push_back({one, oldest, SexOrBoth(sexes())});
    return found;
  }

  /// All that is published of them up to the base year, and by which definition each counts.
  void take_definitions(const Published& published, const Definitions& definitions, Years years) {
    DefinitionShares& found = inputs_.by_definition;
    found.definitions = definitions.labels();
    std::vector<Year> known;
    for (Year year = years.first(); year <= years.last(); year = year + 1) {
      if (any_share(published, year)) known.push_back(year);
    }
    for (const Year year : known) found.years.push_back(std::to_string(year.value()));
    for (const PublishedShare& one : inputs_.published) {
      if (one.series == Series(0)) found.people.push_back(one.people);
      for (const std::string& label : found.definitions) {
        found.counts.push_back(label == one.definition ? 1.0 : 0.0);
      }
    }
    for (const Series one : positions<Series>(series())) {
      for (const Published::People& people : groups(one)) {
        for (const Definition definition : positions<Definition>(found.definitions.size())) {
          for (const Year year : known) {
            const double share = published.at(year, definition, people);
            found.shares.push_back(std::isnan(share) ? 0.0 : share);
          }
        }
      }
    }
  }

  bool any_share(const Published& published, Year year) const {
    for (const Series one : positions<Series>(series())) {
      for (const Published::People& people : groups(one)) {
        if (published.any(year, people)) return true;
      }
    }
    return false;
  }

  /// Of one definition alone: the first with at least two years.
  void take_course(const Published& published, const std::vector<Definition>& definitions,
                   Series one) {
    const Year base = source_.frame.base_year;
    const auto given = source_.settings.maybe(p::trend_first_year);
    const Year first = given ? Year(static_cast<int>(*given)) : std::min(base, Year(1990));
    std::vector<YearlyShare>& course = inputs_.course.emplace_back();
    for (const Definition definition : definitions) {
      course.clear();
      for (Year year = first; year <= base; year = year + 1) {
        const double share = published.at(year, definition, {one, oldest, SexOrBoth(sexes())});
        if (!std::isnan(share)) course.push_back({year, share});
      }
      if (course.size() > 1) return;
    }
  }

  const Source& source_;
  CareInputs& inputs_;
};

}  // namespace

void read_shares(const Source& source, CareInputs& inputs) {
  ShareReader reader(source, inputs);
  reader.read_nation();
  reader.read_areas();
}

TableReference restricted(TableReference reference, const std::string& axis,
                          const std::vector<std::string>& labels) {
  auto& where = reference.where[reference.column_of(axis)];
  if (where.empty()) where = labels;
  return reference;
}

}  // namespace kohort::care
