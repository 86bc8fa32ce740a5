// How many cell-years a second are projected of whole persons, beside the same by expected events?
//
// W3: 300 000 persons of 2 x 101 cells in 12 municipalities, 30 years, sixteen draws side by side,
// by the samplers that the population model uses. People die and leave by binomials, half of the
// leavers move within the county, others arrive by Poisson numbers, women bear by binomials. Movers
// go one by one to the 12 municipalities by fixed shares, from each origin or from one pool for
// each sex and age. Each draw must keep its accounts to the person, and the means of all draws must
// lie within five standard errors of what is expected; else the run is an error.
#include <array>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "engine/measure/inputs.hpp"
#include "engine/random/rows.hpp"
#include "models/population/mover_batch.hpp"

namespace kohort::measure {
namespace {

constexpr std::size_t places = 12;
constexpr std::size_t span = 30;  ///< of years
constexpr std::size_t cells = rows * places;
constexpr double staying_in_county = 0.5;  ///< of those who leave a municipality
constexpr double girls = 0.4878;           ///< of the births
constexpr std::array<double, places> sizes{0.036, 0.031, 0.051, 0.023, 0.100, 0.075,
                                           0.019, 0.027, 0.078, 0.016, 0.035, 0.509};

RowNumbers alike(double number) {
  RowNumbers row;
  row.fill(number);
  return row;
}

void add(const RowNumbers& numbers, RowNumbers& to) {
  for (std::size_t draw = 0; draw < to.size(); ++draw) to[draw] += numbers[draw];
}

void subtract(const RowNumbers& numbers, RowNumbers& from) {
  for (std::size_t draw = 0; draw < from.size(); ++draw) from[draw] -= numbers[draw];
}

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

std::size_t row_after(std::size_t row) {
  return row % ages.count + 1 == ages.count ? row : row + 1;
}

/// Rates of the county, [sex][age][place], bearing [age][place].
struct County {
  std::vector<double> persons, dying, leaving, arriving;
  std::vector<double> bearing;
  std::array<double, places> share{};

  County() {
    const Inputs inputs = make_inputs();
    const double of_sizes = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    for (std::size_t place = 0; place < places; ++place) share[place] = sizes[place] / of_sizes;
    const double of_area = std::accumulate(
        inputs.persons.begin(), inputs.persons.begin() + static_cast<std::ptrdiff_t>(rows), 0.0);
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t place = 0; place < places; ++place) {
        const std::size_t at = place * rows + row;
        const double shape = inputs.persons[row] / of_area;
        persons.push_back(std::round(300'000.0 * share[place] * shape));
        dying.push_back(inputs.dying[at]);
        leaving.push_back(inputs.leaving[at]);
        arriving.push_back((1.0 - staying_in_county) * persons.back() * inputs.leaving[at]);
      }
    }
    for (std::size_t age = 0; age < ages.count; ++age) {
      for (std::size_t place = 0; place < places; ++place) {
        bearing.push_back(inputs.bearing[place * ages.count + age]);
      }
    }
  }
};

/// What became of the county, of each draw.
struct Accounts {
  RowNumbers start{}, births{}, deaths{}, emigrants{}, immigrants{}, end{};

  bool balance() const {
    for (std::size_t draw = 0; draw < end.size(); ++draw) {
      const double expected =
          start[draw] + births[draw] - deaths[draw] - emigrants[draw] + immigrants[draw];
      if (end[draw] != expected) return false;
    }
    return true;
  }
};

/// By expected events, where all is a product: the mean of infinitely many draws.
struct Expected {
  double persons = 0.0;
  double births = 0.0;
  double deaths = 0.0;

  explicit Expected(const County& county) {
    std::vector<double> people = county.persons;
    for (std::size_t year = 0; year < span; ++year) {
      std::vector<double> after(cells);
      std::array<double, places> born{};
      for (std::size_t row = 0; row < rows; ++row) {
        double pool = 0.0;
        double* next = &after[row_after(row) * places];
        for (std::size_t place = 0; place < places; ++place) {
          const std::size_t at = row * places + place;
          const double left = people[at] * county.leaving[at];
          deaths += people[at] * county.dying[at];
          pool += left * staying_in_county;
          next[place] += people[at] - people[at] * county.dying[at] - left + county.arriving[at];
          if (row < ages.count) born[place] += people[at] * county.bearing[at];
        }
        for (std::size_t place = 0; place < places; ++place) {
          next[place] += pool * county.share[place];
        }
      }
      for (std::size_t place = 0; place < places; ++place) {
        births += born[place];
        after[place] += born[place] * girls;
        after[ages.count * places + place] += born[place] * (1.0 - girls);
      }
      people = after;
    }
    persons = sum(people);
  }
};

/// Sixteen draws of the county on their way through the years.
class PersonsOfCounty {
 public:
  PersonsOfCounty(const County& county, bool pooled)
      : county_(county), pooled_(pooled), people_(cells), after_(cells) {
    for (std::size_t place = 0; place < places; ++place) {
      keys_.emplace_back(1, std::to_string(place));
      areas_.push_back(static_cast<std::uint16_t>(place));
    }
    double bound = 0.0;
    for (const double share : county.share) {
      bound += share;
      bounds_.push_back(static_cast<std::uint32_t>(std::min(1.0, bound) * 0x1p31));
    }
    bounds_.back() = std::uint32_t{1} << 31U;
    constexpr std::size_t bins = 64;
    for (std::size_t bin = 0; bin < bins; ++bin) {
      const auto first = static_cast<std::uint32_t>(bin * (std::size_t{1} << 31U) / bins);
      std::uint16_t at = 0;
      while (first >= bounds_[at]) ++at;
      index_.push_back(at);
    }
  }

  Accounts run(std::size_t first_draw) {
    first_draw_ = first_draw;
    accounts_ = Accounts{};
    for (std::size_t at = 0; at < cells; ++at) people_[at] = alike(county_.persons[at]);
    for (const RowNumbers& cell : people_) add(cell, accounts_.start);
    for (year_ = 0; year_ < span; ++year_) {
      std::fill(after_.begin(), after_.end(), RowNumbers{});
      for (std::size_t row = 0; row < rows; ++row) pass(row);
      for (std::size_t place = 0; place < places; ++place) bear(place);
      std::swap(people_, after_);
    }
    for (const RowNumbers& cell : people_) add(cell, accounts_.end);
    return accounts_;
  }

 private:
  enum class Chance : std::uint8_t { leaving, moving, arriving, bearing, sex, destination };

  StreamRow streams(Chance chance, std::size_t row, std::size_t place) const {
    return {keys_[place],
            {Draw(first_draw_), Year(2030 + static_cast<int>(year_)), Sex(row / ages.count),
             CohortRow(row % ages.count), Group(0), Event(1, static_cast<std::uint8_t>(chance))},
            widest_row};
  }

  /// The people of one sex and age die, leave, arrive and grow older.
  void pass(std::size_t row) {
    RowNumbers pool{};
    RowNumbers numbers;
    RowNumbers* next = &after_[row_after(row) * places];
    for (std::size_t place = 0; place < places; ++place) {
      const std::size_t at = row * places + place;
      LeaverRow parting(streams(Chance::leaving, row, place), people_[at], 2);
      add(parting.leave(alike(county_.dying[at])), accounts_.deaths);
      const RowNumbers left = parting.leave(alike(county_.leaving[at]));
      add(parting.stayers(), next[place]);
      sample_binomials(streams(Chance::moving, row, place), left, alike(staying_in_county),
                       numbers);
      if (pooled_) {
        add(numbers, pool);
      } else {
        send(row, place, numbers, next);
      }
      add(left, accounts_.emigrants);
      subtract(numbers, accounts_.emigrants);
      sample_poissons(streams(Chance::arriving, row, place), alike(county_.arriving[at]), numbers);
      add(numbers, next[place]);
      add(numbers, accounts_.immigrants);
    }
    if (pooled_) send(row, 0, pool, next);
  }

  void send(std::size_t row, std::size_t place, const RowNumbers& movers, RowNumbers* next) const {
    const std::span<double> arrivals(next->data(), places * widest_row);
    population::MoverBatch batch(streams(Chance::destination, row, place),
                                 {bounds_, index_, areas_, {}}, {arrivals, widest_row});
    batch.send(movers);
  }

  void bear(std::size_t place) {
    RowNumbers births{};
    RowNumbers numbers;
    for (std::size_t age = ages.first_bearing; age < ages.end_bearing; ++age) {
      const std::size_t at = age * places + place;
      sample_binomials(streams(Chance::bearing, age, place), people_[at],
                       alike(county_.bearing[at]), numbers);
      add(numbers, births);
    }
    sample_binomials(streams(Chance::sex, 0, place), births, alike(girls), numbers);
    add(births, accounts_.births);
    add(numbers, after_[place]);
    subtract(numbers, births);
    add(births, after_[ages.count * places + place]);
  }

  const County& county_;
  bool pooled_;
  std::size_t first_draw_ = 0;
  std::size_t year_ = 0;
  Accounts accounts_;
  std::vector<RowNumbers> people_, after_;  ///< [sex][age][place]
  std::vector<StreamKey> keys_;             ///< of each place
  // The shares of the places, as `DestinationChooser` has them.
  std::vector<std::uint32_t> bounds_;
  std::vector<std::uint16_t> index_, areas_;
};

/// Means of draws, and whether they are what is expected.
class Means {
 public:
  void add(const RowNumbers& numbers) {
    for (const double one : numbers) {
      sum_ += one;
      squares_ += one * one;
    }
    count_ += static_cast<double>(numbers.size());
  }
  double mean() const { return sum_ / count_; }
  bool near(double expected) const {
    const double variance = squares_ / count_ - mean() * mean();
    return std::abs(mean() - expected) <= 5.0 * std::sqrt(variance / count_);
  }

 private:
  double sum_ = 0.0;
  double squares_ = 0.0;
  double count_ = 0.0;
};

void W3(benchmark::State& state) {
  static const County county;
  static const Expected expected(county);
  constexpr std::size_t blocks = 4;
  PersonsOfCounty people(county, state.range(0) != 0);
  Means persons;
  Means births;
  Means deaths;
  bool balanced = true;
  for (auto _ : state) {
    persons = births = deaths = Means();
    for (std::size_t block = 0; block < blocks; ++block) {
      const Accounts accounts = people.run(block * widest_row);
      balanced = balanced && accounts.balance();
      persons.add(accounts.end);
      births.add(accounts.births);
      deaths.add(accounts.deaths);
    }
  }
  if (!balanced) state.SkipWithError("persons are lost or found");
  if (!persons.near(expected.persons) || !births.near(expected.births) ||
      !deaths.near(expected.deaths)) {
    state.SkipWithError("the means are not those expected");
  }
  state.counters["cell_years/s"] = benchmark::Counter(
      static_cast<double>(cells * span * blocks * widest_row),
      benchmark::Counter::kIsIterationInvariantRate, benchmark::Counter::kIs1000);
  state.counters["persons"] = persons.mean();
  state.counters["expected"] = expected.persons;
}

BENCHMARK(W3)->ArgName("pooled")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace kohort::measure

BENCHMARK_MAIN();
