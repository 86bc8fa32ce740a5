// Kohort for embedding: everything that a program needs to read a scenario, run it, and read
// results.
//
// Version policy: the program's version is major.minor.patch. What these headers declare, the
// scenario format and the result format keep their meaning within a major version; a minor version
// may add to them; a patch version changes nothing that can be seen but mended faults. Headers not
// included here are the inside, and may change at any time.
#pragma once

#include "engine/base/error.hpp"
#include "engine/model/frame.hpp"
#include "engine/model/model.hpp"
#include "engine/run/parameters.hpp"
#include "engine/run/scenario_run.hpp"
#include "engine/run/solve.hpp"
#include "engine/run/version.hpp"
#include "engine/scenario/read.hpp"
#include "engine/scenario/write.hpp"
#include "engine/sensitivity/study.hpp"
#include "engine/store/reader.hpp"
