#include "engine/model/frozen_tables.hpp"

#include <algorithm>
#include <numeric>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/digest.hpp"
#include "engine/base/error.hpp"
#include "engine/base/file.hpp"

namespace kohort {
namespace {

std::string attribute(const store::Dataset& dataset, const std::string& name) {
  for (const auto& [key, value] : dataset.attributes) {
    if (key == name) return std::get<std::string>(value);
  }
  return "";
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::vector<std::string> codes_of(const Frame& frame) {
  std::vector<std::string> codes;
  for (const AreaDescription& area : frame.areas) codes.push_back(area.code);
  return codes;
}

Basis basis_from(const std::string& word) {
  for (const Basis basis : {Basis::observed, Basis::estimated}) {
    if (word == to_string(basis)) return basis;
  }
  return Basis::assumed;
}

/// The cells at `positions` of each axis of a row-major table.
std::vector<double> choose(const std::vector<double>& values,
                           const std::vector<std::size_t>& lengths,
                           const std::vector<std::vector<std::size_t>>& positions) {
  std::vector<std::size_t> offsets{0};
  for (std::size_t axis = 0; axis < lengths.size(); ++axis) {
    std::vector<std::size_t> next;
    next.reserve(offsets.size() * positions[axis].size());
    for (const std::size_t offset : offsets) {
      for (const std::size_t at : positions[axis]) next.push_back(offset * lengths[axis] + at);
    }
    offsets = std::move(next);
  }
  std::vector<double> chosen;
  chosen.reserve(offsets.size());
  for (const std::size_t offset : offsets) chosen.push_back(values[offset]);
  return chosen;
}

/// Axes of the result itself, whose labels an estimate need not bring.
bool is_of_the_frame(const std::string& axis) {
  return axis == "flow_year" || axis == "area" || axis == "sex" || axis == "age";
}

/// Does what reads the file. Where HDF5 cannot, it knows neither its name nor what became of it.
template <class Action>
auto reading(const std::filesystem::path& file, Action&& action) {
  try {
    return action();
  } catch (const Error& error) {
    const Mistake& found = error.mistakes().front();
    if (!found.where.file.empty()) throw;
    throw Error(Fault::storage,
                Mistake{{file.string(), 0, 0},
                        "it cannot be read, and may be damaged or cut off: " + found.what,
                        "freeze it again"});
  }
}

}  // namespace

FrozenTables::FrozenTables(const std::filesystem::path& file, const Frame& frame)
    : reader_(reading(file, [&] { return store::Reader(file); })) {
  const auto format = reading(file, [&] { return reader_.number("kohort_estimates"); });
  if (format != frozen_format) {
    throw Error(Fault::storage,
                Mistake{{reader_.file(), 0, 0},
                        format ? fmt::format("its estimates are of format {}, and this program "
                                             "knows format {}",
                                             *format, frozen_format)
                               : std::string("it holds no estimates"),
                        "name a file that `kohort run --freeze FILE` has written"});
  }
  reading(file, [&] { reader_.verify(); });
  find_positions(frame);
  for (const std::string& path : reader_.datasets()) {
    for (std::string& word : words_of(attribute(reader_.describe(path), "components"))) {
      const auto& known = components_;
      if (std::find(known.begin(), known.end(), word) == known.end()) components_.push_back(word);
    }
  }
}

void FrozenTables::complain(const std::string& what, const std::string& remedy,
                            Mistakes& mistakes) const {
  mistakes.add({{reader_.file(), 0, 0}, what, remedy});
}

std::vector<std::string> FrozenTables::labels(const std::string& scale) const {
  const store::Labels labels = reader_.labels(scale);
  if (const auto* texts = std::get_if<std::vector<std::string>>(&labels)) return *texts;
  std::vector<std::string> texts;
  if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&labels)) {
    for (const std::int32_t label : *whole) texts.push_back(std::to_string(label));
  } else {
    for (const double label : std::get<std::vector<double>>(labels)) {
      texts.push_back(fmt::format("{}", label));
    }
  }
  return texts;
}

void FrozenTables::find_positions(const Frame& frame) {
  Mistakes mistakes;
  check_calendar(frame, mistakes);
  check_ages(frame, mistakes);
  if (reader_.has("group") || !frame.groups.empty()) {
    complain("estimates are of people without groups", "take projection.groups out", mistakes);
  }
  positions_["sex"] = find("sex", frame.sexes, "sexes", mistakes);
  positions_["area"] = find("area", codes_of(frame), "areas", mistakes);
  positions_["origin"] = positions_["destination"] = positions_["area"];
  std::vector<std::size_t>& years = positions_["flow_year"];
  years.resize(frame.intervals);
  std::iota(years.begin(), years.end(), std::size_t{0});
  mistakes.throw_if_any(Fault::scenario);
}

/// Where the labels stand that this run wants, which must be all there are.
std::vector<std::size_t> FrozenTables::find(const std::string& scale,
                                            const std::vector<std::string>& wanted,
                                            const std::string& what, Mistakes& mistakes) const {
  const std::vector<std::string> known = labels(scale);
  std::vector<std::size_t> positions;
  std::vector<std::string> missing;
  for (const std::string& label : wanted) {
    const auto found = std::find(known.begin(), known.end(), label);
    positions.push_back(static_cast<std::size_t>(found - known.begin()));
    if (found == known.end()) missing.push_back(label);
  }
  std::vector<std::string> more;
  for (const std::string& label : known) {
    if (std::find(wanted.begin(), wanted.end(), label) == wanted.end()) more.push_back(label);
  }
  if (missing.empty() && more.empty()) return positions;
  std::string differs;
  if (!missing.empty()) differs = fmt::format("it lacks {}", fmt::join(missing, ", "));
  if (!more.empty()) {
    differs +=
        fmt::format("{}it has {} besides", differs.empty() ? "" : " and ", fmt::join(more, ", "));
  }
  complain(fmt::format("it was frozen for other {} than those of the scenario: {}", what, differs),
           fmt::format("project the same {}, or freeze a run of these", what), mistakes);
  return positions;
}

void FrozenTables::check_calendar(const Frame& frame, Mistakes& mistakes) const {
  const std::vector<std::string> years = labels("year");
  const int first = std::stoi(years.front());
  const int last = std::stoi(years.back());
  const int step = (last - first) / static_cast<int>(years.size() - 1);
  if (first != frame.base_year.value()) {
    complain(fmt::format("it was frozen for the base year {}, and the scenario's is {}", first,
                         frame.base_year.value()),
             "project from the same base year, or freeze a run from this one", mistakes);
  }
  if (step != frame.step) {
    complain(fmt::format("it was frozen in steps of {} years, and the scenario's are of {}", step,
                         frame.step),
             "choose the same projection.step", mistakes);
  }
  if (last < frame.end_year().value()) {
    complain(fmt::format("it was frozen to {}, and the scenario ends in {}", last,
                         frame.end_year().value()),
             "freeze again with a later projection.end_year, or end the projection earlier",
             mistakes);
  }
}

void FrozenTables::check_ages(const Frame& frame, Mistakes& mistakes) const {
  const std::string open = labels("age").back();
  if (open == std::to_string(frame.open_age)) return;
  complain(fmt::format("it was frozen for the open age {}, and the scenario's is {}", open,
                       frame.open_age),
           "choose the same projection.open_age", mistakes);
}

Estimate FrozenTables::table(const std::string& name) const {
  if (!reader_.has(name)) {
    throw Error(Fault::storage, Mistake{{reader_.file(), 0, 0},
                                        "it lacks the table " + name,
                                        "freeze the estimates again with this program"});
  }
  const store::Dataset dataset = reader_.describe(name);
  Estimate table{name,
                 attribute(dataset, "long_name"),
                 attribute(dataset, "units"),
                 {},
                 {},
                 basis_from(attribute(dataset, "basis")),
                 words_of(attribute(dataset, "components"))};
  const std::vector<std::size_t> lengths = reader_.lengths(name);
  std::vector<std::vector<std::size_t>> positions;
  for (std::size_t axis = 0; axis < lengths.size(); ++axis) {
    const std::string& scale = dataset.axes[axis];
    const auto found = positions_.find(scale);
    if (found != positions_.end()) {
      positions.push_back(found->second);
    } else {
      std::vector<std::size_t>& all = positions.emplace_back(lengths[axis]);
      std::iota(all.begin(), all.end(), std::size_t{0});
    }
    EstimateAxis described{scale, {}};
    if (!is_of_the_frame(scale)) {
      const std::vector<std::string> known = labels(scale);
      for (const std::size_t at : positions.back()) described.labels.push_back(known[at]);
    }
    table.axes.push_back(std::move(described));
  }
  table.values = choose(reader_.values(name), lengths, positions);
  return table;
}

std::vector<Estimate> FrozenTables::tables(const std::string& group) const {
  std::vector<Estimate> tables;
  for (const std::string& path : reader_.datasets()) {
    if (path.starts_with(group + "/")) tables.push_back(table(path));
  }
  return tables;
}

Basis FrozenTables::basis() const { return basis_from(reader_.text("basis").value_or("")); }

std::optional<Year> FrozenTables::known_from() const {
  const auto year = reader_.number("known_from");
  if (!year) return std::nullopt;
  return Year(static_cast<int>(*year));
}

std::filesystem::path frozen_file(const Settings& settings, const Text& parameter) {
  std::filesystem::path file = settings.file(parameter);
  std::error_code none_there;
  if (std::filesystem::exists(file, none_there)) return file;
  throw Error(Fault::scenario,
              settings.mistake(parameter, fmt::format("there is no file '{}'", file.string()),
                               "check the name, or write the file by `kohort run --freeze FILE`"));
}

void enter(const FrozenTables& frozen, const Text& parameter, const Settings& settings,
           Tables& tables) {
  TableReference reference;
  reference.file = frozen.file();
  reference.location = settings.setting(parameter).location;
  reference.basis = frozen.basis();
  if (const auto known = frozen.known_from()) reference.known_from = KnownFrom{known->value()};
  if (launch_year(settings) && !reference.known_from) {
    throw Error(Fault::scenario,
                settings.mistake(
                    parameter,
                    fmt::format("'{}' does not say from when all that it came from was known, and "
                                "the scenario has a launch year",
                                frozen.file()),
                    "freeze it again from tables that all say known_from"));
  }
  tables.enter(parameter, reference, sha256(read_file(frozen.file()).text.value_or("")));
}

}  // namespace kohort
