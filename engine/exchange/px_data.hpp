// The figures of a PX file, in one pass.
#pragma once

#include "engine/exchange/byte_source.hpp"
#include "engine/exchange/px_cube.hpp"
#include "engine/exchange/px_entries.hpp"

namespace kohort::exchange {

/// Reads what stands behind "DATA=" to the end of the file and hands each cell to the sink. Cells
/// of rows that a file with KEYS leaves out are not handed over. Throws `Error` (Fault::input) on
/// what is neither a figure nor a symbol, unknown and repeated keys, and too few or too many cells.
void read_px_data(ByteSource& source, const PxEntries& entries, const PxCube& px, CubeSink& sink);

}  // namespace kohort::exchange
