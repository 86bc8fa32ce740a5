#include "engine/input/csv.hpp"

#include <algorithm>
#include <set>

#include <csv.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utf8.h>

#include "engine/base/digest.hpp"
#include "engine/base/error.hpp"
#include "engine/base/file.hpp"
#include "engine/base/inflate.hpp"

namespace kohort {
namespace {

[[noreturn]] void refuse(const std::string& file, std::size_t line, std::string what,
                         std::string remedy) {
  throw Error(Fault::input, Mistake{{file, line, 0}, std::move(what), std::move(remedy)});
}

std::string read_bytes(const std::string& file) {
  FileText read = read_file(file);
  if (read.text) return *std::move(read.text);
  refuse(file, 0, fmt::format("the table cannot be opened ({})", read.reason),
         "check the name in the scenario; it is relative to that file");
}

/// What the bytes hold, decompressed where they are.
std::string unpack(std::string bytes, const std::string& file) {
  if (!is_gzip(bytes)) return bytes;
  std::optional<std::string> text = inflate_gzip(bytes);
  if (!text) refuse(file, 0, "the compressed file is broken or cut off", "compress it anew (gzip)");
  return *std::move(text);
}

void reject_other_formats(const std::string& text, const std::string& file) {
  using namespace std::string_view_literals;
  if (text.starts_with("PK\x03\x04"sv)) {
    refuse(file, 0, "this is a workbook or an archive, not a CSV file",
           "save the sheet as CSV in UTF-8, with commas");
  }
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) {
    refuse(file, 0, "the file is in UTF-16", "save it as CSV in UTF-8");
  }
}

std::size_t line_of(const std::string& text, std::size_t at) {
  return 1 + static_cast<std::size_t>(
                 std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

void require_utf8(const std::string& text, const std::string& file) {
  const auto invalid = utf8::find_invalid(text.begin(), text.end());
  if (invalid == text.end()) return;
  const auto at = static_cast<std::size_t>(invalid - text.begin());
  refuse(file, line_of(text, at),
         fmt::format("byte 0x{:02X} is not UTF-8", static_cast<unsigned char>(*invalid)),
         "save the file as UTF-8 (it may be Latin-1 or Windows-1252 now)");
}

/// Cells between other marks look like one column.
void reject_other_separators(const std::string& text, const std::string& file) {
  const std::string_view header = std::string_view(text).substr(0, text.find('\n'));
  if (header.find(',') != std::string_view::npos) return;
  const bool semicolons = header.find(';') != std::string_view::npos;
  if (!semicolons && header.find('\t') == std::string_view::npos) return;
  refuse(file, 1, fmt::format("the cells are separated by {}", semicolons ? "semicolons" : "tabs"),
         "separate them by commas, and write decimal points");
}

}  // namespace

/// Receives the cells from the CSV library.
class CsvBuilder {
 public:
  explicit CsvBuilder(const std::string& file) { csv_.file_ = file; }

  Csv build(const std::string& text) {
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    std::size_t begin = 0;
    bool sound = true;
    while (begin < text.size() && sound) {
      ++line_;
      const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
      const std::size_t length = end - begin;
      sound = csv_parse(&parser, text.data() + begin, length, on_cell, on_row, this) == length;
      begin = end;
    }
    sound = sound && csv_fini(&parser, on_cell, on_row, this) == 0;
    const std::string reason = csv_strerror(csv_error(&parser));
    csv_free(&parser);
    if (!sound) {
      add(row_end_ + 1, "a quote is out of place in the row that begins here (" + reason + ")",
          "write a quote inside a cell twice");
    }
    csv_.begins_.push_back(csv_.text_.size());
    check_header();
    mistakes_.throw_if_any(Fault::input);
    return std::move(csv_);
  }

 private:
  static void on_cell(void* bytes, std::size_t length, void* builder) {
    static_cast<CsvBuilder*>(builder)->cell({static_cast<const char*>(bytes), length});
  }
  static void on_row(int /*end*/, void* builder) { static_cast<CsvBuilder*>(builder)->row(); }

  void cell(std::string_view text) {
    if (cells_in_row_++ == 0) row_line_ = line_;
    if (in_header_) {
      csv_.columns_.emplace_back(text);
    } else {
      csv_.begins_.push_back(csv_.text_.size());
      csv_.text_ += text;
    }
  }

  void row() {
    row_end_ = line_;
    if (in_header_) {
      in_header_ = false;
    } else if (cells_in_row_ == csv_.columns_.size()) {
      csv_.lines_.push_back(row_line_);
    } else {
      add(row_line_,
          fmt::format("{} cells, but the header has {}", cells_in_row_, csv_.columns_.size()),
          "give every row one cell per column");
      csv_.begins_.resize(csv_.begins_.size() - cells_in_row_);
    }
    cells_in_row_ = 0;
  }

  void check_header() {
    std::set<std::string> seen;
    for (const std::string& column : csv_.columns_) {
      if (column.empty()) add(1, "a column has no name", "name every column in the first row");
      if (!seen.insert(column).second) {
        add(1, fmt::format("the column '{}' stands there twice", column), "keep one of them");
      }
    }
    if (csv_.columns_.empty()) {
      mistakes_.add(
          {{csv_.file_, 0, 0}, "the table is empty", "a table has a header row and figures"});
    } else if (csv_.lines_.empty() && mistakes_.empty()) {
      add(1, "the table has a header but no rows", "add the figures below it");
    }
  }

  void add(std::size_t line, std::string what, std::string remedy) {
    mistakes_.add({{csv_.file_, line, 0}, std::move(what), std::move(remedy)});
  }

  Csv csv_;
  Mistakes mistakes_;
  std::size_t line_ = 0;
  std::size_t row_line_ = 0;
  std::size_t row_end_ = 0;  ///< the line on which the last whole row ends
  std::size_t cells_in_row_ = 0;
  bool in_header_ = true;
};

Csv Csv::read(const std::string& file) {
  std::string bytes = read_bytes(file);
  const std::string digest = kohort::sha256(bytes);
  std::string text = unpack(std::move(bytes), file);
  reject_other_formats(text, file);
  require_utf8(text, file);
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  reject_other_separators(text, file);
  Csv csv = CsvBuilder(file).build(text);
  csv.sha256_ = digest;
  return csv;
}

std::optional<std::size_t> Csv::column(std::string_view name) const {
  const auto found = std::find(columns_.begin(), columns_.end(), name);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::string_view Csv::cell(std::size_t row, std::size_t column) const {
  const std::size_t at = row * columns_.size() + column;
  return std::string_view(text_).substr(begins_[at], begins_[at + 1] - begins_[at]);
}

}  // namespace kohort
