#include "engine/store/writer.hpp"

#include <cerrno>
#include <cstring>
#include <map>
#include <vector>

#include <fcntl.h>
#include <hdf5_hl.h>
#include <unistd.h>

#include "engine/base/error.hpp"
#include "engine/store/content_hash.hpp"
#include "engine/store/handle.hpp"

namespace kohort::store {
namespace {

namespace fs = std::filesystem;

constexpr unsigned creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr unsigned deflate_level = 1;

/// Properties with which the same run gives the same bytes: creation order in, times out.
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

/// One entry of the first axis a chunk, shuffled and deflated; small tables stay as they are.
void compress(const Handle& properties, std::vector<hsize_t> lengths) {
  if (lengths.size() < 2) return;
  lengths[0] = 1;
  require(H5Pset_chunk(properties.id(), static_cast<int>(lengths.size()), lengths.data()),
          "setting chunks");
  require(H5Pset_shuffle(properties.id()), "setting filters");
  require(H5Pset_deflate(properties.id(), deflate_level), "setting filters");
}

/// Fixed-length texts as datasets crash netCDF-C 4.9.0; variable ones open everywhere.
Handle text_type() {
  Handle type = own(H5Tcopy(H5T_C_S1), H5Tclose, "making a text type");
  require(H5Tset_size(type.id(), H5T_VARIABLE), "making a text type");
  require(H5Tset_cset(type.id(), H5T_CSET_UTF8), "making a text type");
  return type;
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

void sync_to_disk(const fs::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return;
  throw Error(Fault::storage,
              Mistake{{path.string(), 0, 0},
                      std::string("syncing to disk failed: ") + std::strerror(reason),
                      "check the free space and the rights"});
}

}  // namespace

struct Writer::Impl {
  explicit Impl(const fs::path& name)
      : final_name(name),
        temporary_name(name.string() + ".tmp." + std::to_string(::getpid())),
        file(own(
            H5Fcreate(temporary_name.c_str(), H5F_ACC_TRUNC, file_properties().id(), H5P_DEFAULT),
            H5Fclose, ("creating " + temporary_name.string()).c_str())) {}

  /// Makes the groups on the way to a path.
  void make_groups(const std::string& path) {
    for (std::size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      const std::string group = path.substr(0, slash);
      if (H5Lexists(file.id(), group.c_str(), H5P_DEFAULT) > 0) continue;
      own(H5Gcreate2(file.id(), group.c_str(), H5P_DEFAULT, group_properties().id(), H5P_DEFAULT),
          H5Gclose, ("creating group " + group).c_str());
    }
  }

  void attach(const Handle& dataset, const std::vector<std::string>& axes) {
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      require(
          H5DSattach_scale(dataset.id(), scales.at(axes[axis]).id(), static_cast<unsigned>(axis)),
          "attaching a scale");
    }
  }

  Quiet quiet;
  fs::path final_name;
  fs::path temporary_name;
  Handle file;
  std::map<std::string, Handle> scales;
  std::map<std::string, std::size_t> lengths;
  ContentHash content;
};

Writer::Writer(const fs::path& file) : impl_(std::make_unique<Impl>(file)) {}

Writer::~Writer() {
  const bool unfinished = impl_->file.id() >= 0;
  impl_->scales.clear();
  impl_->file.reset();
  std::error_code ignored;
  if (unfinished) fs::remove(impl_->temporary_name, ignored);
}

void Writer::add_scale(const Scale& scale) {
  Handle dataset = std::visit(LabelWriter{impl_->file.id(), scale.name}, scale.labels);
  require(H5DSset_scale(dataset.id(), scale.name.c_str()), "making a scale");
  write_attribute(dataset.id(), {"long_name", scale.long_name});
  if (!scale.unit.empty()) write_attribute(dataset.id(), {"units", scale.unit});
  impl_->content.add(scale.name, scale.labels);
  impl_->lengths[scale.name] = length(scale.labels);
  impl_->scales.emplace(scale.name, std::move(dataset));
}

void Writer::add_labels(const Scale& labels, const std::string& axis) {
  const Handle dataset = std::visit(LabelWriter{impl_->file.id(), labels.name}, labels.labels);
  impl_->attach(dataset, {axis});
  write_attribute(dataset.id(), {"long_name", labels.long_name});
  impl_->content.add(labels.name, labels.labels);
}

void Writer::add_dataset(const Dataset& dataset, std::span<const double> values) {
  std::vector<std::size_t> lengths;
  for (const std::string& axis : dataset.axes) lengths.push_back(impl_->lengths.at(axis));
  const std::vector<hsize_t> extents(lengths.begin(), lengths.end());
  const std::string doing = "writing " + dataset.path;
  impl_->make_groups(dataset.path);
  const Handle space =
      own(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose,
          doing.c_str());
  const Handle properties = dataset_properties();
  compress(properties, extents);
  const Handle handle = own(H5Dcreate2(impl_->file.id(), dataset.path.c_str(), H5T_IEEE_F64LE,
                                       space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                            H5Dclose, doing.c_str());
  require(H5Dwrite(handle.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          doing.c_str());
  impl_->attach(handle, dataset.axes);
  for (const Attribute& attribute : dataset.attributes) write_attribute(handle.id(), attribute);
  impl_->content.add(dataset.path, lengths, values);
}

void Writer::add_attribute(const Attribute& attribute) {
  write_attribute(impl_->file.id(), attribute);
}

void Writer::finish() {
  add_attribute({"content_sha256", impl_->content.hexadecimal()});
  add_attribute({"status", std::string("complete")});
  impl_->scales.clear();
  require(H5Fflush(impl_->file.id(), H5F_SCOPE_GLOBAL), "flushing the file");
  require(H5Fclose(impl_->file.id()), "closing the file");
  impl_->file = Handle();
  const fs::path folder = impl_->final_name.parent_path();
  try {
    sync_to_disk(impl_->temporary_name, O_RDWR);
    fs::rename(impl_->temporary_name, impl_->final_name);
    sync_to_disk(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  } catch (const fs::filesystem_error& error) {
    std::error_code ignored;
    fs::remove(impl_->temporary_name, ignored);
    throw Error(
        Fault::storage,
        Mistake{{impl_->final_name.string(), 0, 0}, error.what(), "check the path and the rights"});
  }
}

}  // namespace kohort::store
