#include "engine/store/content_hash.hpp"

#include "engine/base/digest.hpp"

namespace kohort::store {
namespace {

/// The digest of a dataset of these lengths, to which its values are still to be added.
Digest dataset_digest(std::span<const std::size_t> lengths) {
  Digest digest;
  const auto add = [&](std::uint64_t number) { digest.add(std::as_bytes(std::span(&number, 1))); };
  add(lengths.size());
  for (const std::size_t length : lengths) add(length);
  return digest;
}

}  // namespace

std::string chunk_hash(std::span<const std::byte> values) {
  Digest digest;
  digest.add(values);
  return digest.hexadecimal();
}

void ContentHash::add(const std::string& path, const Labels& labels) {
  const std::size_t count = length(labels);
  Digest digest = dataset_digest(std::span(&count, 1));
  if (const auto* texts = std::get_if<std::vector<std::string>>(&labels)) {
    for (const std::string& text : *texts) digest.add_text(text);
  } else if (const auto* whole = std::get_if<std::vector<std::int32_t>>(&labels)) {
    digest.add(std::as_bytes(std::span(*whole)));
  } else {
    digest.add(std::as_bytes(std::span(std::get<std::vector<double>>(labels))));
  }
  datasets_[path] = digest.hexadecimal();
}

void ContentHash::add(const std::string& path, std::span<const std::size_t> lengths,
                      std::span<const std::byte> values) {
  Digest digest = dataset_digest(lengths);
  digest.add(values);
  datasets_[path] = digest.hexadecimal();
}

void ContentHash::add(const std::string& path, std::span<const std::size_t> lengths,
                      std::span<const std::string> chunks) {
  Digest digest = dataset_digest(lengths);
  for (const std::string& chunk : chunks) digest.add_text(chunk);
  datasets_[path] = digest.hexadecimal();
}

std::string attribute_path(const std::string& of, const Attribute& attribute) {
  return of + "@" + attribute.first;
}

Labels as_label(const Attribute& attribute) {
  if (const auto* number = std::get_if<std::int64_t>(&attribute.second)) {
    return std::vector<std::string>{std::to_string(*number)};
  }
  return std::vector<std::string>{std::get<std::string>(attribute.second)};
}

std::string ContentHash::hexadecimal() const {
  Digest digest;
  for (const auto& [path, hash] : datasets_) {
    digest.add_text(path);
    digest.add_text(hash);
  }
  return digest.hexadecimal();
}

}  // namespace kohort::store
