#include "engine/input/tables.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/error.hpp"
#include "engine/input/card.hpp"
#include "engine/input/figure_change.hpp"

namespace kohort {
namespace {

Error refusal(Fault fault, const Parameter& parameter, const TableReference& reference,
              const std::string& what, std::string remedy) {
  return {fault, Mistake{reference.location, fmt::format("{}: {}", parameter.name, what),
                         std::move(remedy)}};
}

std::string columns_read(const TableReference& reference) {
  if (reference.wide) return fmt::format("one for each {}", *reference.wide);
  return fmt::format("{}", fmt::join(reference.value, " + "));
}

InputRecord facts_of(const TableReference& reference, const Csv& csv) {
  InputRecord facts;
  facts.value = columns_read(reference);
  facts.sha256 = csv.sha256();
  facts.rows = csv.rows();
  return facts;
}

/// When the latest row of those that were wanted became known, where each did in a year of its own;
/// none where no column holds the year.
std::optional<Year> latest_row(const TableReference& reference, std::span<const WantedAxis> axes,
                               const DenseFigures& figures) {
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    if (axes[axis].kind != WantedAxis::Kind::year || figures.strides[axis] == 0) continue;
    const int about = std::stoi(axes[axis].labels.back());
    return Year(std::max(about, about - reference.year_shift));
  }
  return std::nullopt;
}

}  // namespace

const Tables::File& Tables::open(const Parameter& parameter, const TableReference& reference,
                                 const std::string& file) {
  const auto found = files_.find(file);
  if (found != files_.end()) return found->second;
  if (!std::filesystem::exists(file)) {
    throw refusal(Fault::input, parameter, reference, fmt::format("there is no table '{}'", file),
                  "check the name; it is relative to the scenario file");
  }
  return files_.emplace(file, File{Csv::read(file), read_card(file)}).first->second;
}

/// The reference to one file, with what the file's card says.
TableReference Tables::described(const Parameter& parameter, const TableReference& reference,
                                 const std::string& file) {
  TableReference full = reference;
  full.file = file;
  complete(full, open(parameter, reference, file).card);
  return full;
}

/// Throws unless it is clear that the run may read the table.
void Tables::require_known(const Parameter& parameter, const TableReference& reference) const {
  if (!launch_) return;
  if (!reference.known_from) {
    throw refusal(Fault::scenario, parameter, reference,
                  fmt::format("nothing says from when '{}' was known, and the scenario has a "
                              "launch year",
                              reference.file),
                  "add known_from = ... here or on the card beside the table");
  }
  const auto year = reference.known_from->year;
  if (!year || *year <= launch_->value()) return;
  if (std::find(later_.begin(), later_.end(), parameter.name) != later_.end()) return;
  throw refusal(
      Fault::scenario, parameter, reference,
      fmt::format("'{}' was known only from {}, after the launch year {}", reference.file, *year,
                  launch_->value()),
      "choose a table that was known by then, or, where the figures are not what is to be "
      "judged, name the parameter in projection.conditional_on");
}

std::vector<Tables::Part> Tables::parts_of(const TableReference& reference,
                                           std::span<const WantedAxis> axes) {
  for (std::size_t axis = 0; axis < axes.size(); ++axis) {
    const std::string mark = "{" + axes[axis].name + "}";
    const std::size_t at = reference.file.find(mark);
    if (at == std::string::npos) continue;
    const AxisReader reader(axes[axis], reference, std::nullopt);
    std::vector<Part> parts;
    for (std::size_t label = 0; label < axes[axis].labels.size(); ++label) {
      std::string file = reference.file;
      file.replace(at, mark.size(), reader.word_for(axes[axis].labels[label]));
      parts.push_back({std::move(file), std::pair(axis, label)});
    }
    return parts;
  }
  return {{reference.file, std::nullopt}};
}

DenseFigures Tables::read_dense(const Parameter& parameter, const TableReference& reference,
                                std::span<const WantedAxis> axes) {
  DenseFigures figures = reference.number ? spread_number(parameter, reference, axes)
                                          : read_files(parameter, reference, axes);
  if (reference.change) reference.change->apply(parameter, axes, figures);
  return figures;
}

/// The same figure everywhere, unless the reader must tell the positions of an axis apart.
DenseFigures Tables::spread_number(const Parameter& parameter, const TableReference& reference,
                                   std::span<const WantedAxis> axes) {
  for (const WantedAxis& axis : axes) {
    if (!axis.required || axis.labels.size() < 2) continue;
    throw refusal(Fault::scenario, parameter, reference,
                  fmt::format("one number would stand for every {}", axis.name),
                  "give it as a table that an intervention can change in some years");
  }
  note(Basis::assumed);
  numbers_.push_back(parameter.name);
  return {{*reference.number}, std::vector<std::size_t>(axes.size(), 0)};
}

DenseFigures Tables::read_files(const Parameter& parameter, const TableReference& reference,
                                std::span<const WantedAxis> axes) {
  const std::vector<Part> parts = parts_of(reference, axes);
  std::vector<TableReference> references;
  std::optional<int> last_year;
  for (const Part& part : parts) {
    references.push_back(described(parameter, reference, part.file));
    const TableReference& full = references.back();
    if (!full.basis) {
      throw refusal(
          Fault::input, parameter, reference,
          fmt::format("nothing says whether '{}' is observed, estimated or assumed", full.file),
          "add basis = \"...\" here or on the card beside the table");
    }
    require_known(parameter, full);
    if (launch_ && !full.known_from->year) last_year = launch_->value();
  }
  DenseReader reader(parameter, reference, axes, last_year);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const Csv& csv = open(parameter, reference, parts[part].file).csv;
    if (!reader.add(csv, parts[part].fixed)) continue;
    record(parameter, references[part], facts_of(reference, csv));
  }
  DenseFigures figures = reader.finish();
  for (const TableReference& full : references) {
    note_known(full, latest_row(reference, axes, figures));
  }
  return figures;
}

const Csv& Tables::rows(const Parameter& parameter, const TableReference& reference) {
  const TableReference full = described(parameter, reference, reference.file);
  require_known(parameter, full);
  if (launch_ && !full.known_from->year) {
    throw refusal(Fault::scenario, parameter, reference,
                  "a list cannot have become known year by year",
                  "say in which year it was known (known_from)");
  }
  const Csv& csv = open(parameter, reference, reference.file).csv;
  record(parameter, full, facts_of(reference, csv));
  note_known(full, std::nullopt);
  return csv;
}

void Tables::enter(const Parameter& parameter, const TableReference& reference,
                   const std::string& sha256) {
  require_known(parameter, reference);
  InputRecord facts;
  facts.sha256 = sha256;
  record(parameter, reference, std::move(facts));
  note_known(reference, std::nullopt);
}

/// Enters a table into the account, once for each parameter that it is read for.
void Tables::record(const Parameter& parameter, const TableReference& reference,
                    InputRecord facts) {
  for (const InputRecord& known : records_) {
    if (known.parameter == parameter.name && known.file == reference.file) return;
  }
  note(reference.basis.value_or(Basis::observed));
  // A list of names is what it is; only figures can be estimated.
  facts.parameter = parameter.name;
  facts.file = reference.file;
  facts.basis = reference.basis.value_or(Basis::observed);
  facts.known_from = reference.known_from;
  facts.age_definition = reference.age_definition;
  facts.source = reference.source;
  records_.push_back(std::move(facts));
}

void Tables::note_known(const TableReference& reference, std::optional<Year> latest_row) {
  std::optional<Year> known = latest_row;
  if (launch_ && known) known = std::min(*known, *launch_);  // later rows were not read
  if (reference.known_from && reference.known_from->year) known = Year(*reference.known_from->year);
  if (!reference.known_from || !known) {
    all_say_when_ = false;
  } else if (!known_ || *known_ < *known) {
    known_ = known;
  }
}

Basis Tables::basis_of(const Parameter& parameter) const {
  const bool number = std::find(numbers_.begin(), numbers_.end(), parameter.name) != numbers_.end();
  Basis basis = number ? Basis::assumed : Basis::observed;
  for (const InputRecord& record : records_) {
    if (record.parameter == parameter.name) basis = std::max(basis, record.basis);
  }
  return basis;
}

AgeDefinition Tables::age_definition(const Parameter& parameter, const TableReference& reference) {
  if (reference.age_definition) return *reference.age_definition;
  // Blocks read several tables for one parameter; one reference may stand for several files.
  const bool several = reference.file.find('{') != std::string::npos;
  for (const InputRecord& known : records_) {
    if (known.parameter != parameter.name || !(several || known.file == reference.file)) continue;
    if (known.age_definition) return *known.age_definition;
  }
  throw refusal(Fault::input, parameter, reference,
                fmt::format("nothing says how the ages of '{}' are counted", reference.file),
                "add age_definition = \"end_of_year\" or \"at_event\" here or on its card");
}

}  // namespace kohort
