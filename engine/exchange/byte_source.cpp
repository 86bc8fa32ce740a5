#include "engine/exchange/byte_source.hpp"

#include <cerrno>
#include <cstring>
#include <span>

#include <fmt/format.h>

#include "engine/base/interrupted.hpp"

namespace kohort::exchange {
namespace {

constexpr std::size_t block_size = 1U << 16U;

[[noreturn]] void cannot_read(const std::string& file, int reason) {
  throw Error(Fault::input,
              Mistake{{file, 0, 0},
                      fmt::format("the file cannot be read ({})", std::strerror(reason)),
                      "check the name and the rights"});
}

}  // namespace

ByteSource::ByteSource(const std::string& file, std::stop_token stop)
    : file_(file), stop_(std::move(stop)), stream_(std::fopen(file.c_str(), "rb"), std::fclose) {
  if (stream_ == nullptr) cannot_read(file, errno);
}

bool ByteSource::fill() {
  stop_if_asked(stop_);
  block_.resize(block_size);
  block_.resize(std::fread(block_.data(), 1, block_size, stream_.get()));
  at_ = 0;
  if (std::ferror(stream_.get()) != 0) cannot_read(file_, errno);
  digest_.add(std::as_bytes(std::span(block_)));
  return !block_.empty();
}

void ByteSource::skip_blanks() {
  for (int next = peek(); next == ' ' || next == '\t' || next == '\r' || next == '\n';
       next = peek()) {
    get();
  }
}

std::string ByteSource::sha256() {
  do {
    at_ = block_.size();
  } while (fill());
  return digest_.hexadecimal();
}

}  // namespace kohort::exchange
