#include "engine/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <type_traits>
#include <vector>

#include <hdf5_hl.h>

#include "engine/store/content_hash.hpp"
#include "engine/store/handle.hpp"
#include "engine/store/target.hpp"
#include "engine/store/temporary_file.hpp"

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

/// One entry of the first axes a chunk, shuffled and deflated; small tables stay as they are.
void compress(const Handle& properties, std::vector<hsize_t> lengths, std::size_t outer = 1) {
  if (lengths.size() <= outer) return;
  std::fill_n(lengths.begin(), outer, 1);
  require(H5Pset_chunk(properties.id(), static_cast<int>(lengths.size()), lengths.data()),
          "setting chunks");
  require(H5Pset_shuffle(properties.id()), "setting filters");
  require(H5Pset_deflate(properties.id(), deflate_level), "setting filters");
}

/// The type of values in the file, and that in memory.
template <class Value>
struct ValueTypes {
  static constexpr bool single = std::is_same_v<Value, float>;
  hid_t in_file = single ? H5T_IEEE_F32LE : H5T_IEEE_F64LE;
  hid_t in_memory = single ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE;
};

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

/// CF wants a unit of labels and codes too.
std::string unit_of(const Scale& scale) { return scale.unit.empty() ? "1" : scale.unit; }

}  // namespace

struct Writer::Impl {
  explicit Impl(const fs::path& name)
      : asked_for(name),
        final_name(result_target(name)),
        temporary(final_name),
        file(own(
            H5Fcreate(temporary.name().c_str(), H5F_ACC_EXCL, file_properties().id(), H5P_DEFAULT),
            H5Fclose, ("creating " + temporary.name().string()).c_str())) {}

  /// What is being done, for messages.
  std::string writing(const std::string& what) const {
    return "writing " + what + " to " + asked_for.string();
  }

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

  /// Adds an attribute to the file itself, whose name is empty, or to a dataset.
  void write(hid_t object, const std::string& name, const Attribute& attribute) {
    write_attribute(object, attribute);
    attributes.add(attribute_path(name, attribute), as_label(attribute));
  }

  void attach(const Handle& dataset, const std::vector<std::string>& axes) {
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
      require(
          H5DSattach_scale(dataset.id(), scales.at(axes[axis]).id(), static_cast<unsigned>(axis)),
          "attaching a scale");
    }
  }

  std::vector<std::size_t> lengths_of(const Dataset& dataset) const {
    std::vector<std::size_t> found;
    for (const std::string& axis : dataset.axes) found.push_back(lengths.at(axis));
    return found;
  }

  Handle create(const Dataset& dataset, hid_t type, const Handle& properties) {
    const std::vector<std::size_t> found = lengths_of(dataset);
    const std::vector<hsize_t> extents(found.begin(), found.end());
    const std::string doing = writing(dataset.path);
    make_groups(dataset.path);
    const Handle space =
        own(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose,
            doing.c_str());
    return own(H5Dcreate2(file.id(), dataset.path.c_str(), type, space.id(), H5P_DEFAULT,
                          properties.id(), H5P_DEFAULT),
               H5Dclose, doing.c_str());
  }

  /// Its values are in the file: what it runs along, and what is said of it.
  void complete(Handle& handle, const Dataset& dataset) {
    attach(handle, dataset.axes);
    for (const Attribute& attribute : dataset.attributes) {
      write(handle.id(), dataset.path, attribute);
    }
    require(handle.close(), writing(dataset.path).c_str());
  }

  // In this order: the file is closed before it is removed.
  fs::path asked_for;
  fs::path final_name;
  TemporaryFile temporary;
  Handle file;
  std::map<std::string, Handle> scales;
  std::map<std::string, std::size_t> lengths;
  ContentHash content;
  ContentHash attributes;  ///< each as one text, by the name of what it is of
};

Writer::Writer(const fs::path& file) {
  const Turn turn;
  impl_ = std::make_unique<Impl>(file);
}

Writer::~Writer() {
  const Turn turn;
  impl_.reset();
}

void Writer::add_scale(const Scale& scale) {
  const Turn turn;
  Handle dataset = std::visit(LabelWriter{impl_->file.id(), scale.name}, scale.labels);
  require(H5DSset_scale(dataset.id(), scale.name.c_str()), "making a scale");
  impl_->write(dataset.id(), scale.name, {"long_name", scale.long_name});
  impl_->write(dataset.id(), scale.name, {"units", unit_of(scale)});
  impl_->content.add(scale.name, scale.labels);
  impl_->lengths[scale.name] = length(scale.labels);
  impl_->scales.emplace(scale.name, std::move(dataset));
}

bool Writer::has(const std::string& scale) const { return impl_->scales.contains(scale); }

void Writer::add_labels(const Scale& labels, const std::string& axis) {
  const Turn turn;
  Handle dataset = std::visit(LabelWriter{impl_->file.id(), labels.name}, labels.labels);
  impl_->attach(dataset, {axis});
  impl_->write(dataset.id(), labels.name, {"long_name", labels.long_name});
  impl_->write(dataset.id(), labels.name, {"units", unit_of(labels)});
  require(dataset.close(), impl_->writing(labels.name).c_str());
  impl_->content.add(labels.name, labels.labels);
}

template <class Value>
void Writer::add(const Dataset& dataset, std::span<const Value> values, bool compressed) {
  const Turn turn;
  const std::vector<std::size_t> lengths = impl_->lengths_of(dataset);
  const Handle properties = dataset_properties();
  if (compressed) compress(properties, {lengths.begin(), lengths.end()});
  const ValueTypes<Value> types;
  Handle handle = impl_->create(dataset, types.in_file, properties);
  require(H5Dwrite(handle.id(), types.in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          impl_->writing(dataset.path).c_str());
  impl_->complete(handle, dataset);
  impl_->content.add(dataset.path, lengths, std::as_bytes(values));
}

void Writer::add_dataset(const Dataset& dataset, std::span<const double> values) {
  add(dataset, values, true);
}

void Writer::add_dataset(const Dataset& dataset, std::span<const float> values) {
  add(dataset, values, true);
}

void Writer::add_plain(const Dataset& dataset, std::span<const double> values) {
  add(dataset, values, false);
}

template <class Value>
void Writer::add_by_parts(const Dataset& dataset,
                          const std::function<std::vector<Value>(std::size_t)>& values_at) {
  const Turn turn;
  const std::vector<std::size_t> lengths = impl_->lengths_of(dataset);
  const std::string doing = impl_->writing(dataset.path);
  const Handle properties = dataset_properties();
  compress(properties, {lengths.begin(), lengths.end()}, 2);
  const ValueTypes<Value> types;
  Handle handle = impl_->create(dataset, types.in_file, properties);
  const Handle in_file = own(H5Dget_space(handle.id()), H5Sclose, doing.c_str());
  std::vector<hsize_t> begin(lengths.size(), 0);
  std::vector<hsize_t> extent(lengths.begin(), lengths.end());
  extent.front() = 1;
  const Handle in_memory =
      own(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), H5Sclose,
          doing.c_str());
  Digest digest = dataset_digest(lengths);
  for (std::size_t at = 0; at < lengths.front(); ++at) {
    const std::vector<Value> values = values_at(at);
    begin.front() = at;
    require(H5Sselect_hyperslab(in_file.id(), H5S_SELECT_SET, begin.data(), nullptr, extent.data(),
                                nullptr),
            doing.c_str());
    require(H5Dwrite(handle.id(), types.in_memory, in_memory.id(), in_file.id(), H5P_DEFAULT,
                     values.data()),
            doing.c_str());
    digest.add(std::as_bytes(std::span(values)));
  }
  impl_->complete(handle, dataset);
  impl_->content.add(dataset.path, std::move(digest));
}

template void Writer::add_by_parts(const Dataset&,
                                   const std::function<std::vector<double>(std::size_t)>&);
template void Writer::add_by_parts(const Dataset&,
                                   const std::function<std::vector<float>(std::size_t)>&);

void Writer::add_attribute(const Attribute& attribute) {
  const Turn turn;
  impl_->write(impl_->file.id(), "", attribute);
}

void Writer::finish() {
  const Turn turn;
  add_attribute({"content_sha256", impl_->content.hexadecimal()});
  add_attribute({"status", std::string("complete")});
  write_attribute(impl_->file.id(), {"attributes_sha256", impl_->attributes.hexadecimal()});
  for (auto& [name, scale] : impl_->scales) require(scale.close(), impl_->writing(name).c_str());
  const std::string doing = impl_->writing("the last of it");
  require(H5Fflush(impl_->file.id(), H5F_SCOPE_GLOBAL), doing.c_str());
  require(impl_->file.close(), doing.c_str());
  // While the run computed, something else may have come to stand there.
  impl_->final_name = result_target(impl_->asked_for);
  impl_->temporary.move_to(impl_->final_name);
}

double seconds_to_write(std::span<const double> values) {
  const Turn turn;
  constexpr std::size_t steps_of_growth = 1U << 20U;
  const Handle access = own(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "measuring");
  require(H5Pset_fapl_core(access.id(), steps_of_growth, false), "measuring");
  Handle file =
      own(H5Fcreate("measuring", H5F_ACC_EXCL, H5P_DEFAULT, access.id()), H5Fclose, "measuring");
  const std::vector<hsize_t> extents{1, values.size()};
  const Handle space = own(H5Screate_simple(2, extents.data(), nullptr), H5Sclose, "measuring");
  const Handle properties = dataset_properties();
  compress(properties, extents);
  const auto started = std::chrono::steady_clock::now();
  Handle dataset = own(H5Dcreate2(file.id(), "values", H5T_IEEE_F64LE, space.id(), H5P_DEFAULT,
                                  properties.id(), H5P_DEFAULT),
                       H5Dclose, "measuring");
  require(H5Dwrite(dataset.id(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
          "measuring");
  require(dataset.close(), "measuring");
  ContentHash content;
  content.add("values", std::vector<std::size_t>{1, values.size()}, std::as_bytes(values));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  require(file.close(), "measuring");
  return seconds.count();
}

}  // namespace kohort::store
