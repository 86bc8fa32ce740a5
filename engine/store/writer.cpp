#include "engine/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <type_traits>
#include <utility>
#include <vector>

#include <hdf5_hl.h>

#include "engine/base/error.hpp"
#include "engine/store/chunk_stream.hpp"
#include "engine/store/content_hash.hpp"
#include "engine/store/handle.hpp"
#include "engine/store/objects.hpp"
#include "engine/store/reader.hpp"
#include "engine/store/target.hpp"
#include "engine/store/temporary_file.hpp"

namespace kohort::store {
namespace {

namespace fs = std::filesystem;

/// Whether a table over so many axes is cut into chunks; small ones stay as they are.
bool is_chunked(std::span<const std::size_t> lengths, std::size_t cut) {
  return lengths.size() > cut;
}

hid_t type_in_file(bool single) { return single ? H5T_IEEE_F32LE : H5T_IEEE_F64LE; }
hid_t type_in_memory(bool single) { return single ? H5T_NATIVE_FLOAT : H5T_NATIVE_DOUBLE; }

/// A dataset that gets its chunks one by one.
struct BegunDataset {
  Handle handle;
  std::vector<std::size_t> lengths;
  std::size_t cut;
  ChunkShape shape;
  std::vector<std::string> hashes;  ///< of its chunks
  std::size_t left;                 ///< chunks that it has not got yet

  /// Where a chunk begins.
  std::vector<hsize_t> place_of(std::size_t chunk) const {
    std::vector<hsize_t> place(lengths.size(), 0);
    for (std::size_t axis = cut; axis-- > 0;) {
      place[axis] = chunk % lengths[axis];
      chunk /= lengths[axis];
    }
    return place;
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

  /// Makes a dataset, with what it runs along and what is said of it.
  Handle create(const Dataset& dataset, bool single, bool chunked) {
    const std::vector<std::size_t> found = lengths_of(dataset);
    const std::vector<hsize_t> extents(found.begin(), found.end());
    const std::string doing = writing(dataset.path);
    const Handle properties = dataset_properties();
    if (chunked) compress(properties, found, dataset.cut);
    make_groups(dataset.path);
    const Handle space =
        own(H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr), H5Sclose,
            doing.c_str());
    Handle handle = own(H5Dcreate2(file.id(), dataset.path.c_str(), type_in_file(single),
                                   space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                        H5Dclose, doing.c_str());
    attach(handle, dataset.axes);
    for (const Attribute& attribute : dataset.attributes) {
      write(handle.id(), dataset.path, attribute);
    }
    return handle;
  }

  /// Writes a table in one piece.
  void write_whole(const Dataset& dataset, bool single, std::span<const std::byte> values) {
    const Turn turn;
    Handle handle = create(dataset, single, false);
    const std::string doing = writing(dataset.path);
    require(
        H5Dwrite(handle.id(), type_in_memory(single), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
        doing.c_str());
    require(handle.close(), doing.c_str());
    content.add(dataset.path, lengths_of(dataset), values);
  }

  std::size_t begin(const Dataset& dataset, bool single) {
    const Turn turn;
    const std::vector<std::size_t> found = lengths_of(dataset);
    const std::size_t chunks = product(std::span(found).first(dataset.cut));
    const ChunkShape shape{dataset.path, product(std::span(found).subspan(dataset.cut)),
                           single ? sizeof(float) : sizeof(double)};
    begun.push_back({create(dataset, single, true), found, dataset.cut, shape,
                     std::vector<std::string>(chunks), chunks});
    close_if_whole(begun.back());
    return begun.size() - 1;
  }

  /// Writes chunks of datasets that are begun. `next`: see `stream_chunks`; it leaves their shape
  /// out.
  void write_chunks(const NextChunk& next) {
    const auto next_with_shape = [&](ChunkInHand& chunk) {
      if (!next(chunk)) return false;
      chunk.shape = &begun[chunk.dataset].shape;
      return true;
    };
    stream_chunks(next_with_shape, [&](ChunkInHand& chunk) { write(chunk); });
  }

  void write(ChunkInHand& chunk) {
    BegunDataset& dataset = begun[chunk.dataset];
    const std::string doing = writing(dataset.shape.path);
    const std::vector<hsize_t> place = dataset.place_of(chunk.number);
    const PackedChunk& packed = chunk.packed;
    const Turn turn;
    require(H5Dwrite_chunk(dataset.handle.id(), H5P_DEFAULT, packed.left_out, place.data(),
                           packed.bytes.size(), packed.bytes.data()),
            doing.c_str());
    dataset.hashes[chunk.number] = std::move(chunk.hash);
    --dataset.left;
    close_if_whole(dataset);
  }

  void close_if_whole(BegunDataset& dataset) {
    if (dataset.left > 0) return;
    require(dataset.handle.close(), writing(dataset.shape.path).c_str());
    content.add(dataset.shape.path, dataset.lengths, std::exchange(dataset.hashes, {}));
  }

  // In this order: the file is closed before it is removed.
  fs::path asked_for;
  fs::path final_name;
  TemporaryFile temporary;
  Handle file;
  std::map<std::string, Handle> scales;
  std::vector<BegunDataset> begun;
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
  Handle dataset = write_scale(impl_->file.id(), scale.name, scale.labels);
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
  Handle dataset = write_scale(impl_->file.id(), labels.name, labels.labels);
  impl_->attach(dataset, {axis});
  impl_->write(dataset.id(), labels.name, {"long_name", labels.long_name});
  impl_->write(dataset.id(), labels.name, {"units", unit_of(labels)});
  require(dataset.close(), impl_->writing(labels.name).c_str());
  impl_->content.add(labels.name, labels.labels);
}

std::size_t Writer::begin_dataset(const Dataset& dataset, bool single) {
  return impl_->begin(dataset, single);
}

void Writer::add_chunks(std::span<const Chunk> chunks) {
  impl_->write_chunks([&](ChunkInHand& hand) {
    if (chunks.empty()) return false;
    hand.dataset = chunks.front().dataset;
    hand.number = chunks.front().number;
    hand.values = chunks.front().values;
    chunks = chunks.subspan(1);
    return true;
  });
}

template <class Value>
void Writer::add(const Dataset& dataset, std::span<const Value> values, bool compressed) {
  constexpr bool single = std::is_same_v<Value, float>;
  const std::vector<std::size_t> lengths = impl_->lengths_of(dataset);
  if (!compressed || !is_chunked(lengths, dataset.cut)) {
    impl_->write_whole(dataset, single, std::as_bytes(values));
    return;
  }
  const std::size_t number = begin_dataset(dataset, single);
  const std::size_t size = product(std::span(lengths).subspan(dataset.cut));
  std::vector<Chunk> chunks;
  for (std::size_t first = 0; first < values.size(); first += size) {
    chunks.push_back({number, chunks.size(), std::as_bytes(values.subspan(first, size))});
  }
  add_chunks(chunks);
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
void Writer::add_stacked_whole(const Dataset& dataset, const PartAt& part_at) {
  const std::vector<std::size_t> lengths = impl_->lengths_of(dataset);
  const std::size_t size = product(std::span(lengths).subspan(1));
  std::vector<Value> all;
  for (std::size_t part = 0; part < lengths.front(); ++part) {
    const Reader* reader = part_at(part);
    const std::vector<double> values =
        reader != nullptr ? reader->values(dataset.path)
                          : std::vector<double>(size, std::numeric_limits<double>::quiet_NaN());
    std::transform(values.begin(), values.end(), std::back_inserter(all),
                   [](double value) { return static_cast<Value>(value); });
  }
  impl_->write_whole(dataset, std::is_same_v<Value, float>, std::as_bytes(std::span(all)));
}

template <class Value>
void Writer::add_stacked_of(Dataset dataset, const PartAt& part_at) {
  ++dataset.cut;
  const std::vector<std::size_t> lengths = impl_->lengths_of(dataset);
  if (!is_chunked(lengths, dataset.cut)) {
    add_stacked_whole<Value>(dataset, part_at);
    return;
  }
  // What a part without figures has in every chunk.
  const std::vector<Value> nothing(product(std::span(lengths).subspan(dataset.cut)),
                                   std::numeric_limits<Value>::quiet_NaN());
  PackedChunk nothing_packed;
  pack(std::as_bytes(std::span(nothing)), sizeof(Value), nothing_packed);
  const std::size_t number = begin_dataset(dataset, std::is_same_v<Value, float>);
  const std::size_t chunks_of_part = product(std::span(lengths).subspan(1, dataset.cut - 1));
  std::vector<PackedChunk> of_part;
  std::size_t asked_for = 0;
  impl_->write_chunks([&](ChunkInHand& chunk) {
    if (asked_for == lengths.front() * chunks_of_part) return false;
    chunk.dataset = number;
    chunk.number = asked_for++;
    const std::size_t within = chunk.number % chunks_of_part;
    if (within == 0) {
      const Reader* reader = part_at(chunk.number / chunks_of_part);
      of_part.clear();
      if (reader != nullptr) of_part = reader->packed(dataset.path);
    }
    if (of_part.empty()) {
      chunk.values = std::as_bytes(std::span(nothing));
      chunk.packed = nothing_packed;
    } else {
      chunk.packed = std::move(of_part.at(within));
    }
    chunk.is_packed = true;
    return true;
  });
}

void Writer::add_stacked(const Dataset& dataset, bool single, const PartAt& part_at) {
  if (single) {
    add_stacked_of<float>(dataset, part_at);
  } else {
    add_stacked_of<double>(dataset, part_at);
  }
}

void Writer::add_attribute(const Attribute& attribute) {
  const Turn turn;
  impl_->write(impl_->file.id(), "", attribute);
}

void Writer::finish() {
  const Turn turn;
  for (const BegunDataset& dataset : impl_->begun) {
    if (dataset.left == 0) continue;
    throw Error(Fault::model, Mistake{{}, dataset.shape.path + " lacks some of its chunks", ""});
  }
  write_attribute(impl_->file.id(), {content_hash_of, std::string(hash_of_chunks)});
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
  compress(properties, std::vector<std::size_t>{1, values.size()}, 1);
  const auto started = std::chrono::steady_clock::now();
  Handle dataset = own(H5Dcreate2(file.id(), "values", H5T_IEEE_F64LE, space.id(), H5P_DEFAULT,
                                  properties.id(), H5P_DEFAULT),
                       H5Dclose, "measuring");
  PackedChunk chunk;
  pack(std::as_bytes(values), sizeof(double), chunk);
  const std::vector<hsize_t> begin{0, 0};
  require(H5Dwrite_chunk(dataset.id(), H5P_DEFAULT, chunk.left_out, begin.data(),
                         chunk.bytes.size(), chunk.bytes.data()),
          "measuring");
  require(dataset.close(), "measuring");
  chunk_hash(std::as_bytes(values));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - started;
  require(file.close(), "measuring");
  return seconds.count();
}

}  // namespace kohort::store
