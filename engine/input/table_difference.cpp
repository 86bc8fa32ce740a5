#include "engine/input/table_difference.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <glob.h>

#include "engine/base/digest.hpp"
#include "engine/input/csv.hpp"

namespace kohort {
namespace {

/// The name with a star for each axis in braces, and all that a shell would take for more escaped.
std::string pattern_of(const std::string& name) {
  std::string pattern;
  for (std::size_t at = 0; at < name.size(); ++at) {
    const std::size_t end = name[at] == '{' ? name.find('}', at) : std::string::npos;
    if (end != std::string::npos) {
      pattern += '*';
      at = end;
      continue;
    }
    if (std::string("*?[\\").find(name[at]) != std::string::npos) pattern += '\\';
    pattern += name[at];
  }
  return pattern;
}

/// The files that a name stands for, in order; where none fits, the name itself.
std::vector<std::string> files_called(const std::string& name) {
  if (name.find('{') == std::string::npos) return {name};
  glob_t found{};
  std::vector<std::string> files;
  if (::glob(pattern_of(name).c_str(), 0, nullptr, &found) == 0) {
    files.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  }
  ::globfree(&found);
  return files.empty() ? std::vector<std::string>{name} : files;
}

/// How often each row stands in a table, the row written with the names of its columns.
using Rows = std::map<std::string, std::size_t>;

void add_rows(const Csv& csv, Rows& rows) {
  std::vector<std::size_t> order(csv.columns().size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return csv.columns()[a] < csv.columns()[b]; });
  for (std::size_t row = 0; row < csv.rows(); ++row) {
    std::string text;
    for (const std::size_t column : order) {
      text.append(csv.columns()[column]).append(1, '\0');
      text.append(csv.cell(row, column)).append(1, '\0');
    }
    ++rows[text];
  }
}

struct TableRead {
  ComparedTable about;
  Rows rows;
};

TableRead read_table(const std::string& name) {
  TableRead table;
  const std::vector<std::string> files = files_called(name);
  Digest together;
  for (const std::string& file : files) {
    const Csv csv = Csv::read(file);
    together.add_text(csv.sha256());
    table.about.sha256 = csv.sha256();
    table.about.rows += csv.rows();
    add_rows(csv, table.rows);
  }
  if (files.size() > 1) table.about.sha256 = together.hexadecimal();
  return table;
}

/// How many rows of one table the other does not have.
std::size_t rows_without_match(const Rows& rows, const Rows& others) {
  std::size_t count = 0;
  for (const auto& [row, times] : rows) {
    const auto found = others.find(row);
    const std::size_t matched = found == others.end() ? 0 : std::min(times, found->second);
    count += times - matched;
  }
  return count;
}

}  // namespace

TableDifference compare_tables(const std::string& first, const std::string& second) {
  TableRead one = read_table(first);
  TableRead other = read_table(second);
  one.about.rows_only = rows_without_match(one.rows, other.rows);
  other.about.rows_only = rows_without_match(other.rows, one.rows);
  return {std::move(one.about), std::move(other.about)};
}

}  // namespace kohort
