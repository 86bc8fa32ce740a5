#include "engine/batch/gather.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "engine/base/digest.hpp"
#include "engine/base/interrupted.hpp"
#include "engine/base/path.hpp"
#include "engine/store/reader.hpp"
#include "engine/store/writer.hpp"

namespace kohort {
namespace {

using store::Attributes;
using store::Dataset;
using store::Labels;
using store::Reader;

std::string text_of(const Attributes& attributes, const std::string& name) {
  for (const auto& [key, value] : attributes) {
    if (key == name) return std::get<std::string>(value);
  }
  return "";
}

/// The results, of which not all are open at once: a process may have only so many files.
class OpenParts {
 public:
  explicit OpenParts(std::span<const GatheredMember> members)
      : members_(members), readers_(members.size()) {}

  const Reader& operator[](std::size_t member) {
    constexpr std::size_t most_open = 200;
    std::optional<Reader>& reader = readers_[member];
    if (reader) return *reader;
    if (open_ == most_open) {
      for (std::optional<Reader>& other : readers_) other.reset();
      open_ = 0;
    }
    ++open_;
    return reader.emplace(members_[member].part);
  }

 private:
  std::span<const GatheredMember> members_;
  std::vector<std::optional<Reader>> readers_;
  std::size_t open_ = 0;
};

/// A dataset as one of the results has it.
struct Shape {
  Dataset dataset;
  std::vector<std::size_t> lengths;
  bool single = false;

  std::string unit() const { return text_of(dataset.attributes, "units"); }
  bool along_one_scale() const { return dataset.path.find('/') == std::string::npos; }
};

/// What a result holds, without its figures.
struct Content {
  std::vector<std::string> scales;
  std::map<std::string, Labels> labels;  ///< of scales, and of texts and numbers along them
  std::vector<std::string> datasets;
  std::map<std::string, Shape> shapes;
};

Content content_of(const Reader& reader) {
  Content content;
  content.scales = reader.scales();
  for (const std::string& scale : content.scales) {
    content.labels.emplace(scale, reader.labels(scale));
  }
  content.datasets = reader.datasets();
  for (const std::string& path : content.datasets) {
    Shape shape{reader.describe(path), reader.lengths(path), reader.single(path)};
    if (shape.along_one_scale()) content.labels.emplace(path, reader.labels(path));
    content.shapes.emplace(path, std::move(shape));
  }
  return content;
}

/// A dataset of the final file: whose shape it has, and who has figures of that shape.
struct Stacked {
  Shape shape;
  std::vector<bool> there;
};

class Gatherer {
 public:
  explicit Gatherer(const Gathering& gathering)
      : gathering_(gathering), members_(gathering.members), parts_(members_) {
    for (std::size_t at = 0; at < members_.size(); ++at) {
      contents_.emplace_back();
      if (members_[at].part.empty()) continue;
      contents_.back() = content_of(parts_[at]);
      order_.push_back(at);
    }
    // The base says how things are shaped, if it is there.
    std::stable_partition(order_.begin(), order_.end(),
                          [&](std::size_t at) { return at == gathering.plan.base; });
  }

  void write(const std::filesystem::path& file, const std::stop_token& stop) {
    store::Writer writer(file);
    add_attributes(writer);
    add_scenarios(writer);
    add_scales(writer);
    for (const Stacked& stacked : stack()) {
      stop_if_asked(stop);
      add(writer, stacked);
    }
    stop_if_asked(stop);
    writer.finish();
  }

 private:
  void add_attributes(store::Writer& writer) {
    const BatchPlan& plan = gathering_.plan;
    const Reader& first = parts_[order_.front()];
    writer.add_attribute({"Conventions", std::string("CF-1.8")});
    writer.add_attribute({"title", plan.title});
    writer.add_attribute({"kohort_format", store::current_format});
    writer.add_attribute({"kohort_batch", std::int64_t{1}});
    for (const char* name : {"program_version", "git_commit", "compiler_flags"}) {
      writer.add_attribute({name, first.text(name).value_or("")});
    }
    writer.add_attribute({"plan", plan.resolved});
    writer.add_attribute({"plan_sha256", sha256(plan.resolved)});
    writer.add_attribute({"batch_key", gathering_.key});
    writer.add_attribute({"base", plan.members[plan.base].name});
    writer.add_attribute({"inputs", inputs()});
    for (const char* name : {"seed", "draws", "first_draw"}) {
      writer.add_attribute({name, first.number(name).value_or(0)});
    }
  }

  /// The tables that any of them has read, each once.
  std::string inputs() {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    std::set<std::string> seen;
    for (const std::size_t member : order_) {
      const std::string text = parts_[member].text("inputs").value_or("[]");
      for (const auto& input : nlohmann::ordered_json::parse(text)) {
        if (seen.insert(input.dump()).second) all.push_back(input);
      }
    }
    return all.dump();
  }

  void add_scenarios(store::Writer& writer) {
    const auto texts = [&](auto&& text) {
      std::vector<std::string> list;
      for (std::size_t at = 0; at < members_.size(); ++at) list.push_back(text(at));
      return list;
    };
    const auto add_texts = [&](const char* name, const char* meaning, auto&& text) {
      writer.add_labels({name, meaning, "", texts(text)}, "scenario");
    };
    const auto folder = std::filesystem::path(gathering_.plan.file).parent_path();
    writer.add_scale({"scenario", "name of the scenario", "",
                      texts([&](std::size_t at) { return members_[at].member->name; })});
    add_texts("scenario_status", "complete, or failed: then nothing is told of it",
              [&](std::size_t at) { return members_[at].part.empty() ? "failed" : "complete"; });
    add_texts("scenario_error", "why it failed",
              [&](std::size_t at) { return members_[at].error; });
    add_texts("scenario_file", "its file, as seen from the plan", [&](std::size_t at) {
      return seen_from(folder, members_[at].member->file.string());
    });
    add_texts("scenario_overrides", "what the plan changes in it, one key=value a line",
              [&](std::size_t at) {
                return fmt::format("{}", fmt::join(members_[at].member->overrides, "\n"));
              });
    add_texts("scenario_resolved", "the scenario as it was read, every value with its origin",
              [&](std::size_t at) { return members_[at].resolved; });
    add_texts("scenario_sha256", "SHA-256 of that", [&](std::size_t at) {
      return members_[at].resolved.empty() ? "" : sha256(members_[at].resolved);
    });
  }

  /// Scales, and texts and numbers along them, as the first that has them.
  void add_scales(store::Writer& writer) {
    std::set<std::string> done;
    for (const std::size_t member : order_) {
      for (const std::string& scale : contents_[member].scales) {
        if (!done.insert(scale).second) continue;
        scale_owner_[scale] = member;
        writer.add_scale(described(member, scale));
      }
    }
    for (const std::size_t member : order_) {
      for (const std::string& path : contents_[member].datasets) {
        const Shape& shape = contents_[member].shapes.at(path);
        if (!shape.along_one_scale() || !done.insert(path).second) continue;
        writer.add_labels(described(member, path), shape.dataset.axes.front());
      }
    }
  }

  store::Scale described(std::size_t member, const std::string& name) {
    const Attributes attributes = parts_[member].describe(name).attributes;
    return {name, text_of(attributes, "long_name"), text_of(attributes, "units"),
            contents_[member].labels.at(name)};
  }

  /// Whether a result has a scale as the final file does. Along those that not every projection
  /// has, such as that of goals, what is said of their positions must be the same, too.
  bool same_scale(std::size_t member, const std::string& scale) const {
    const std::size_t owner = scale_owner_.at(scale);
    if (contents_[member].labels.at(scale) != contents_[owner].labels.at(scale)) return false;
    if (scale != "goal" && scale != "threshold") return true;
    const auto along = [&](const Content& content) {
      std::map<std::string, Labels> found;
      for (const auto& [path, shape] : content.shapes) {
        if (shape.along_one_scale() && shape.dataset.axes.front() == scale) {
          found.emplace(path, content.labels.at(path));
        }
      }
      return found;
    };
    return along(contents_[member]) == along(contents_[owner]);
  }

  bool same_shape(std::size_t member, const Shape& shape) const {
    const auto found = contents_[member].shapes.find(shape.dataset.path);
    if (found == contents_[member].shapes.end()) return false;
    const Shape& own = found->second;
    return own.dataset.axes == shape.dataset.axes && own.lengths == shape.lengths &&
           own.dataset.cut == shape.dataset.cut && own.single == shape.single &&
           own.unit() == shape.unit() &&
           std::all_of(own.dataset.axes.begin(), own.dataset.axes.end(),
                       [&](const std::string& scale) { return same_scale(member, scale); });
  }

  std::vector<Stacked> stack() const {
    std::vector<Stacked> all;
    std::set<std::string> done;
    for (const std::size_t owner : order_) {
      for (const std::string& path : contents_[owner].datasets) {
        const Shape& shape = contents_[owner].shapes.at(path);
        if (shape.along_one_scale() || !done.insert(path).second) continue;
        // One that stands along another scale than the file's cannot stand there.
        if (!same_shape(owner, shape)) {
          done.erase(path);
          continue;
        }
        all.push_back({shape, std::vector<bool>(members_.size())});
        for (const std::size_t member : order_) {
          all.back().there[member] = same_shape(member, shape);
        }
      }
    }
    return all;
  }

  /// The attributes of a dataset, with the weakest basis of all, and who has no figures.
  Attributes attributes_of(const Stacked& stacked) const {
    constexpr std::array<const char*, 3> bases{"observed", "estimated", "assumed"};
    Attributes attributes = stacked.shape.dataset.attributes;
    std::vector<std::string> missing;
    std::size_t weakest = 0;
    for (std::size_t member = 0; member < members_.size(); ++member) {
      if (!stacked.there[member]) {
        missing.push_back(members_[member].member->name);
        continue;
      }
      const Shape& own = contents_[member].shapes.at(stacked.shape.dataset.path);
      const auto basis =
          std::find(bases.begin(), bases.end(), text_of(own.dataset.attributes, "basis"));
      if (basis != bases.end()) {
        weakest = std::max(weakest, static_cast<std::size_t>(basis - bases.begin()));
      }
    }
    for (auto& [name, value] : attributes) {
      if (name == "basis") value = std::string(bases[weakest]);
    }
    if (!missing.empty()) attributes.emplace_back("missing_in", nlohmann::json(missing).dump());
    return attributes;
  }

  void add(store::Writer& writer, const Stacked& stacked) {
    Dataset dataset = stacked.shape.dataset;
    dataset.attributes = attributes_of(stacked);
    dataset.axes.insert(dataset.axes.begin(), "scenario");
    writer.add_stacked(dataset, stacked.shape.single, [&](std::size_t member) {
      return stacked.there[member] ? &parts_[member] : nullptr;
    });
  }

  const Gathering& gathering_;
  std::span<const GatheredMember> members_;
  OpenParts parts_;
  std::vector<Content> contents_;
  std::vector<std::size_t> order_;  ///< of those that have a result, the base first
  std::map<std::string, std::size_t> scale_owner_;
};

}  // namespace

void gather(const Gathering& gathering, const std::filesystem::path& file,
            const std::stop_token& stop) {
  Gatherer(gathering).write(file, stop);
}

}  // namespace kohort
