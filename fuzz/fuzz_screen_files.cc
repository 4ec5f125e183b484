// Any bytes as a file that screening reads beside the lists, chosen by the first letter: relations
// (r), words about pairs (p), journal (j), state of a re-screening (s). An answer or an error with
// a message, never a crash.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/file.h"
#include "screen/journal.h"
#include "screen/ownership.h"
#include "screen/pairs.h"
#include "screen/rescreen.h"

namespace {

const std::string& Folder() {
  static const std::string folder = [] {
    char name[] = "/tmp/tidewaiter-fuzz-XXXXXX";
    if (mkdtemp(name) == nullptr) std::abort();
    return std::string(name);
  }();
  return folder;
}

template <typename T>
void Hold(const T& result) {
  if (!result && result.error().message.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tidewaiter;
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string folder = Folder();
  const auto write = [&](const char* name) {
    (void)WriteAtomically(JoinPath(folder, name), bytes);
    return JoinPath(folder, name);
  };
  switch (data[0]) {
    case 'r': {
      const auto graph = screen::OwnershipGraph::Read(write("relations"));
      Hold(graph);
      if (graph) (void)screen::OwnersAbove(*graph, "a", *ParseIsoDate("2024-01-01"));
      break;
    }
    case 'p':
      write("pairs.jsonl");
      Hold(screen::Pairs::Load(folder));
      break;
    case 'j':
      write("journal.jsonl");
      Hold(screen::ReadJournal(folder, {}, nullptr));
      break;
    default:
      Hold(screen::ReadState(write("state.json")));
  }
  return 0;
}
