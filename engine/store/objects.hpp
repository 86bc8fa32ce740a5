// The objects of a file as HDF5 makes them: all that take the identifier of another need its turn.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "engine/store/file.hpp"
#include "engine/store/handle.hpp"

namespace kohort::store {

/// Properties with which the same run gives the same bytes: creation order in, times out.
Handle file_properties();
Handle group_properties();
Handle dataset_properties();

/// Has the chunks of a table be entries of its first `cut` axes, shuffled and deflated.
void compress(const Handle& properties, std::span<const std::size_t> lengths, std::size_t cut);

/// Adds an attribute to a file or a dataset.
void write_attribute(hid_t object, const Attribute& attribute);

/// Makes a dataset of labels at the root.
Handle write_scale(hid_t file, const std::string& path, const Labels& labels);

}  // namespace kohort::store
