#include "engine/exchange/headings.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace kohort::exchange {
namespace {

struct Entry {
  std::string_view key;
  std::string_view english;
  std::string_view swedish;
};

constexpr std::array axes = std::to_array<Entry>({
    {"year", "year", "år"},
    {"area", "region", "region"},
    {"area_name", "region name", "regionnamn"},
    {"group", "group", "grupp"},
    {"sex", "sex", "kön"},
    {"age", "age", "ålder"},
    {"care_state", "state of care", "omsorgsnivå"},
    {"service", "service", "insats"},
    {"payer", "payer", "betalare"},
    {"need", "need", "behov"},
    {"occupation", "occupation", "yrke"},
    {"task", "work", "uppgift"},
    {"quantile", "quantile", "kvantil"},
    {"layer", "source of spread", "spridningens källa"},
    {"contents", "contents", "tabellinnehåll"},
});

/// Those of the population are the contents of Statistics Sweden's table of population and
/// population changes, in its words.
constexpr std::array contents = std::to_array<Entry>({
    {"population/persons", "population", "folkmängd"},
    {"population/births", "live births", "levande födda"},
    {"population/deaths", "deaths", "döda"},
    {"population/domestic_in", "domestic in-migration", "inrikes inflyttningar"},
    {"population/domestic_out", "domestic out-migration", "inrikes utflyttningar"},
    {"population/immigration", "immigration", "invandringar"},
    {"population/emigration", "emigration", "utvandringar"},
    {"population/net_migration", "net migration", "flyttningsöverskott"},
    {"population/group_in", "changes into the group", "byten till gruppen"},
    {"population/group_out", "changes out of the group", "byten från gruppen"},
    {"care/persons", "persons by state of care", "personer efter omsorgsnivå"},
    {"care/users", "users of care", "brukare"},
    {"care/queue", "persons waiting for a place", "personer i kö"},
    {"care/volume", "volume of care", "omsorgsvolym"},
    {"care/unmet", "unmet volume of care", "ej tillgodosedd omsorgsvolym"},
    {"care/cost", "cost, SEK in fixed prices", "kostnad, kr i fasta priser"},
    {"care/cost_current", "cost, SEK in current prices", "kostnad, kr i löpande priser"},
    {"care/cost_paid", "cost by payer, SEK in fixed prices",
     "kostnad efter betalare, kr i fasta priser"},
    {"care/cost_paid_current", "cost by payer, SEK in current prices",
     "kostnad efter betalare, kr i löpande priser"},
    {"welfare/persons", "persons with a need of welfare", "personer med välfärdsbehov"},
    {"workforce/headcount", "staff", "personal"},
    {"workforce/supply_fte", "full-time posts filled", "årsarbetare, tillgång"},
    {"workforce/demand_fte", "full-time posts needed", "årsarbetare, behov"},
    {"workforce/demand_fte_region", "full-time posts needed by the region",
     "årsarbetare, regionens behov"},
    {"workforce/borrowed_fte", "full-time posts borrowed", "årsarbetare, inlånade"},
    {"workforce/gap_fte", "full-time posts missing", "årsarbetare, brist"},
    {"workforce/gap_fte_alone", "full-time posts missing without cooperation",
     "årsarbetare, brist utan samverkan"},
    {"workforce/retirements", "retirements", "pensionsavgångar"},
    {"workforce/exits", "other exits", "övriga avgångar"},
    {"workforce/entrants", "entrants", "nytillträdande"},
    {"workforce/changed_in", "changes into the occupation", "byten till yrket"},
    {"workforce/changed_out", "changes out of the occupation", "byten från yrket"},
    {"workforce/deaths", "deaths of staff", "avlidna bland personalen"},
    {"workforce/moved_in", "staff who move in", "inflyttad personal"},
    {"workforce/moved_out", "staff who move out", "utflyttad personal"},
    {"workforce/emigrated", "staff who emigrate", "utvandrad personal"},
    {"workforce/recruitment_need", "recruitment need", "rekryteringsbehov"},
    {"workforce/recruitment_growth", "recruitment as demand grows", "rekrytering för ökat behov"},
    {"workforce/recruitment_for_retirement", "recruitment for retirements",
     "rekrytering för pensionsavgångar"},
    {"workforce/recruitment_for_others", "recruitment for other exits",
     "rekrytering för övriga avgångar"},
    {"workforce/delivered", "share of the work that staff can do",
     "andel arbete som personalen hinner"},
    {"indicators/life_expectancy_female", "life expectancy at birth, women",
     "medellivslängd, kvinnor"},
    {"indicators/life_expectancy_male", "life expectancy at birth, men", "medellivslängd, män"},
    {"indicators/total_fertility_rate", "total fertility rate", "summerad fruktsamhet"},
    {"indicators/dependency_ratio", "dependency ratio", "försörjningskvot"},
    {"indicators/old_age_dependency_ratio", "old-age dependency ratio", "äldreförsörjningskvot"},
    {"indicators/share_of_children", "share of children", "andel barn"},
    {"indicators/share_of_old", "share of old people", "andel äldre"},
    {"indicators/mean_age", "mean age", "medelålder"},
});

constexpr std::array labels = std::to_array<Entry>({
    {"sex/female", "women", "kvinnor"},
    {"sex/male", "men", "män"},
    {"sex/both", "both sexes", "båda könen"},
    {"age/all", "all ages", "alla åldrar"},
    {"area/all", "all", "samtliga"},
    {"area/all_but_rest", "all but the rest of the country", "samtliga utom övriga landet"},
    {"area/rest", "rest of the country", "övriga landet"},
    {"payer/municipality", "municipality", "kommun"},
    {"payer/region", "region", "region"},
    {"payer/user", "user", "brukare"},
    {"layer/all", "all", "all"},
    {"layer/paths", "paths", "banor"},
    {"layer/events", "events", "händelser"},
});

constexpr std::array own_words = std::to_array<Entry>({
    {"About", "About", "Om filen"},
    {"Summary", "Summary", "Sammanfattning"},
    {"One-year", "One-year", "1-årsklasser"},
    {"Five-year", "Five-year", "5-årsklasser"},
    {"Own groups", "Own groups", "Egna grupper"},
    {"Ages", "Ages", "Åldrar"},
    {"unit", "unit", "enhet"},
    {"basis", "basis", "underlag"},
    {"category", "category", "kategori"},
    {"statistic", "statistic", "mått"},
    {"projection", "projection", "framskrivning"},
    {"mean", "mean", "medelvärde"},
    {"quantile", "quantile", "kvantil"},
    {"standard deviation", "standard deviation", "standardavvikelse"},
    {"total", "total", "totalt"},
    {"title", "title", "titel"},
    {"program", "program", "program"},
    {"rule on small counts", "rule on small counts", "regel för små tal"},
    {"none", "none", "ingen"},
    {"observed", "observed", "observerat"},
    {"estimated", "estimated", "skattat"},
    {"assumed", "assumed", "antaget"},
    {"1", "number", "antal"},
    {"seed", "seed", "frö"},
    {"draws", "draws", "dragningar"},
    {"scenario", "scenario (SHA-256)", "scenario (SHA-256)"},
    {"content", "content of the result (SHA-256)", "resultatets innehåll (SHA-256)"},
});

template <std::size_t size>
std::string find(const std::array<Entry, size>& entries, std::string_view key, Words words) {
  for (const Entry& entry : entries) {
    if (entry.key == key) {
      return std::string(words == Words::swedish ? entry.swedish : entry.english);
    }
  }
  return "";
}

}  // namespace

std::string axis_heading(const std::string& axis, Words words) {
  if (words == Words::own) return axis;
  const std::string found = find(axes, axis, words);
  return found.empty() ? axis : found;
}

std::string content_heading(const Content& content, Words words) {
  if (words == Words::own) return content.name;
  constexpr std::string_view summary = "summary/";
  std::string path = content.path;
  if (path.starts_with(summary)) path.erase(0, summary.size());
  std::string more;
  for (const auto& [ending, meaning] :
       {std::pair("_quantiles", "quantile"), std::pair("_sd", "standard deviation")}) {
    if (!path.ends_with(ending)) continue;
    path.erase(path.size() - std::string_view(ending).size());
    more = ", " + word(meaning, words);
  }
  const std::string found = find(contents, path, words);
  return found.empty() ? content.long_name : found + more;
}

std::string label_text(const TableAxis& axis, std::size_t at, Words words) {
  if (words == Words::own) return axis.names[at];
  const std::string found = find(labels, axis.name + "/" + axis.codes[at], words);
  return found.empty() ? axis.names[at] : found;
}

std::string word(const std::string& english, Words words) {
  const std::string found = find(own_words, english, words);
  return found.empty() ? english : found;
}

}  // namespace kohort::exchange
