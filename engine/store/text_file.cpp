#include "engine/store/text_file.hpp"

#include <fstream>

#include "engine/base/error.hpp"
#include "engine/store/target.hpp"
#include "engine/store/temporary_file.hpp"

namespace kohort::store {

void write_text(const std::filesystem::path& file, std::string_view mark, std::string_view text) {
  const std::filesystem::path target = text_target(file, mark);
  TemporaryFile temporary(target);
  std::ofstream stream(temporary.name(), std::ios::binary);
  stream << text;
  stream.close();
  if (!stream) {
    throw Error(Fault::storage,
                Mistake{{file.string(), 0, 0}, "writing failed", "check the free space"});
  }
  temporary.move_to(target);
}

}  // namespace kohort::store
