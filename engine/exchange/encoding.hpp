// Texts of other encodings as UTF-8.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kohort::exchange {

/// Turns texts of one encoding into UTF-8.
class Decoder {
 public:
  /// By a name that iconv knows, such as "windows-1252" or "iso-8859-15"; none where it does not.
  static std::optional<Decoder> of(const std::string& encoding);

  /// The text in UTF-8; none where it holds bytes that the encoding does not have.
  std::optional<std::string> operator()(std::string_view text) const;

 private:
  struct Close {
    void operator()(void* handle) const;
  };

  explicit Decoder(void* handle) : handle_(handle) {}

  std::unique_ptr<void, Close> handle_;
};

/// Whether the text has letters beyond ASCII and is sound UTF-8, which texts of other encodings
/// hardly ever are.
bool looks_like_utf8(std::string_view text);

/// The text for a message: where it is not UTF-8, with "?" for what is beyond ASCII.
std::string printable(std::string text);

}  // namespace kohort::exchange
