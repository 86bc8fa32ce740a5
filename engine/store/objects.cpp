#include "engine/store/objects.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/store/packed_chunk.hpp"

namespace kohort::store {
namespace {

constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// Fixed-length texts as datasets crash netCDF-C 4.9.0; variable ones open everywhere.
Handle text_type() {
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "making a text type");
  require(H5Tset_size(type.id(), H5T_VARIABLE), "making a text type");
  require(H5Tset_cset(type.id(), H5T_CSET_UTF8), "making a text type");
  return type;
}

/// The types in the file and in memory, and the values as HDF5 wants them.
struct LabelWriter {
  hid_t file;
  const std::string& path;

  Handle create(hid_t type, std::size_t count) const {
    const hsize_t extent = count;
    const Handle space =
        own(H5Screate_simple(1, &extent, nullptr), H5Sclose, "making a data space");
    const Handle properties = dataset_properties();
    return own(
        H5Dcreate2(file, path.c_str(), type, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
        H5Dclose, "creating a scale");
  }
  Handle operator()(const std::vector<std::int32_t>& values) const {
    Handle dataset = create(H5T_STD_I32LE, values.size());
    require(H5Dwrite(dataset.id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            "writing a scale");
    return dataset;
  }
  Handle operator()(const std::vector<double>& values) const {
    Handle dataset = create(H5T_IEEE_F64LE, values.size());
    require(H5Dwrite(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
            "writing a scale");
    return dataset;
  }
  Handle operator()(const std::vector<std::string>& values) const {
    const Handle type = text_type();
    Handle dataset = create(type.id(), values.size());
    std::vector<const char*> texts;
    for (const std::string& text : values) texts.push_back(text.c_str());
    require(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()),
            "writing a scale");
    return dataset;
  }
};

}  // namespace

Handle file_properties() {
  Handle list = own(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "making file properties");
  require(H5Pset_link_creation_order(list.id(), creation_order), "tracking the creation order");
  require(H5Pset_attr_creation_order(list.id(), creation_order), "tracking the creation order");
  require(H5Pset_obj_track_times(list.id(), false), "leaving out times");
  return list;
}

Handle group_properties() {
  Handle list = own(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "making group properties");
  require(H5Pset_link_creation_order(list.id(), creation_order), "tracking the creation order");
  require(H5Pset_obj_track_times(list.id(), false), "leaving out times");
  return list;
}

Handle dataset_properties() {
  Handle list = own(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "making dataset properties");
  require(H5Pset_attr_creation_order(list.id(), creation_order), "tracking the creation order");
  require(H5Pset_obj_track_times(list.id(), false), "leaving out times");
  return list;
}

void compress(const Handle& properties, std::span<const std::size_t> lengths, std::size_t cut) {
  std::vector<hsize_t> chunk(lengths.begin(), lengths.end());
  std::fill_n(chunk.begin(), cut, 1);
  require(H5Pset_chunk(properties.id(), static_cast<int>(chunk.size()), chunk.data()),
          "setting chunks");
  require(H5Pset_shuffle(properties.id()), "setting filters");
  require(H5Pset_deflate(properties.id(), deflate_level), "setting filters");
}

void write_attribute(hid_t object, const Attribute& attribute) {
  const std::string& name = attribute.first;
  const auto& value = attribute.second;
  const Handle space = own(H5Screate(H5S_SCALAR), H5Sclose, "making a data space");
  const auto create = [&](hid_t type) {
    return own(H5Acreate2(object, name.c_str(), type, space.id(), H5P_DEFAULT, H5P_DEFAULT),
               H5Aclose, "adding an attribute");
  };
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    const Handle handle = create(H5T_STD_I64LE);
    require(H5Awrite(handle.id(), H5T_NATIVE_INT64, number), "writing an attribute");
  } else {
    const Handle type = text_type();
    const Handle handle = create(type.id());
    const char* text = std::get<std::string>(value).c_str();
    require(H5Awrite(handle.id(), type.id(), &text), "writing an attribute");
  }
}

Handle write_scale(hid_t file, const std::string& path, const Labels& labels) {
  return std::visit(LabelWriter{file, path}, labels);
}

}  // namespace kohort::store
