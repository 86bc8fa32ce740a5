#include "engine/measure/work.hpp"

#include <algorithm>

#include <unistd.h>

#include "engine/threads/parallel.hpp"

namespace kohort::measure {

namespace fast = kernels::fast;

namespace {

/// Calls `action(part)` for all parts, on so many threads.
template <class Action>
void for_each_part(std::size_t parts, std::size_t threads, const Action& action) {
  Arena(threads).execute([&] { parallel_tasks(parts, action); });
}

CheckSum total(std::span<const CheckSum> parts) {
  CheckSum sum;
  for (const CheckSum& part : parts) {
    sum.persons += part.persons;
    sum.births += part.births;
    sum.deaths += part.deaths;
  }
  return sum;
}

/// Adds up in double, a line at a time; those beyond `count` lanes are left out at the end.
template <class Real>
class LineSum {
 public:
  void add(const fast::Line<Real>& line) {
    for (std::size_t lane = 0; lane < fast::lanes<Real>; ++lane) {
      sum_[lane] += static_cast<double>(line.lane[lane]);
    }
  }
  double of(std::size_t count) const {
    double sum = 0.0;
    for (std::size_t lane = 0; lane < std::min(count, fast::lanes<Real>); ++lane) sum += sum_[lane];
    return sum;
  }

 private:
  std::array<double, fast::lanes<Real>> sum_{};
};

/// What happened to a line of draws, or of areas, over the years.
template <class Real>
struct Sums {
  LineSum<Real> persons, births, deaths;

  void add(const fast::YearEvents<Real>& year) {
    births.add(year.births);
    for (const auto& of_sex : year.deaths) deaths.add(of_sex);
  }
  CheckSum of(std::size_t count) const {
    return {persons.of(count), births.of(count), deaths.of(count)};
  }
};

template <class Real>
std::vector<Real> converted(std::span<const double> values) {
  std::vector<Real> result(values.size());
  std::transform(values.begin(), values.end(), result.begin(),
                 [](double value) { return static_cast<Real>(value); });
  return result;
}

/// [area][length] as [line of areas][length], nobody in the lanes beyond the last area.
template <class Real>
std::vector<fast::Line<Real>> areas_abreast(const std::vector<double>& table) {
  const std::size_t length = table.size() / areas;
  constexpr std::size_t lanes = fast::lanes<Real>;
  std::vector<fast::Line<Real>> lines((areas + lanes - 1) / lanes * length);
  for (std::size_t area = 0; area < areas; ++area) {
    for (std::size_t at = 0; at < length; ++at) {
      lines[area / lanes * length + at].lane[area % lanes] =
          static_cast<Real>(table[area * length + at]);
    }
  }
  return lines;
}

/// [area][length] as [length][area].
template <class Real>
std::vector<Real> areas_innermost(const std::vector<double>& table) {
  const std::size_t length = table.size() / areas;
  std::vector<Real> turned(table.size());
  for (std::size_t area = 0; area < areas; ++area) {
    for (std::size_t at = 0; at < length; ++at) {
      turned[at * areas + area] = static_cast<Real>(table[area * length + at]);
    }
  }
  return turned;
}

/// The first `count` of the draws of each year, in lines.
template <class Real>
std::vector<fast::Line<Real>> in_lines(const std::vector<double>& table, std::size_t count) {
  constexpr std::size_t lanes = fast::lanes<Real>;
  const std::size_t length = (count + lanes - 1) / lanes;
  std::vector<fast::Line<Real>> lines(years * length);
  for (std::size_t year = 0; year < years; ++year) {
    for (std::size_t at = 0; at < length * lanes; ++at) {
      const std::size_t draw = std::min(at, count - 1);
      lines[year * length + at / lanes].lane[at % lanes] =
          static_cast<Real>(table[year * draws + draw]);
    }
  }
  return lines;
}

template <class Real>
fast::Line<Real> times(const fast::Line<Real>& line, Real factor) {
  fast::Line<Real> product = line;
  for (Real& number : product.lane) number *= factor;
  return product;
}

/// Of all lanes, in place.
template <class Real>
void exponentials(const fast::Kernels<Real>& kernels, std::span<fast::Line<Real>> lines) {
  const std::span<Real> all(lines[0].lane.data(), lines.size() * fast::lanes<Real>);
  kernels.exponentials(all, all);
}

/// How many lanes of a line hold something.
template <class Real>
std::size_t filled(std::size_t count, std::size_t line) {
  return std::min(fast::lanes<Real>, count - line * fast::lanes<Real>);
}

}  // namespace

std::size_t cache_of_a_core() {
#ifdef _SC_LEVEL2_CACHE_SIZE
  const long bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
  if (bytes > 0) return static_cast<std::size_t>(bytes);
#endif
  return std::size_t{512} << 10U;
}

template <class Real>
OneProjection<Real>::OneProjection(const Inputs& inputs)
    : persons_(areas_abreast<Real>(inputs.persons)),
      dying_(areas_abreast<Real>(inputs.dying)),
      leaving_(areas_abreast<Real>(inputs.leaving)),
      arriving_(areas_abreast<Real>(inputs.arriving)),
      bearing_(areas_abreast<Real>(inputs.bearing)),
      year_dying_(converted<Real>(inputs.year_dying)),
      year_leaving_(converted<Real>(inputs.year_leaving)),
      year_arriving_(converted<Real>(inputs.year_arriving)),
      year_bearing_(converted<Real>(inputs.year_bearing)) {}

template <class Real>
CheckSum OneProjection<Real>::run(const fast::Kernels<Real>& kernels, const Effort& effort) const {
  const std::size_t lines = persons_.size() / rows;
  std::vector<CheckSum> sums(lines);
  for_each_part(lines, effort.threads, [&](std::size_t line) {
    const auto of_line = [&](const std::vector<Line>& table, std::size_t length) {
      return std::span(table).subspan(line * length, length);
    };
    const fast::LineRates<Real> rates{of_line(dying_, rows), of_line(leaving_, rows),
                                      of_line(arriving_, rows), of_line(bearing_, ages.count)};
    std::array<Line, rows> people;
    std::ranges::copy(of_line(persons_, rows), people.begin());
    Sums<Real> sum;
    for (std::size_t year = 0; year < years; ++year) {
      const fast::YearFactors<Real> factors{std::span(year_dying_).subspan(year * rows, rows),
                                            year_leaving_[year], year_arriving_[year],
                                            year_bearing_[year]};
      sum.add(kernels.year_of_areas(ages, newborn<Real>, rates, factors, people));
    }
    for (const Line& of_row : people) sum.persons.add(of_row);
    sums[line] = sum.of(filled<Real>(areas, line));
  });
  return total(sums);
}

template <class Real>
DrawTables<Real>::DrawTables(const Inputs& inputs, std::size_t draw_count)
    : count(draw_count),
      response(converted<Real>(inputs.response)),
      index(in_lines<Real>(inputs.index, draw_count)),
      arriving(in_lines<Real>(inputs.draw_arriving, draw_count)),
      bearing(in_lines<Real>(inputs.draw_bearing, draw_count)) {}

template <class Real>
void DrawTables<Real>::dying(const fast::Kernels<Real>& kernels, std::size_t year, std::size_t line,
                             std::span<Line> factors) const {
  const Line& walk = at(index, year, line);
  for (std::size_t row = 0; row < rows; ++row) factors[row] = times(walk, response[row]);
  exponentials(kernels, factors);
}

template <class Real>
void DrawTables<Real>::dying_of_row(const fast::Kernels<Real>& kernels, std::size_t year,
                                    std::size_t row, std::span<Line> factors) const {
  for (std::size_t line = 0; line < lines(); ++line) {
    factors[line] = times(at(index, year, line), response[row]);
  }
  exponentials(kernels, factors);
}

template <class Real>
Ensemble<Real>::Ensemble(const Inputs& inputs, std::size_t area_count, std::size_t draw_count)
    : areas_(area_count),
      draws_(inputs, draw_count),
      persons_(converted<Real>(inputs.persons)),
      dying_(converted<Real>(inputs.dying)),
      leaving_(converted<Real>(inputs.leaving)),
      arriving_(converted<Real>(inputs.arriving)),
      bearing_(converted<Real>(inputs.bearing)) {}

template <class Real>
fast::AreaRates<Real> Ensemble<Real>::rates(std::size_t area) const {
  const auto of_area = [&](const std::vector<Real>& table, std::size_t length) {
    return std::span(table).subspan(area * length, length);
  };
  return {of_area(dying_, rows), of_area(leaving_, rows), of_area(arriving_, rows),
          of_area(bearing_, ages.count)};
}

/// The factors of a line of draws are made once for all areas, for as many years as leave room in
/// the cache for the people of an area: all years of an area pass in one go, or in few.
template <class Real>
CheckSum Ensemble<Real>::run(const fast::Kernels<Real>& kernels, const Effort& effort) const {
  using Line = fast::Line<Real>;
  const std::size_t cache = effort.cache > 0 ? effort.cache : cache_of_a_core();
  const std::size_t fitting = std::max<std::size_t>(1, cache * 3 / 4 / (rows * sizeof(Line)));
  const std::size_t passes = (years + fitting - 1) / fitting;
  const std::size_t in_pass = (years + passes - 1) / passes;
  struct Room {
    std::vector<Line> factors, people;
    std::vector<Sums<Real>> sums;
  };
  PerThread<Room> rooms;
  std::vector<CheckSum> sums(draws_.lines());
  for_each_part(draws_.lines(), effort.threads, [&](std::size_t line) {
    Room& room = rooms.local();
    room.factors.resize(in_pass * rows);
    room.people.resize(areas_ * rows);
    room.sums.assign(areas_, {});
    const auto factors = [&](std::size_t at) {
      return std::span(room.factors).subspan(at * rows, rows);
    };
    for (std::size_t first = 0; first < years; first += in_pass) {
      const std::size_t end = std::min(years, first + in_pass);
      for (std::size_t year = first; year < end; ++year) {
        draws_.dying(kernels, year, line, factors(year - first));
      }
      for (std::size_t area = 0; area < areas_; ++area) {
        const auto people = std::span(room.people).subspan(area * rows, rows);
        if (first == 0) {
          for (std::size_t row = 0; row < rows; ++row) {
            people[row].lane.fill(persons_[area * rows + row]);
          }
        }
        const fast::AreaRates<Real> rates = this->rates(area);
        for (std::size_t year = first; year < end; ++year) {
          const fast::DrawFactors<Real> drawn{factors(year - first),
                                              draws_.at(draws_.arriving, year, line),
                                              draws_.at(draws_.bearing, year, line)};
          room.sums[area].add(kernels.year_of_draws(ages, newborn<Real>, rates, drawn, people));
        }
        if (end < years) continue;
        for (const Line& of_row : people) room.sums[area].persons.add(of_row);
      }
    }
    std::vector<CheckSum> by_area;
    for (const Sums<Real>& sum : room.sums) {
      by_area.push_back(sum.of(filled<Real>(draws_.count, line)));
    }
    sums[line] = total(by_area);
  });
  return total(sums);
}

template <class Real>
Nation<Real>::Nation(const Inputs& inputs, std::size_t draw_count)
    : draws_(inputs, draw_count),
      persons_(areas_innermost<Real>(inputs.persons)),
      dying_(areas_innermost<Real>(inputs.dying)),
      leaving_(areas_innermost<Real>(inputs.leaving)),
      share_(areas_innermost<Real>(inputs.share)),
      bearing_(areas_innermost<Real>(inputs.bearing)) {}

template <class Real>
struct Nation<Real>::Work {
  std::vector<Line> people, dying, births, deaths;
};

/// All years of a line of draws. More lines at once would share the reading of rates, but their
/// people would lie farther away: four of them take a third longer than one.
template <class Real>
CheckSum Nation<Real>::run_line(const fast::Kernels<Real>& kernels, std::size_t line,
                                Work& work) const {
  work.people.resize(rows * areas);
  work.dying.resize(rows);
  work.births.resize(areas);
  work.deaths.resize(fast::sexes);
  for (std::size_t at = 0; at < work.people.size(); ++at) work.people[at].lane.fill(persons_[at]);
  const fast::NationRates<Real> rates = this->rates();
  const fast::NationBlock<Real> block{1, work.people, work.dying, work.births, work.deaths};
  Sums<Real> sums;
  for (std::size_t year = 0; year < years; ++year) {
    draws_.dying(kernels, year, line, work.dying);
    kernels.year_of_nation(ages, newborn<Real>, rates, block);
    for (const Line& of_area : work.births) sums.births.add(of_area);
    for (const Line& of_sex : work.deaths) sums.deaths.add(of_sex);
  }
  for (const Line& of_cell : work.people) sums.persons.add(of_cell);
  return sums.of(filled<Real>(draws_.count, line));
}

template <class Real>
CheckSum Nation<Real>::run(const fast::Kernels<Real>& kernels, const Effort& effort) const {
  PerThread<Work> rooms;
  std::vector<CheckSum> sums(draws_.lines());
  for_each_part(sums.size(), effort.threads,
                [&](std::size_t line) { sums[line] = run_line(kernels, line, rooms.local()); });
  return total(sums);
}

template class OneProjection<double>;
template class OneProjection<float>;
template struct DrawTables<double>;
template struct DrawTables<float>;
template class Ensemble<double>;
template class Ensemble<float>;
template class Nation<double>;
template class Nation<float>;

}  // namespace kohort::measure
