#include "engine/exchange/px_entries.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/base/refuse.hpp"

namespace kohort::exchange {
namespace {

/// A byte as a message shows it.
std::string shown(int byte) {
  if (byte == ByteSource::end) return "the end of the file";
  if (byte < 0x20 || byte > 0x7e) return fmt::format("byte 0x{:02X}", byte);
  return fmt::format("'{}'", static_cast<char>(byte));
}

bool in_keyword(int byte) {
  return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_';
}

/// Reads one entry after the other.
class EntryReader {
 public:
  explicit EntryReader(ByteSource& source) : source_(source) {}

  /// The next entry; that of DATA has no values, and the source stands behind its "=".
  PxEntry read() {
    PxEntry entry;
    source_.skip_blanks();
    entry.where = source_.here();
    while (in_keyword(source_.peek())) entry.keyword += static_cast<char>(source_.get());
    if (entry.keyword.empty()) {
      if (source_.peek() == ByteSource::end) {
        refuse_input(entry.where, "the file ends without the keyword DATA",
                     "a PX file has its figures behind DATA=; get the whole file anew");
      }
      refuse_input(entry.where,
                   fmt::format("found {} where a keyword should begin", shown(source_.peek())),
                   "a PX file is a row of KEYWORD=\"value\"; and its keywords are in capitals");
    }
    read_language(entry);
    read_keys(entry);
    expect('=', entry);
    if (entry.keyword != "DATA") read_values(entry);
    return entry;
  }

 private:
  /// While nobody knows the encoding yet.
  static std::string name_of(const PxEntry& entry) { return printable(entry.name()); }

  void read_language(PxEntry& entry) {
    source_.skip_blanks();
    if (source_.peek() != '[') return;
    source_.get();
    while (source_.peek() != ']' && source_.peek() != ByteSource::end) {
      entry.language += static_cast<char>(source_.get());
    }
    expect(']', entry);
  }

  void read_keys(PxEntry& entry) {
    source_.skip_blanks();
    if (source_.peek() != '(') return;
    source_.get();
    do {
      source_.skip_blanks();
      entry.keys.push_back(source_.peek() == '"' ? quoted(entry) : bare(",)"));
      source_.skip_blanks();
    } while (source_.peek() == ',' && source_.get() != ByteSource::end);
    expect(')', entry);
  }

  void read_values(PxEntry& entry) {
    while (true) {
      source_.skip_blanks();
      entry.values.push_back(source_.peek() == '"' ? quoted(entry) : bare(",;"));
      source_.skip_blanks();
      const int mark = source_.peek();
      // The levels of a hierarchy are joined by colons.
      if (mark != ',' && !(mark == ':' && entry.keyword == "HIERARCHIES")) break;
      source_.get();
    }
    expect(';', entry);
  }

  /// A text in quotes, which may go on in others behind it.
  std::string quoted(const PxEntry& entry) {
    std::string text;
    while (source_.peek() == '"') {
      const Location begin = source_.here();
      source_.get();
      while (source_.peek() != '"') {
        if (source_.peek() == ByteSource::end) {
          refuse_input(begin, name_of(entry) + ": the text that begins here never ends",
                       "close it with a quotation mark");
        }
        const int byte = source_.get();
        // A line break within quotes parts words; between quotes it may stand within one.
        if (byte != '\r') text += byte == '\n' ? ' ' : static_cast<char>(byte);
      }
      source_.get();
      source_.skip_blanks();
    }
    return text;
  }

  /// A word without quotes, such as YES, 2 or TLIST(A1,"1990"-"1999"), up to one of `ends`.
  std::string bare(std::string_view ends) {
    std::string word;
    int depth = 0;
    while (source_.peek() != ByteSource::end && source_.peek() != '=') {
      const auto letter = static_cast<char>(source_.peek());
      if (depth == 0 && ends.find(letter) != std::string_view::npos) break;
      if (letter == '(') ++depth;
      if (letter == ')') --depth;
      if (std::isspace(source_.get()) == 0) word += letter;
    }
    return word;
  }

  void expect(char mark, const PxEntry& entry) {
    source_.skip_blanks();
    if (source_.peek() == mark) {
      source_.get();
      return;
    }
    refuse_input(
        source_.here(),
        fmt::format("{}: found {} where '{}' should be", name_of(entry), shown(source_.peek()),
                    mark),
        "write KEYWORD=\"value\",\"value\"; and an apostrophe where a text quotes something");
  }

  ByteSource& source_;
};

}  // namespace

std::string PxEntry::name() const {
  std::string text = keyword;
  if (!language.empty()) text += "[" + language + "]";
  if (!keys.empty()) text += fmt::format("(\"{}\")", fmt::join(keys, "\",\""));
  return text;
}

PxEntries::PxEntries(ByteSource& source, const std::string& encoding) {
  for (const int mark : {0xEF, 0xBB, 0xBF}) {
    byte_order_mark_ = source.peek() == mark;
    if (!byte_order_mark_) break;
    source.get();
  }
  read_all(source);
  choose_encoding(encoding);
  decode_all();
}

void PxEntries::read_all(ByteSource& source) {
  EntryReader reader(source);
  while (true) {
    PxEntry entry = reader.read();
    if (entry.keyword == "DATA") {
      data_ = entry.where;
      return;
    }
    entries_.push_back(std::move(entry));
  }
}

/// A file in the "ANSI" of Windows need not say more; "OEM" is that of DOS. Nothing is guessed.
void PxEntries::choose_encoding(const std::string& named) {
  const PxEntry* page = find("CODEPAGE");
  const PxEntry* set = find("CHARSET");
  if (!named.empty()) {
    encoding_ = named;
  } else if (byte_order_mark_) {
    encoding_ = "utf-8";
  } else if (page != nullptr) {
    encoding_ = text("CODEPAGE");
  } else if (set != nullptr) {
    encoding_ = text("CHARSET") == "ANSI" ? "windows-1252" : "cp850";
  } else {
    encoding_ = "us-ascii";
  }
  decoder_ = Decoder::of(encoding_);
  if (decoder_) return;
  refuse_input(page == nullptr ? data_ : page->where,
               fmt::format("the encoding '{}' is not known", encoding_),
               "name another: --encoding windows-1252, iso-8859-1 or utf-8");
}

void PxEntries::decode_all() {
  const bool said_utf8 =
      encoding_.size() >= 3 && std::toupper(encoding_[0]) == 'U' && encoding_.back() == '8';
  for (PxEntry& entry : entries_) {
    for (auto* texts : {&entry.keys, &entry.values}) {
      for (std::string& text : *texts) {
        if (!said_utf8 && !doubt_ && looks_like_utf8(text)) {
          doubt_ = Mistake{entry.where,
                           fmt::format("{}: the text is UTF-8 as well as {}, which the file says",
                                       entry.keyword, encoding_),
                           "look at the words; where they are wrong use --encoding utf-8"};
        }
        text = decode(text, entry.where);
      }
    }
  }
}

std::string PxEntries::decode(const std::string& text, const Location& where) const {
  std::optional<std::string> decoded = (*decoder_)(text);
  if (decoded) return *std::move(decoded);
  refuse_input(where,
               encoding_ == "us-ascii"
                   ? "there are letters beyond ASCII, and neither CODEPAGE nor CHARSET says which"
                   : fmt::format("the text holds bytes that {} does not have", encoding_),
               "name the encoding: --encoding windows-1252, iso-8859-1 or utf-8");
}

const PxEntry* PxEntries::find(std::string_view keyword, const std::string& language,
                               const std::string& key) const {
  const PxEntry* found = nullptr;
  for (const PxEntry& entry : entries_) {
    if (entry.keyword != keyword || entry.language != language) continue;
    if (key.empty() ? !entry.keys.empty() : entry.keys != std::vector{key}) continue;
    if (found != nullptr) {
      refuse_input(entry.where,
                   fmt::format("{} stands there a second time (the first is on line {})",
                               entry.name(), found->where.line),
                   "keep one of them");
    }
    found = &entry;
  }
  return found;
}

std::string PxEntries::text(std::string_view keyword, const std::string& language,
                            const std::string& key) const {
  const PxEntry* entry = find(keyword, language, key);
  return entry == nullptr || entry->values.empty() ? "" : entry->values.front();
}

}  // namespace kohort::exchange
