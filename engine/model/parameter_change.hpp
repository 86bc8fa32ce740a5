// Interventions on parameters of the catalogue: their numbers and tables are changed as they are
// read, before a model sees them.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/input/figure_change.hpp"
#include "engine/model/effect.hpp"
#include "engine/model/intervention.hpp"
#include "engine/model/source.hpp"
#include "engine/scenario/catalogue.hpp"
#include "engine/scenario/settings.hpp"

namespace kohort {

/// An intervention on a parameter.
struct ParameterChange {
  Settings block;
  Effect effect;
  std::vector<std::string> of;  ///< names of blocks or labels; none: all
  const Parameter* list;        ///< of whose blocks it is a field; null where of none
  const Parameter* parameter;   ///< a number, numbers, or a table
  // Whether it is about some of them alone.
  bool areas;
  bool sexes;
  bool ages;
  bool years;
  /// How early areas take part (`Readiness`), by area, where that is drawn; empty: as expected.
  std::vector<double> readiness{};
  mutable bool has_something = false;  ///< whether there was a figure for it to change

  Mistake about(const Parameter& field, std::string what, std::string remedy) const {
    return block.mistake(field, std::move(what), std::move(remedy));
  }
  /// A mistake about by how much.
  Mistake about_size(std::string what, std::string remedy) const;
  /// The field by which it wants areas told apart.
  const Parameter& areas_field() const;
};

using SharedChanges = std::vector<std::shared_ptr<const ParameterChange>>;

/// All interventions on one table.
class TableChange final : public FigureChange {
 public:
  /// `any_figure`: whether shifts add to figures of 0 too, which else stay.
  TableChange(std::shared_ptr<const Frame> frame, SharedChanges changes, bool any_figure)
      : frame_(std::move(frame)), changes_(std::move(changes)), any_figure_(any_figure) {}

  /// Figures of all years get their own for each of them where an intervention is about some years;
  /// along other axes it can be about some positions only where the figures tell them apart.
  void apply(const Parameter& parameter, std::span<const WantedAxis> axes,
             DenseFigures& figures) const override;

  /// Whether the table has been read.
  bool read() const { return read_; }

 private:
  std::shared_ptr<const Frame> frame_;
  SharedChanges changes_;
  bool any_figure_;
  mutable bool read_ = false;
};

/// All interventions of a scenario on parameters.
class ParameterChanges {
 public:
  /// `models`: those that interventions can be on by the terms of the models. Throws `Error`
  /// (Fault::scenario) where one is on nothing that there is, or on what they do not reach.
  ParameterChanges(const Source& source, const Catalogue& catalogue,
                   const std::vector<Reach>& models);

  /// Lets the changed numbers hold in place of those of the scenario, and has its tables changed
  /// when they are read. Throws `Error` (Fault::scenario) where a number cannot be changed so.
  void enter(Settings& settings);

  /// Whether draws can differ in them.
  bool any_random() const;

  /// The same as the draws of one variant of the model have them (`VariantModel`): of each a value
  /// from the evenly spread ones of its name, and areas that take it up early or late. Nothing of
  /// it has been entered.
  ParameterChanges in_variant(std::size_t variant, std::uint64_t seed) const;

  /// What draws can differ in, for messages, such as "'training' at 1.94".
  std::string random_words() const;

  /// Throws `Error` (Fault::scenario) for those that have changed nothing, once all is read: on
  /// what nothing in the scenario reads, or where all is 0.
  void require_something() const;

 private:
  class Targets;
  class Changer;
  /// A value that a parameter has, in a block or outside, with what changes it.
  struct Entered {
    SharedChanges changes;
    std::shared_ptr<const ChangedValue> value;
    std::shared_ptr<const TableChange> table;  ///< null where it is no table

    bool read() const { return table ? table->read() : value->read; }
  };

  SharedChanges on(const Parameter& parameter) const;
  void require_blocks(const Settings& settings, Mistakes& mistakes) const;
  std::shared_ptr<const ChangedValue> changed_blocks(const Settings& settings,
                                                     const Parameter& list, Changer& changer);

  std::shared_ptr<const Frame> frame_;
  SharedChanges changes_;
  std::vector<Entered> entered_;
};

}  // namespace kohort
