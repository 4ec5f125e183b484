// A CSV of the user's own with a mapping that says which column is what (`lists import FILE --map
// mapping.yaml`). The mapping is kept beside the file in the snapshot, so that what was imported
// can be read again.
//
//   list: house_list            # lower-case letters, digits and _
//   date: 2024-05-01            # of the snapshot; may be absent
//   delimiter: ";"              # default ","
//   separator: "|"              # between values of one cell; default ";"
//   kind: organization          # of every row; or a column below
//   columns: {id: Nr, name: Firma, aliases: Auch, weak_aliases: X, kind: Typ, country: Land,
//             birth_date: Geboren, gender: X, address: Adresse, programs: Grund, listed_on: Seit,
//             ends_on: Bis, remarks: Notiz, title: X, citation: X, url: X, owners: X}
//   identifiers: {inn: INN, passport: Pass}      # kind of identifier: column
#ifndef TIDEWAITER_LISTS_PLAIN_CSV_MAPPER_H_
#define TIDEWAITER_LISTS_PLAIN_CSV_MAPPER_H_

#include <functional>
#include <span>
#include <string_view>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists::plain_csv {

// Never recognised by content: only a mapping makes a file one of these.
std::string_view Part(std::string_view bytes);
// Two files, of the parts "list" and "mapping".
Result<ParsedList> Parse(std::span<const SourceFile> files);
// Each party is handed over as it is read; the result has none.
Result<ParsedList> Parse(std::span<const SourceFile> files,
                         const std::function<void(const ListedParty&)>& sink);

// Whether a list may be called so: 2 to 40 lower-case letters, digits and _, a letter first.
bool IsListName(std::string_view name);

}  // namespace tidewaiter::lists::plain_csv

#endif  // TIDEWAITER_LISTS_PLAIN_CSV_MAPPER_H_
