#include "engine/exchange/workbook.hpp"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "engine/base/error.hpp"
#include "engine/store/target.hpp"

namespace kohort::exchange {
namespace {

namespace fs = std::filesystem;

/// Rows below the headings.
constexpr std::size_t most_rows = LXW_ROW_MAX - 1;

lxw_workbook* open(const fs::path& temporary, std::string& folder) {
  folder = temporary.parent_path().empty() ? "." : temporary.parent_path().string();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  return workbook_new_opt(temporary.c_str(), &options);
}

}  // namespace

struct Workbook::Impl {
  explicit Impl(const fs::path& file)
      : final_name(store::file_target(file, {".xlsx"})),
        temporary(final_name),
        book(open(temporary.name(), folder)) {}

  void require(lxw_error status) const {
    if (status == LXW_NO_ERROR) return;
    throw Error(Fault::storage,
                Mistake{{final_name.string(), 0, 0},
                        fmt::format("writing the workbook failed: {}", lxw_strerror(status)),
                        "check the free space and the rights; a text holds 32767 letters at most"});
  }

  lxw_format* number_format(const char* text) const {
    lxw_format* format = workbook_add_format(book);
    format_set_num_format(format, text);
    return format;
  }

  fs::path final_name;
  store::TemporaryFile temporary;
  std::string folder;  ///< for what the library keeps on disk
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format* bold = nullptr;
  std::vector<lxw_format*> shown;  ///< by Shown
  std::string name;
  std::vector<std::string> headings;
  std::vector<double> widths;
  int part = 0;  ///< of the sheet
  std::size_t row = 0;
  lxw_col_t column = 0;
};

Workbook::Workbook(const fs::path& file) : impl_(std::make_unique<Impl>(file)) {
  if (impl_->book == nullptr) impl_->require(LXW_ERROR_MEMORY_MALLOC_FAILED);
  lxw_doc_properties properties{};
  properties.created = 1;  // else the time of writing, and no two files would be alike
  impl_->require(workbook_set_properties(impl_->book, &properties));
  impl_->bold = workbook_add_format(impl_->book);
  format_set_bold(impl_->bold);
  for (const char* text : {"#,##0", "#,##0.00", "#,##0.000"}) {
    impl_->shown.push_back(impl_->number_format(text));
  }
}

Workbook::~Workbook() {
  if (impl_->book != nullptr) lxw_workbook_free(impl_->book);
}

void Workbook::begin_sheet(const std::string& name, const std::vector<std::string>& headings,
                           const std::vector<double>& widths) {
  end_sheet();
  impl_->name = name;
  impl_->headings = headings;
  impl_->widths = widths;
  impl_->part = 0;
  open_sheet();
}

void Workbook::open_sheet() {
  const std::string name =
      ++impl_->part == 1 ? impl_->name : fmt::format("{} {}", impl_->name, impl_->part);
  impl_->sheet = workbook_add_worksheet(impl_->book, name.c_str());
  if (impl_->sheet == nullptr) impl_->require(LXW_ERROR_MEMORY_MALLOC_FAILED);
  for (std::size_t at = 0; at < impl_->headings.size(); ++at) {
    const auto column = static_cast<lxw_col_t>(at);
    const double width = at < impl_->widths.size() ? impl_->widths[at] : LXW_DEF_COL_WIDTH;
    impl_->require(worksheet_set_column(impl_->sheet, column, column, width, nullptr));
    impl_->require(
        worksheet_write_string(impl_->sheet, 0, column, impl_->headings[at].c_str(), impl_->bold));
  }
  worksheet_freeze_panes(impl_->sheet, 1, 0);
  impl_->row = 0;
}

void Workbook::end_sheet() {
  if (impl_->sheet == nullptr || impl_->row == 0) return;
  impl_->require(worksheet_autofilter(impl_->sheet, 0, 0, static_cast<lxw_row_t>(impl_->row),
                                      static_cast<lxw_col_t>(impl_->headings.size() - 1)));
}

void Workbook::begin_row() {
  if (impl_->row == most_rows) {
    end_sheet();
    open_sheet();
  }
  ++impl_->row;
  impl_->column = 0;
}

void Workbook::add(const std::string& text) {
  if (text.empty()) return skip();
  impl_->require(worksheet_write_string(impl_->sheet, static_cast<lxw_row_t>(impl_->row),
                                        impl_->column++, text.c_str(), nullptr));
}

void Workbook::add(double number, Shown shown) {
  impl_->require(worksheet_write_number(impl_->sheet, static_cast<lxw_row_t>(impl_->row),
                                        impl_->column++, number,
                                        impl_->shown[static_cast<std::size_t>(shown)]));
}

void Workbook::skip() { ++impl_->column; }

void Workbook::finish() {
  end_sheet();
  lxw_workbook* book = impl_->book;
  impl_->book = nullptr;  // closing frees it, whatever comes of that
  impl_->require(workbook_close(book));
  impl_->temporary.move_to(impl_->final_name);
}

}  // namespace kohort::exchange
