#include "engine/base/file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace kohort {

FileText read_file(const std::filesystem::path& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"),
                                                               std::fclose);
  if (stream == nullptr) return {std::nullopt, std::strerror(errno)};
  std::string text;
  std::array<char, 65536> buffer{};
  while (const std::size_t read = std::fread(buffer.data(), 1, buffer.size(), stream.get())) {
    text.append(buffer.data(), read);
  }
  if (std::ferror(stream.get()) != 0) return {std::nullopt, std::strerror(errno)};
  return {std::move(text), ""};
}

}  // namespace kohort
