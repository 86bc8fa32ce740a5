// SHA-256, by which a result says exactly what went into it and what it holds.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace kohort {

/// A running SHA-256 (FIPS 180-4).
class Digest {
 public:
  Digest();
  ~Digest();
  Digest(Digest&&) noexcept;
  Digest& operator=(Digest&&) noexcept;

  void add(std::span<const std::byte> bytes);
  /// Adds the text and its length, so that "ab","c" and "a","bc" differ.
  void add_text(std::string_view text);

  /// The digest of what was added, as 64 hexadecimal digits. Ends the object's use.
  std::string hexadecimal();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// SHA-256 of some bytes, as 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace kohort
