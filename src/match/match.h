// A query party against the watchlist: explained hits above a threshold.
//
// Search() is lossless: it returns exactly what scoring every record would return
// (SearchExhaustive, the slow reference, shares no retrieval with it). A Matcher is immutable; any
// number of threads may search. The score is a probability from a versioned profile; 1.0 is
// reserved for identifiers that agree.
#ifndef TIDEWAITER_MATCH_MATCH_H_
#define TIDEWAITER_MATCH_MATCH_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/result.h"
#include "match/profile.h"
#include "model/decision.h"
#include "model/party.h"
#include "watchlist/packed.h"
#include "watchlist/watchlist.h"

namespace tidewaiter::match {

// Who is asked about. More than one name: all are of the same party.
struct Query {
  std::vector<std::string> names;
  PartyKind kind = PartyKind::kUnknown;
  std::vector<std::string> countries;  // ISO codes
  std::optional<PartialDate> birth_date;
  std::vector<PartialDate> birth_dates;  // further ones: some sources give several
  std::string gender;
  std::vector<Identifier> identifiers;
  std::vector<std::string> addresses;
  // As if it had the address and the country of whoever it is compared with: where nobody is found,
  // nobody would be with any of them. `addresses` and `countries` are not looked at then.
  bool any_place = false;
};

struct Options {
  std::optional<double>
      threshold;      // absent: the profile's default; 0: every record with anything in common
  uint32_t top = 10;  // 0: all
  std::optional<Date> as_of;  // absent: the newest state of every list
  bool by_list = false;       // instead: of each list its day in as_of_lists, of others nothing
  std::map<std::string, Date> as_of_lists;
  bool all_history = false;        // instead: records of every day; Hit::on_list says which days
  std::vector<std::string> lists;  // empty: all
  bool exhaustive = false;         // the slow reference
  std::optional<WeakAliases> weak_aliases;  // absent: the profile's
  bool name_groups = true;                  // use the table of spelling equivalences
  bool explain = false;                     // fill Hit::explanation
};

class Matcher {
 public:
  // `resources` is the folder that holds the profile (profiles/). Keeps the watchlist alive.
  static Result<std::unique_ptr<const Matcher>> Create(
      std::shared_ptr<const watchlist::Watchlist> watchlist, const std::string& resources);
  virtual ~Matcher() = default;

  // Best first; equal scores in the order of list, id. One hit a listed party.
  virtual Result<std::vector<Hit>> Search(const Query& query, const Options& options) const = 0;
  // False: no listed party has one of these, so none of them speaks for anybody.
  virtual bool MayShareIdentifier(const std::vector<Identifier>& identifiers) const = 0;
  virtual const std::string& profile() const = 0;  // "NAME@HASH"
  virtual double default_threshold() const = 0;

  // For measurement: listed names compared exactly since Create, by all searches, and listed names
  // in all.
  virtual uint64_t names_compared() const = 0;
  virtual uint64_t name_count() const = 0;
};

// A name as Search() sees it: names of equal keys find the same parties with the same scores. For
// who has many names to ask for; not readable.
std::string KeyOfName(std::string_view name, PartyKind kind, bool name_groups);

// Scores two parties without any list. `resources` as above.
class PairScorer {
 public:
  static Result<std::unique_ptr<const PairScorer>> Create(const std::string& resources,
                                                          bool name_groups);
  virtual ~PairScorer() = default;
  virtual double Score(const Query& left, const Query& right) const = 0;
};

// The index section for a watchlist file of these records; the section's name is kIndexSection.
inline constexpr const char* kIndexSection = "match-index";
inline constexpr const char* kChangesIndexSection = "changes:match-index";  // of what came since
Result<watchlist::Section> BuildIndex(const std::vector<watchlist::Record>& records,
                                      const std::string& resources);
Result<watchlist::Section> BuildIndex(const watchlist::PackedRecords& records,
                                      const std::string& resources);

}  // namespace tidewaiter::match

#endif  // TIDEWAITER_MATCH_MATCH_H_
