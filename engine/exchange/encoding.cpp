#include "engine/exchange/encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include <iconv.h>
#include <utf8.h>

namespace kohort::exchange {
namespace {

constexpr auto failed = static_cast<std::size_t>(-1);

bool is_beyond_ascii(char byte) { return (static_cast<unsigned char>(byte) & 0x80U) != 0; }

}  // namespace

void Decoder::Close::operator()(void* handle) const { iconv_close(handle); }

std::optional<Decoder> Decoder::of(const std::string& encoding) {
  iconv_t handle = iconv_open("UTF-8", encoding.c_str());
  // iconv's own mark of a failure is an address that none can have.
  if (reinterpret_cast<std::intptr_t>(handle) == -1) return std::nullopt;
  return Decoder(handle);
}

std::optional<std::string> Decoder::operator()(std::string_view text) const {
  iconv(handle_.get(), nullptr, nullptr, nullptr, nullptr);  // to the beginning
  std::string decoded;
  char* from = const_cast<char*>(text.data());  // iconv does not write there
  std::size_t left = text.size();
  while (left > 0) {
    std::array<char, 256> buffer{};
    char* to = buffer.data();
    std::size_t room = buffer.size();
    const std::size_t status = iconv(handle_.get(), &from, &left, &to, &room);
    decoded.append(buffer.data(), buffer.size() - room);
    if (status == failed && errno != E2BIG) return std::nullopt;  // a full buffer is no fault
  }
  return decoded;
}

bool looks_like_utf8(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_beyond_ascii) &&
         utf8::is_valid(text.begin(), text.end());
}

std::string printable(std::string text) {
  if (!utf8::is_valid(text.begin(), text.end())) {
    std::replace_if(text.begin(), text.end(), is_beyond_ascii, '?');
  }
  return text;
}

}  // namespace kohort::exchange
