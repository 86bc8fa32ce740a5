// A file read byte by byte, with the place in it for messages and its digest.
#pragma once

#include <cstddef>
#include <cstdio>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/digest.hpp"
#include "engine/base/error.hpp"

namespace kohort::exchange {

/// Where a byte stands; both count from 1, columns in bytes.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// Reads a file once, from its beginning to its end, and keeps no more of it than a block.
class ByteSource {
 public:
  static constexpr int end = -1;

  /// Throws `Error` (Fault::input) where the file cannot be opened, or later not be read; then also
  /// `Interrupted` where it is asked to stop.
  explicit ByteSource(const std::string& file, std::stop_token stop = {});

  /// The next byte, which stays the next one; `end` where there is none.
  int peek() {
    if (at_ == block_.size() && !fill()) return end;
    return static_cast<unsigned char>(block_[at_]);
  }
  /// Takes the next byte.
  int get() {
    const int byte = peek();
    if (byte == end) return end;
    ++at_;
    if (byte == '\n') {
      ++place_.line;
      place_.column = 1;
    } else {
      ++place_.column;
    }
    return byte;
  }
  /// Takes spaces, tabs and line breaks.
  void skip_blanks();

  /// Where the next byte stands.
  Place place() const { return place_; }
  Location here() const { return at(place_); }
  Location at(Place place) const { return {file_, place.line, place.column}; }
  const std::string& file() const { return file_; }
  /// SHA-256 of the whole file; ends the object's use.
  std::string sha256();

 private:
  bool fill();

  std::string file_;
  std::stop_token stop_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
  std::vector<char> block_;
  std::size_t at_ = 0;
  Place place_;
  Digest digest_;
};

}  // namespace kohort::exchange
