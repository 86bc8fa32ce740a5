#include "engine/store/text_file.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include "engine/base/error.hpp"

namespace kohort::store {

TextFile::TextFile(const std::filesystem::path& target)
    : final_name_(target),
      temporary_(final_name_),
      stream_(std::fopen(temporary_.name().c_str(), "wb"), std::fclose) {
  check(stream_ != nullptr);
}

void TextFile::add(std::string_view text) {
  check(std::fwrite(text.data(), 1, text.size(), stream_.get()) == text.size());
}

void TextFile::finish() {
  check(std::fclose(stream_.release()) == 0);
  temporary_.move_to(final_name_);
}

void TextFile::check(bool written) const {
  if (written) return;
  throw Error(Fault::storage, Mistake{{final_name_.string(), 0, 0},
                                      std::string("writing failed: ") + std::strerror(errno),
                                      "check the free space and the rights"});
}

}  // namespace kohort::store
