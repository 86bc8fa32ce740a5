#include "engine/base/digest.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <new>

#include <openssl/evp.h>

namespace kohort {

struct Digest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() {
    if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1) {
      throw std::bad_alloc();
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::~Digest() = default;
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;

void Digest::add(std::span<const std::byte> bytes) {
  EVP_DigestUpdate(state_->context, bytes.data(), bytes.size());
}

void Digest::add_text(std::string_view text) {
  static_assert(std::endian::native == std::endian::little, "digests are of little-endian bytes");
  const auto length = static_cast<std::uint64_t>(text.size());
  add(std::as_bytes(std::span(&length, 1)));
  add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Digest::hexadecimal() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_DigestFinal_ex(state_->context, digest.data(), &length);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 0xFU];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(std::as_bytes(std::span(bytes.data(), bytes.size())));
  return digest.hexadecimal();
}

}  // namespace kohort
