// Claims and replies: who said what, in which medium, when, quoting whom, about which goods and
// countries, how good the source is and, apart from that, how credible the thing said, and what was
// answered. A claim is never a fact of this program: figures are shown beside it.
#ifndef TIDEWAITER_EVIDENCE_CLAIMS_H_
#define TIDEWAITER_EVIDENCE_CLAIMS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/result.h"

namespace tidewaiter::evidence {

// One link of a chain of quoting; the first is the one that was read.
struct Speaker {
  std::string who, medium;
  std::optional<Date> date;
};

struct Answer {
  std::string who, stance, says;  // stance: denies, limits, supports, unaware, explains
  std::optional<Date> date;
  std::string dispute;  // identity, role, brand, quantity; empty: disputes no rows
};

struct About {
  std::vector<std::string> brands, models, parties, countries, goods;
  std::optional<Date> from, to;
};

struct Claim {
  std::string id, says, kind, note;
  std::vector<Speaker> chain, supports;
  About about;
  Json figure;             // null, or numbers with their bound
  char reliability = 'F';  // A to F, of the source
  int credibility = 6;     // 1 to 6, of what is said
  bool disputed = false;   // the thing itself is in dispute: totals with and without
  std::vector<Answer> answers;
  std::vector<std::string> sources;
};

struct Event {
  Date date;
  std::string who, what, claim;
  std::vector<std::string> countries;
};

struct ClaimsFile {
  std::string title;
  std::vector<Claim> claims;
  std::vector<Event> timeline;  // in order of days

  const Claim* Find(std::string_view id) const;
};

// Fails with file, line and field on an unknown key, a missing or repeated id, a value that is none
// of those above, an event that names a claim that is not there.
Result<ClaimsFile> ParseClaims(std::string_view text, const std::string& file);
Result<ClaimsFile> ReadClaims(const std::string& path);

// What is no error and ought to be better: a claim without an answer or a source, a quantity
// without a figure, a credibility of 1 with one source only. One sentence each.
std::vector<std::string> LintClaims(const ClaimsFile& file);

Json ToJson(const Claim& claim);

}  // namespace tidewaiter::evidence

#endif  // TIDEWAITER_EVIDENCE_CLAIMS_H_
