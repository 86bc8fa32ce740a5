#include "engine/store/reader.hpp"

#include <algorithm>
#include <array>

#include <hdf5_hl.h>

#include "engine/base/error.hpp"
#include "engine/store/handle.hpp"

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

std::size_t count_of(const Handle& dataset) {
  std::size_t count = 1;
  for (const std::size_t length : lengths_of(dataset)) count *= length;
  return count;
}

/// A variable-length text that HDF5 allocated.
std::string take(char* text) {
  std::string copy = text == nullptr ? "" : text;
  H5free_memory(text);
  return copy;
}

std::optional<std::string> read_text(hid_t object, const std::string& name) {
  if (H5Aexists(object, name.c_str()) <= 0) return std::nullopt;
  const Handle attribute =
      own(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose, "opening an attribute");
  const Handle type = own(H5Aget_type(attribute.id()), H5Tclose, "reading an attribute");
  if (H5Tget_class(type.id()) != H5T_STRING || H5Tis_variable_str(type.id()) <= 0) {
    return std::nullopt;
  }
  char* text = nullptr;
  require(H5Aread(attribute.id(), type.id(), static_cast<void*>(&text)), "reading an attribute");
  return take(text);
}

herr_t gather(hid_t object, const char* name, const H5O_info_t* info, void* paths) {
  if (info->type != H5O_TYPE_DATASET) return 0;
  const Handle dataset(H5Dopen2(object, name, H5P_DEFAULT), H5Dclose);
  if (H5DSis_scale(dataset.id()) <= 0) {
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

}  // namespace

struct Reader::Impl {
  Quiet quiet;
  std::string name;
  Handle file;
};

Reader::Reader(const std::filesystem::path& file) : impl_(std::make_unique<Impl>()) {
  impl_->name = file.string();
  if (!std::filesystem::exists(file)) {
    throw Error(Fault::storage, Mistake{{impl_->name, 0, 0},
                                        "there is no such file",
                                        "name a result that a run has written"});
  }
  impl_->file = own(H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                    ("opening " + impl_->name).c_str());
  if (text("status") != "complete") {
    throw Error(Fault::storage, Mistake{{impl_->name, 0, 0},
                                        "this is no complete Kohort result",
                                        "run the scenario again"});
  }
}

Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

std::vector<std::string> Reader::datasets() const {
  std::vector<std::string> paths;
  require(
      H5Ovisit2(impl_->file.id(), H5_INDEX_CRT_ORDER, H5_ITER_INC, gather, &paths, H5O_INFO_BASIC),
      "listing the datasets");
  return paths;
}

bool Reader::has(const std::string& path) const {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    if (H5Lexists(impl_->file.id(), path.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
  }
  return H5Lexists(impl_->file.id(), path.c_str(), H5P_DEFAULT) > 0;
}

Dataset Reader::describe(const std::string& path) const {
  const Handle dataset = open_dataset(impl_->file.id(), path);
  Dataset description{path, {}, {}};
  const std::size_t rank = lengths_of(dataset).size();
  for (std::size_t axis = 0; axis < rank; ++axis) {
    std::string name;
    H5DSiterate_scales(dataset.id(), static_cast<unsigned>(axis), nullptr, take_name, &name);
    description.axes.push_back(name);
  }
  for (const char* name : {"units", "long_name", "basis"}) {
    if (const auto value = read_text(dataset.id(), name)) {
      description.attributes.emplace_back(name, *value);
    }
  }
  return description;
}

std::vector<std::size_t> Reader::lengths(const std::string& path) const {
  return lengths_of(open_dataset(impl_->file.id(), path));
}

std::vector<double> Reader::values(const std::string& path) const {
  const Handle dataset = open_dataset(impl_->file.id(), path);
  std::vector<double> values(count_of(dataset));
  require(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          ("reading " + path).c_str());
  return values;
}

Labels Reader::labels(const std::string& name) const {
  const Handle dataset = open_dataset(impl_->file.id(), name);
  const Handle type = own(H5Dget_type(dataset.id()), H5Tclose, "reading a type");
  const std::size_t count = count_of(dataset);
  const auto read = [&](hid_t memory_type, void* buffer) {
    require(H5Dread(dataset.id(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, buffer),
            ("reading " + name).c_str());
  };
  if (H5Tget_class(type.id()) == H5T_STRING) {
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
  return read_text(impl_->file.id(), name);
}

std::optional<std::int64_t> Reader::number(const std::string& name) const {
  if (H5Aexists(impl_->file.id(), name.c_str()) <= 0) return std::nullopt;
  const Handle attribute =
      own(H5Aopen(impl_->file.id(), name.c_str(), H5P_DEFAULT), H5Aclose, "opening an attribute");
  std::int64_t value = 0;
  require(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), "reading an attribute");
  return value;
}

}  // namespace kohort::store
