// The list formats that are known, and which one a file is, told by its content.
#ifndef TIDEWAITER_LISTS_REGISTRY_H_
#define TIDEWAITER_LISTS_REGISTRY_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/list_file.h"

namespace tidewaiter::lists {

// Files that make up one list.
struct FileGroup {
  std::string format;  // "ofac_csv", ...: stored in snapshots, so names are never changed
  std::vector<SourceFile> files;
};

// What the user says of files that do not say it themselves.
struct ArrangeOptions {
  std::string list;  // name of the list that a FollowTheMoney file is; empty: "ftm"
  std::optional<SourceFile> mapping;  // then every file is a CSV of the user's own
};

// Recognises each file and puts together those that belong together. Fails on a file that is empty
// or of no known format, with what it begins with.
Result<std::vector<FileGroup>> Arrange(std::vector<SourceFile> files,
                                       const ArrangeOptions& options = {});

Result<ParsedList> Parse(const FileGroup& group);

// The same with each party handed over as it is read, where the format allows it, so that not all
// are in memory at once; `parties` of the result stays empty. An error may come after some.
using PartySink = std::function<void(const ListedParty&)>;
Result<ParsedList> Parse(const FileGroup& group, const PartySink& sink);

std::string KnownFormats();  // for messages

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_REGISTRY_H_
