// Any bytes as the header of a table: every column gets one use, a name says the same in small
// letters, and the mapping that is written down is a layout again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/file.h"
#include "ledger/layout.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter::ledger;
  static const auto layouts = Layouts::Load(*tidewaiter::ResourceFolder());
  if (!layouts) std::abort();
  std::vector<std::string> header(1);
  for (size_t i = 0; i < size; ++i) {
    if (data[i] == '|')
      header.emplace_back();
    else
      header.back() += static_cast<char>(data[i]);
  }
  const Mapping mapping = layouts->Recognise(header);
  if (mapping.columns.size() != header.size()) std::abort();
  for (const std::string& name : header) {
    if (NormaliseHeader(NormaliseHeader(name)) != NormaliseHeader(name)) std::abort();
    std::string joined;
    for (const std::string& token : HeaderTokens(name)) joined += token;
    if (joined != NormaliseHeader(name)) std::abort();
  }
  if (mapping.ToYaml().empty()) std::abort();
  return 0;
}
