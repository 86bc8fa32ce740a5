// The keywords of a PX file, before anybody knows what they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/exchange/byte_source.hpp"
#include "engine/exchange/encoding.hpp"

namespace kohort::exchange {

/// One keyword: KEYWORD[language]("key","key")="value","value";
struct PxEntry {
  std::string keyword;
  std::string language;  ///< empty for the main language of the file
  std::vector<std::string> keys;
  std::vector<std::string> values;
  Location where;

  /// VALUES[sv]("ålder"), as a message names it.
  std::string name() const;
};

/// All keywords of a file up to DATA.
class PxEntries {
 public:
  /// Reads them and decodes their texts: by `encoding` where one is named, else by what the file
  /// says (CODEPAGE, CHARSET). Leaves the source behind "DATA=". Throws `Error` (Fault::input)
  /// where a keyword is broken, DATA is missing, or the encoding is not known.
  PxEntries(ByteSource& source, const std::string& encoding);

  /// The entry of a keyword in a language about `key` (empty: about the whole table); none where
  /// the file has none. Throws `Error` (Fault::input) where there are two.
  const PxEntry* find(std::string_view keyword, const std::string& language = "",
                      const std::string& key = "") const;
  /// Its only value; empty where there is none.
  std::string text(std::string_view keyword, const std::string& language = "",
                   const std::string& key = "") const;
  const std::vector<PxEntry>& all() const { return entries_; }
  /// Where DATA stands.
  const Location& data() const { return data_; }
  const std::string& file() const { return data_.file; }
  /// From the file's encoding to UTF-8, for texts among the figures. Throws as the constructor
  /// does.
  std::string decode(const std::string& text, const Location& where) const;
  /// Set where the texts look as if they were in another encoding than the file says.
  const std::optional<Mistake>& doubt() const { return doubt_; }

 private:
  void read_all(ByteSource& source);
  void choose_encoding(const std::string& named);
  void decode_all();

  std::vector<PxEntry> entries_;
  Location data_;
  std::string encoding_;
  std::optional<Decoder> decoder_;
  bool byte_order_mark_ = false;
  std::optional<Mistake> doubt_;
};

}  // namespace kohort::exchange
