#include "engine/exchange/json_values.hpp"

#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

namespace kohort::exchange {
namespace {

using Json = nlohmann::ordered_json;

/// The source as the JSON library reads it.
class Bytes {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  Bytes() = default;
  explicit Bytes(ByteSource& source) : source_(&source) {}

  char operator*() const { return static_cast<char>(source_->peek()); }
  Bytes& operator++() {
    source_->get();
    return *this;
  }
  friend bool operator==(const Bytes& left, const Bytes& right) {
    return left.at_end() == right.at_end();
  }

 private:
  bool at_end() const { return source_ == nullptr || source_->peek() == ByteSource::end; }

  ByteSource* source_ = nullptr;
};

/// Keeps figures apart while the JSON library builds the rest.
class Collector {
 public:
  Collector(ByteSource& source, JsonDocument& document) : source_(source), document_(document) {}

  /// Whether the library is to keep what it just read.
  bool keep(int depth, Json::parse_event_t event, Json& parsed) {
    using Event = Json::parse_event_t;
    if (event == Event::key) return keep_key(depth, parsed.get_ref<const std::string&>());
    const bool in_value = top_ == "value" && depth >= 1;
    if (!in_value) return true;
    if (event == Event::object_start) document_.values.sparse = true;
    if (depth == 1) return true;  // the list itself
    if (depth > 2 || event != Event::value) refuse("holds more than figures");
    add(parsed);
    return false;
  }

 private:
  bool keep_key(int depth, const std::string& key) {
    if (depth == 1) top_ = key;
    if (depth == 1 || (depth == 2 && top_ == "dimension")) {
      document_.keys[depth == 1 ? key : top_ + "/" + key] = source_.place();
    }
    if (top_ == "value" && depth == 2) place_ = key;
    return true;
  }

  void add(const Json& parsed) {
    constexpr double beyond_exact = 9007199254740992.0;  // 2^53
    if (!parsed.is_number() && !parsed.is_null()) refuse("holds " + parsed.dump());
    const double figure =
        parsed.is_null() ? std::numeric_limits<double>::quiet_NaN() : parsed.get<double>();
    if (std::abs(figure) >= beyond_exact && parsed.is_number_integer()) {
      refuse("holds " + parsed.dump() + ", which is too large to be kept exactly");
    }
    document_.values.figures.push_back(figure);
    if (document_.values.sparse) document_.values.places.push_back(place());
  }

  std::size_t place() const {
    std::size_t place = 0;
    const char* const last = place_.data() + place_.size();
    const auto [end, error] = std::from_chars(place_.data(), last, place);
    if (error != std::errc() || end != last) refuse("has the key '" + place_ + "'");
    return place;
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error(Fault::input,
                Mistake{source_.here(), "\"value\" " + what,
                        "it is a list of numbers and nulls, or single ones by their places"});
  }

  ByteSource& source_;
  JsonDocument& document_;
  std::string top_;    ///< the key of the whole that is being read
  std::string place_;  ///< the last key within "value"
};

}  // namespace

Location JsonDocument::location(const std::string& file, const std::string& key) const {
  const auto found = keys.find(key);
  if (found == keys.end()) return {file, 0, 0};
  return {file, found->second.line, found->second.column};
}

JsonDocument read_json(ByteSource& source) {
  JsonDocument document;
  Collector collector(source, document);
  try {
    document.json = Json::parse(Bytes(source), Bytes(),
                                [&](int depth, Json::parse_event_t event, Json& parsed) {
                                  return collector.keep(depth, event, parsed);
                                });
  } catch (const nlohmann::json::parse_error& error) {
    const std::string text = error.what();
    const std::size_t reason = text.find("syntax error");
    throw Error(Fault::input,
                Mistake{source.here(),
                        "the file is no JSON: " +
                            (reason == std::string::npos ? text : text.substr(reason)),
                        "get it anew, whole, as json-stat2"});
  }
  return document;
}

}  // namespace kohort::exchange
