// How fast are files read and written?
//
// A scenario that extends others is read and checked; a PX file of 290 areas x 2 sexes x 101 ages
// is turned into an input table; a result's dataset of as many cells over 40 years, in single and
// in double precision, is compressed, hashed and written. The limit of the last is the disk, and
// how fast one thread compresses: a real number hardly gets smaller.
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <unistd.h>

#include "engine/exchange/import.hpp"
#include "engine/measure/inputs.hpp"
#include "engine/run/parameters.hpp"
#include "engine/scenario/read.hpp"
#include "engine/store/writer.hpp"

namespace kohort {
namespace {

/// A folder of its own for the time of a benchmark.
class WorkFolder {
 public:
  WorkFolder()
      : path_(std::filesystem::temp_directory_path() /
              ("kohort_bench_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_);
  }
  ~WorkFolder() { std::filesystem::remove_all(path_); }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  std::filesystem::path file(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

void rate(benchmark::State& state, const char* what, double count) {
  state.counters[what] = benchmark::Counter(count, benchmark::Counter::kIsIterationInvariantRate,
                                            benchmark::Counter::kIs1000);
}

void scenario_read(benchmark::State& state) {
  const Catalogue catalogue = full_catalogue();
  const std::filesystem::path file =
      std::filesystem::path(KOHORT_SCENARIOS) / "orebro/workforce.toml";
  for (auto _ : state) benchmark::DoNotOptimize(read_scenario(file, {}, catalogue));
  rate(state, "scenarios/s", 1.0);
}

/// "a","b",... of so many values.
std::string list(const std::string& prefix, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    text += (at > 0 ? ",\"" : "\"") + prefix + std::to_string(at) + "\"";
  }
  return text;
}

void px_read(benchmark::State& state) {
  const WorkFolder folder;
  const std::string file = folder.file("people.px").string();
  std::ofstream out(file);
  out << "CHARSET=\"ANSI\";\nAXIS-VERSION=\"2010\";\nCODEPAGE=\"utf-8\";\nLANGUAGE=\"en\";\n"
         "MATRIX=\"people\";\nDECIMALS=0;\nTITLE=\"People\";\nCONTENTS=\"People\";\n"
         "UNITS=\"persons\";\nSTUB=\"region\",\"sex\";\nHEADING=\"age\";\n"
      << "VALUES(\"region\")=" << list("r", measure::areas) << ";\n"
      << "VALUES(\"sex\")=\"women\",\"men\";\n"
      << "VALUES(\"age\")=" << list("", measure::ages.count) << ";\nDATA=\n";
  for (std::size_t at = 0; at < measure::areas * measure::rows; ++at) {
    out << at * 7919 % 1000 << (at % measure::ages.count + 1 == measure::ages.count ? '\n' : ' ');
  }
  out << ";\n";
  out.close();
  exchange::ImportRequest request;
  request.file = file;
  request.output = folder.file("people.csv");
  for (auto _ : state) benchmark::DoNotOptimize(exchange::import_table(request));
  rate(state, "values/s", static_cast<double>(measure::areas * measure::rows));
}

store::Scale numbered(const std::string& name, std::size_t length) {
  std::vector<std::int32_t> labels(length);
  std::iota(labels.begin(), labels.end(), 0);
  return {name, name, "1", labels};
}

template <class Real>
void hdf5_write(benchmark::State& state) {
  const WorkFolder folder;
  std::vector<Real> values;
  for (std::size_t at = 0; at < measure::years * measure::areas * measure::rows; ++at) {
    values.push_back(static_cast<Real>(500.0 * measure::spread(at, 0.5)));
  }
  for (auto _ : state) {
    store::Writer writer(folder.file("people.h5"));
    writer.add_scale(numbered("year", measure::years));
    writer.add_scale(numbered("area", measure::areas));
    writer.add_scale(numbered("cell", measure::rows));
    writer.add_dataset({"persons", {"year", "area", "cell"}, {}}, std::span<const Real>(values));
    writer.finish();
  }
  rate(state, "bytes/s", static_cast<double>(values.size() * sizeof(Real)));
}

BENCHMARK(scenario_read)->Unit(benchmark::kMillisecond);
BENCHMARK(px_read)->Unit(benchmark::kMillisecond);
BENCHMARK_TEMPLATE(hdf5_write, float)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_TEMPLATE(hdf5_write, double)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace kohort

BENCHMARK_MAIN();
