// The page on staff that `kohort info` shows of a result: what is missing where.
#pragma once

#include <string>

#include "engine/store/reader.hpp"

namespace kohort::cli {

/// Gaps by area and occupation in the last year, and of all areas together but the closing rest
/// demand, supply, gap and recruitment need in its first, middle and last year; with intervals
/// where there are draws. About 40 lines of 110 characters for the 12 municipalities of a county
/// and seven occupations. Empty where the result has no staff.
std::string workforce_page(const store::Reader& reader);

}  // namespace kohort::cli
