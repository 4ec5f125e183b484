// OFAC's delimited files: sdn.csv, alt.csv, add.csv and sdn_comments.csv, and the same four of the
// consolidated (non-SDN) list. No header; "-0-" is null; the last line is a lone Ctrl-Z. Columns as
// OFAC's data specification names them:
//   sdn       ent_num, name, type, programs, title, call sign, vessel type, tonnage, GRT, flag,
//   owner, remarks alt       ent_num, alt_num, alias type, alias, remarks add       ent_num,
//   add_num, address, city/state/postal code, country, remarks comments  ent_num, remarks (the
//   overflow of long remarks)
#ifndef TIDEWAITER_LISTS_OFAC_CSV_READER_H_
#define TIDEWAITER_LISTS_OFAC_CSV_READER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::ofac_csv {

struct MainRow {
  uint64_t line = 0;
  uint64_t id = 0;
  std::string name, type, programs, title, call_sign, vessel_type, tonnage, gross_tonnage, flag,
      owner, remarks;
};

struct AliasRow {
  uint64_t line = 0;
  uint64_t id = 0;
  std::string type, name, remarks;
};

struct AddressRow {
  uint64_t line = 0;
  uint64_t id = 0;
  std::string address, city, country, remarks;
  bool empty() const { return address.empty() && city.empty() && country.empty(); }
};

struct CommentRow {
  uint64_t line = 0;
  uint64_t id = 0;
  std::string remarks;
};

// "main", "alt", "add" or "comments" when the bytes begin like that file, else "".
std::string_view Part(std::string_view bytes);

Result<std::vector<MainRow>> ReadMain(const SourceFile& file);
Result<std::vector<AliasRow>> ReadAliases(const SourceFile& file);
Result<std::vector<AddressRow>> ReadAddresses(const SourceFile& file);
Result<std::vector<CommentRow>> ReadComments(const SourceFile& file);

}  // namespace tidewaiter::lists::ofac_csv

#endif  // TIDEWAITER_LISTS_OFAC_CSV_READER_H_
