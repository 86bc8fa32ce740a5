#include "engine/store/reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <hdf5_hl.h>

#include "engine/base/error.hpp"
#include "engine/store/content_hash.hpp"
#include "engine/store/handle.hpp"
#include "engine/store/packed_chunk.hpp"

namespace kohort::store {
namespace {

Handle open_dataset(hid_t file, const std::string& path) {
  return own(H5Dopen2(file, path.c_str(), H5P_DEFAULT), H5Dclose, ("opening " + path).c_str());
}

std::vector<std::size_t> lengths_of(const Handle& dataset) {
  const Handle space = own(H5Dget_space(dataset.id()), H5Sclose, "reading a data space");
  std::vector<hsize_t> extents(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space.id())));
  H5Sget_simple_extent_dims(space.id(), extents.data(), nullptr);
  return {extents.begin(), extents.end()};
}

bool is_single(const Handle& type) {
  return H5Tget_class(type.id()) == H5T_FLOAT && H5Tget_size(type.id()) == sizeof(float);
}

std::size_t count_of(const Handle& dataset) { return product(lengths_of(dataset)); }

/// A variable-length text that HDF5 allocated.
std::string take(char* text) {
  std::string copy = text == nullptr ? "" : text;
  H5free_memory(text);
  return copy;
}

/// An attribute that holds one value of the class; none where it is anything else, as in files of
/// other programs.
std::optional<Handle> single_value(hid_t object, const std::string& name, H5T_class_t kind) {
  if (H5Aexists(object, name.c_str()) <= 0) return std::nullopt;
  Handle attribute =
      own(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "opening an attribute");
  const Handle space = own(H5Aget_space(attribute.id()), H5Sclose, "reading an attribute");
  const Handle type = own(H5Aget_type(attribute.id()), H5Tclose, "reading an attribute");
  if (H5Tget_class(type.id()) != kind) return std::nullopt;
  if (H5Sget_simple_extent_npoints(space.id()) != 1) return std::nullopt;
  return attribute;
}

std::optional<std::string> read_text(hid_t object, const std::string& name) {
  const std::optional<Handle> attribute = single_value(object, name, H5T_STRING);
  if (!attribute) return std::nullopt;
  const Handle type = own(H5Aget_type(attribute->id()), H5Tclose, "reading an attribute");
  if (H5Tis_variable_str(type.id()) <= 0) return std::nullopt;
  char* text = nullptr;
  require(H5Aread(attribute->id(), type.id(), static_cast<void*>(&text)), "reading an attribute");
  return take(text);
}

std::optional<std::int64_t> read_number(hid_t object, const std::string& name) {
  const std::optional<Handle> attribute = single_value(object, name, H5T_INTEGER);
  if (!attribute) return std::nullopt;
  std::int64_t value = 0;
  require(H5Aread(attribute->id(), H5T_NATIVE_INT64, &value), "reading an attribute");
  return value;
}

herr_t take_attribute_name(hid_t /*object*/, const char* name, const H5A_info_t* /*info*/,
                           void* names) {
  static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

/// The attributes of an object that are texts or whole numbers, as a run writes them; those of HDF5
/// itself are of other types.
Attributes attributes_of(hid_t object) {
  std::vector<std::string> names;
  require(H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, take_attribute_name, &names),
          "listing attributes");
  Attributes attributes;
  for (const std::string& name : names) {
    if (const auto words = read_text(object, name)) {
      attributes.emplace_back(name, *words);
    } else if (const auto whole = read_number(object, name)) {
      attributes.emplace_back(name, *whole);
    }
  }
  return attributes;
}

herr_t gather_all(hid_t /*object*/, const char* name, const H5O_info_t* info, void* paths) {
  if (info->type == H5O_TYPE_DATASET) {
    static_cast<std::vector<std::string>*>(paths)->push_back(name);
  }
  return 0;
}

/// Scales, or all datasets but those.
template <bool scales>
herr_t gather(hid_t object, const char* name, const H5O_info_t* info, void* paths) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  const Handle dataset(H5Dopen2(object, name, H5P_DEFAULT), H5Dclose);
  if ((H5DSis_scale(dataset.id()) > 0) == scales) {
    static_cast<std::vector<std::string>*>(paths)->push_back(name);
  }
  return 0;
}

herr_t take_name(hid_t /*dataset*/, unsigned /*axis*/, hid_t scale, void* name) {
  std::array<char, 256> buffer{};
  H5DSget_scale_name(scale, buffer.data(), buffer.size());
  *static_cast<std::string*>(name) = buffer.data();
  return 1;
}

Handle creation_properties(const Handle& dataset) {
  return own(H5Dget_create_plist(dataset.id()), H5Pclose, "reading how a dataset is stored");
}

/// Entries of how many first axes are the chunks of a dataset; 0 where it has no such chunks.
std::size_t cut_of(const Handle& dataset) {
  const Handle properties = creation_properties(dataset);
  if (H5Pget_layout(properties.id()) != H5D_CHUNKED) return 0;
  std::vector<hsize_t> wanted;
  for (const std::size_t length : lengths_of(dataset)) wanted.push_back(length);
  std::vector<hsize_t> found(wanted.size());
  H5Pget_chunk(properties.id(), static_cast<int>(found.size()), found.data());
  for (std::size_t cut = 1; cut < wanted.size(); ++cut) {
    wanted[cut - 1] = 1;
    if (found == wanted) return cut;
  }
  return 0;
}

/// Whether its chunks are shuffled and deflated.
bool is_packed(const Handle& dataset) {
  const Handle properties = creation_properties(dataset);
  const auto filter = [&](unsigned number) {
    unsigned flags = 0;
    std::size_t values = 0;
    return H5Pget_filter2(properties.id(), number, &flags, &values, nullptr, 0, nullptr, nullptr);
  };
  return H5Pget_nfilters(properties.id()) == 2 && filter(0) == H5Z_FILTER_SHUFFLE &&
         filter(1) == H5Z_FILTER_DEFLATE;
}

/// Adds a table to the hash of the content, by the hashes of its chunks: see `cut_of`.
template <class Value>
void add_table(const std::string& path, std::span<const std::size_t> lengths, std::size_t cut,
               std::span<const Value> values, ContentHash& content) {
  if (cut == 0) {
    content.add(path, lengths, std::as_bytes(values));
    return;
  }
  const std::size_t size = product(lengths.subspan(cut));
  std::vector<std::string> chunks;
  for (std::size_t first = 0; first < values.size(); first += size) {
    chunks.push_back(chunk_hash(std::as_bytes(values.subspan(first, size))));
  }
  content.add(path, lengths, chunks);
}

}  // namespace

struct Reader::Impl {
  std::string name;
  Handle file;
};

Reader::Reader(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
  const Turn turn;
  impl_->name = file.string();
  const auto refuse = [&](const std::string& what, const std::string& remedy) {
    throw Error(Fault::storage, Mistake{{impl_->name, 0, 0}, what, remedy});
  };
  const std::string remedy = "name a result that a run has written";
  std::error_code reason;
  if (!std::filesystem::exists(file, reason)) refuse("there is no such file", remedy);
  if (!std::filesystem::is_regular_file(file, reason)) refuse("this is no regular file", remedy);
  if (H5Fis_hdf5(file.c_str()) == 0) refuse("this is no HDF5 file", remedy);
  impl_->file = own(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                    ("opening " + impl_->name).c_str());
  if (text("status") != "complete") {
    refuse("this is no complete Kohort result", "run the scenario again");
  }
  const std::int64_t format = number("kohort_format").value_or(current_format);
  if (format != current_format) {
    refuse(fmt::format("the result is of format {}, and this program knows format {}", format,
                       current_format),
           "read it with the program that made it");
  }
}

Reader::~Reader() {
  const Turn turn;
  impl_.reset();
}

Reader::Reader(Reader&&) noexcept = default;

Reader& Reader::operator=(Reader&& other) noexcept {
  const Turn turn;
  impl_ = std::move(other.impl_);
  return *this;
}

const std::string& Reader::file() const { return impl_->name; }

std::vector<std::string> Reader::datasets() const {
  const Turn turn;
  std::vector<std::string> paths;
  require(H5Ovisit2(impl_->file.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, gather<false>, &paths,
                    H5O_INFO_BASIC),
          "listing the datasets");
  return paths;
}

std::vector<std::string> Reader::scales() const {
  const Turn turn;
  std::vector<std::string> names;
  require(H5Ovisit2(impl_->file.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, gather<true>, &names,
                    H5O_INFO_BASIC),
          "listing the scales");
  return names;
}

bool Reader::has(const std::string& path) const {
  const Turn turn;
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (H5Lexists(impl_->file.id(), path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return H5Lexists(impl_->file.id(), path.c_str(), H5P_DEFAULT) > 0;
}

Dataset Reader::describe(const std::string& path) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), path);
  Dataset description{path, {}, {}};
  const std::size_t rank = lengths_of(dataset).size();
  for (std::size_t axis = 0; axis < rank; ++axis) {
    std::string name;
    H5DSiterate_scales(dataset.id(), static_cast<unsigned>(axis), nullptr, take_name, &name);
    description.axes.push_back(name);
  }
  for (const char* name : {"units", "long_name", "basis", "components"}) {
    if (const auto value = read_text(dataset.id(), name)) {
      description.attributes.emplace_back(name, *value);
    }
  }
  description.cut = std::max<std::size_t>(1, cut_of(dataset));
  return description;
}

bool Reader::single(const std::string& path) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), path);
  return is_single(own(H5Dget_type(dataset.id()), H5Tclose, "reading a type"));
}

std::vector<std::size_t> Reader::lengths(const std::string& path) const {
  const Turn turn;
  return lengths_of(open_dataset(impl_->file.id(), path));
}

std::vector<double> Reader::values(const std::string& path) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), path);
  std::vector<double> values(count_of(dataset));
  require(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          ("reading " + path).c_str());
  return values;
}

std::vector<double> Reader::values_at(const std::string& path,
                                      const std::vector<std::size_t>& first_positions) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), path);
  const std::vector<std::size_t> lengths = lengths_of(dataset);
  std::vector<hsize_t> begin(lengths.size(), 0);
  std::vector<hsize_t> extent(lengths.begin(), lengths.end());
  std::copy(first_positions.begin(), first_positions.end(), begin.begin());
  std::fill_n(extent.begin(), first_positions.size(), 1);
  const Handle in_file = own(H5Dget_space(dataset.id()), H5Sclose, "reading a data space");
  require(H5Sselect_hyperslab(in_file.id(), H5S_SELECT_SET, begin.data(), nullptr, extent.data(),
                              nullptr),
          ("choosing a part of " + path).c_str());
  hsize_t count = 1;
  for (const hsize_t length : extent) count *= length;
  const Handle in_memory =
      own(H5Screate_simple(1, &count, nullptr), H5Sclose, "making a data space");
  std::vector<double> values(count);
  require(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, in_memory.id(), in_file.id(), H5P_DEFAULT,
                  values.data()),
          ("reading " + path).c_str());
  return values;
}

std::vector<PackedChunk> Reader::packed(const std::string& path) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), path);
  const std::size_t cut = cut_of(dataset);
  if (cut == 0 || !is_packed(dataset)) {
    throw Error(Fault::storage, Mistake{{impl_->name, 0, 0},
                                        path + " is not stored as a run stores it",
                                        "run the scenario again"});
  }
  const std::string doing = "reading " + path;
  const std::vector<std::size_t> lengths = lengths_of(dataset);
  std::vector<hsize_t> begin(lengths.size(), 0);
  std::vector<PackedChunk> chunks(product(std::span(lengths).first(cut)));
  for (PackedChunk& chunk : chunks) {
    hsize_t size = 0;
    require(H5Dget_chunk_storage_size(dataset.id(), begin.data(), &size), doing.c_str());
    chunk.bytes.resize(size);
    require(
        H5Dread_chunk(dataset.id(), H5P_DEFAULT, begin.data(), &chunk.left_out, chunk.bytes.data()),
        doing.c_str());
    for (std::size_t axis = cut; axis-- > 0;) {
      if (++begin[axis] < lengths[axis]) break;
      begin[axis] = 0;
    }
  }
  return chunks;
}

Labels Reader::labels(const std::string& name) const {
  const Turn turn;
  const Handle dataset = open_dataset(impl_->file.id(), name);
  const Handle type = own(H5Dget_type(dataset.id()), H5Tclose, "reading a type");
  const std::size_t count = count_of(dataset);
  const auto read = [&](hid_t memory_type, void* buffer) {
    require(H5Dread(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer),
            ("reading " + name).c_str());
  };
  if (H5Tget_class(type.id()) == H5T_STRING) {
    if (H5Tis_variable_str(type.id()) <= 0) {
      throw Error(Fault::storage, Mistake{{impl_->name, 0, 0},
                                          name + " holds texts of a fixed length",
                                          "a Kohort result has none; see FORMAT.md"});
    }
    std::vector<char*> texts(count);
    read(type.id(), static_cast<void*>(texts.data()));
    std::vector<std::string> labels;
    for (char* text : texts) labels.push_back(take(text));
    return labels;
  }
  if (H5Tget_class(type.id()) == H5T_INTEGER) {
    std::vector<std::int32_t> labels(count);
    read(H5T_NATIVE_INT32, labels.data());
    return labels;
  }
  return values(name);
}

std::optional<std::string> Reader::text(const std::string& name) const {
  const Turn turn;
  return read_text(impl_->file.id(), name);
}

std::optional<std::int64_t> Reader::number(const std::string& name) const {
  const Turn turn;
  return read_number(impl_->file.id(), name);
}

void Reader::verify() const {
  const Turn turn;
  std::vector<std::string> paths;
  require(
      H5Ovisit2(impl_->file.id(), H5_INDEX_NAME, H5_ITER_INC, gather_all, &paths, H5O_INFO_BASIC),
      "listing the datasets");
  ContentHash content;
  ContentHash attributes;
  const auto add_attributes = [&](const std::string& of, hid_t object) {
    for (const Attribute& attribute : attributes_of(object)) {
      attributes.add(attribute_path(of, attribute), as_label(attribute));
    }
  };
  for (const std::string& path : paths) {
    add_content(path, content);
    add_attributes(path, open_dataset(impl_->file.id(), path).id());
  }
  for (const Attribute& attribute : attributes_of(impl_->file.id())) {
    if (attribute.first == "attributes_sha256" || attribute.first == content_hash_of) continue;
    attributes.add(attribute_path("", attribute), as_label(attribute));
  }
  const bool whole = text("content_sha256") == content.hexadecimal() &&
                     text("attributes_sha256") == attributes.hexadecimal();
  if (whole) return;
  throw Error(Fault::storage,
              Mistake{{impl_->name, 0, 0},
                      "it holds something else than the run wrote: its hashes do "
                      "not fit its content",
                      "write it anew; a file that a run wrote is not to be edited"});
}

void Reader::add_content(const std::string& path, ContentHash& content) const {
  const Handle dataset = open_dataset(impl_->file.id(), path);
  const Handle type = own(H5Dget_type(dataset.id()), H5Tclose, "reading a type");
  const bool by_chunks = text(content_hash_of) == hash_of_chunks;
  const auto cut = by_chunks ? cut_of(dataset) : 0;
  if (H5Tget_class(type.id()) != H5T_FLOAT) {
    content.add(path, labels(path));
  } else if (is_single(type)) {
    std::vector<float> all(count_of(dataset));
    require(H5Dread(dataset.id(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, all.data()),
            ("reading " + path).c_str());
    add_table<float>(path, lengths_of(dataset), cut, all, content);
  } else {
    const std::vector<double> all = values(path);
    add_table<double>(path, lengths_of(dataset), cut, all, content);
  }
}

}  // namespace kohort::store
