#include "engine/exchange/px_data.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "engine/base/refuse.hpp"
#include "engine/exchange/encoding.hpp"

namespace kohort::exchange {
namespace {

bool is_number(const std::string& text) {
  double number = 0.0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  return error == std::errc() && end == last &&
         (text.front() == '-' || std::isdigit(text.front()) != 0 || text.front() == '.');
}

/// One to six dots, or a dash.
bool is_symbol(const std::string& text) {
  constexpr std::size_t most_dots = 6;
  if (text == "-") return true;
  return !text.empty() && text.size() <= most_dots &&
         std::all_of(text.begin(), text.end(), [](char letter) { return letter == '.'; });
}

class DataReader {
 public:
  DataReader(ByteSource& source, const PxEntries& entries, const PxCube& px, CubeSink& sink)
      : source_(source), entries_(entries), px_(px), sink_(sink) {}

  void read() {
    if (px_.keys.empty()) {
      read_all();
    } else {
      read_rows();
    }
    skip_separators();
    if (source_.peek() == ByteSource::end) return;
    const Location surplus = source_.here();
    refuse_input(
        surplus,
        fmt::format("found '{}' behind the last of {} cells", printable(word()), px_.cube.cells()),
        "DATA has one figure for each combination of the values, and is the last keyword");
  }

 private:
  /// Figures are parted by blanks, commas or, at the ends of rows, semicolons.
  void skip_separators() {
    for (int next = source_.peek();
         next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ',' || next == ';';
         next = source_.peek()) {
      source_.get();
    }
  }

  /// A figure, a symbol, or a text in quotes without them.
  const std::string& word() {
    word_.clear();
    quoted_ = source_.peek() == '"';
    if (quoted_) {
      source_.get();
      for (int next = source_.get(); next != '"'; next = source_.get()) {
        if (next == ByteSource::end) {
          refuse_input(source_.at(began_), "the text that begins here never ends",
                       "close it with a quotation mark");
        }
        word_ += static_cast<char>(next);
      }
      return word_;
    }
    constexpr std::string_view ends = " \t\r\n,;\"";
    for (int next = source_.peek();
         next != ByteSource::end && ends.find(static_cast<char>(next)) == std::string_view::npos;
         next = source_.peek()) {
      word_ += static_cast<char>(source_.get());
    }
    return word_;
  }

  /// The next word; where the file ends, a message that says what is missing.
  const std::string& next(std::size_t done, std::size_t all) {
    skip_separators();
    began_ = source_.place();
    if (source_.peek() == ByteSource::end) {
      refuse_input(
          source_.at(began_), fmt::format("DATA ends after {} of {} cells", done, all),
          "DATA has one figure for each combination of the values; get the whole file anew");
    }
    return word();
  }

  void read_cell(std::size_t done, std::size_t all) {
    const std::string& text = next(done, all);
    if (is_symbol(text)) {
      // The dash says that there is nothing to count: the figure is 0.
      sink_.add(position_, {text == "-" ? "0" : "", text});
    } else if (!quoted_ && is_number(text)) {
      sink_.add(position_, {text, ""});
    } else {
      refuse_input(source_.at(began_),
                   fmt::format("DATA: found '{}', which is no figure", printable(text)),
                   "a cell is a number with a decimal point, one to six dots in quotes, or a dash");
    }
  }

  void read_all() {
    const std::size_t all = px_.cube.cells();
    for (std::size_t at = 0; at < all; ++at) {
      to_position(at, px_.cube.dimensions, position_);
      read_cell(at, all);
    }
  }

  void read_rows() {
    std::size_t width = 1;
    for (std::size_t at = px_.stub; at < px_.cube.dimensions.size(); ++at) {
      width *= px_.cube.dimensions[at].size();
    }
    index_keys();
    std::unordered_map<std::size_t, std::size_t> seen;  // row -> its line
    for (skip_separators(); source_.peek() != ByteSource::end; skip_separators()) {
      const Location row = source_.here();
      const std::size_t at = read_key();
      const auto [first, fresh] = seen.emplace(at, row.line);
      if (!fresh) {
        refuse_input(
            row,
            fmt::format("DATA has this row a second time (the first is on line {})", first->second),
            "keep one of them");
      }
      for (std::size_t cell = 0; cell < width; ++cell) {
        to_position(at * width + cell, px_.cube.dimensions, position_);
        read_cell(cell, width);
      }
    }
  }

  void index_keys() {
    for (std::size_t at = 0; at < px_.stub; ++at) {
      const bool codes = px_.keys[at] == PxKey::codes;
      const auto& labels = codes ? px_.cube.dimensions[at].codes : px_.key_texts[at];
      std::map<std::string, std::size_t>& places = places_.emplace_back();
      for (std::size_t label = 0; label < labels.size(); ++label) {
        places.emplace(labels[label], label);
      }
    }
  }

  /// The place of the row that the next keys name.
  std::size_t read_key() {
    std::size_t row = 0;
    for (std::size_t at = 0; at < px_.stub; ++at) {
      const std::string key = entries_.decode(next(at, px_.stub), source_.at(began_));
      const auto found = places_[at].find(key);
      if (found == places_[at].end()) {
        refuse_input(source_.at(began_),
                     fmt::format("DATA: the key '{}' is none of the {} of '{}'", key,
                                 px_.keys[at] == PxKey::codes ? "CODES" : "VALUES",
                                 px_.cube.dimensions[at].name),
                     "a row begins with one key for each variable of STUB");
      }
      row = row * px_.cube.dimensions[at].size() + found->second;
    }
    return row;
  }

  ByteSource& source_;
  const PxEntries& entries_;
  const PxCube& px_;
  CubeSink& sink_;
  std::vector<std::map<std::string, std::size_t>> places_;  ///< of the keys, by dimension
  std::vector<std::size_t> position_;
  std::string word_;
  bool quoted_ = false;
  Place began_;  ///< where the last word began
};

}  // namespace

void read_px_data(ByteSource& source, const PxEntries& entries, const PxCube& px, CubeSink& sink) {
  DataReader(source, entries, px, sink).read();
}

}  // namespace kohort::exchange
