// What a hit on a list means: read from reference/lists.yaml, so that a new list is a line of data.
#ifndef TIDEWAITER_SCREEN_LIST_POLICY_H_
#define TIDEWAITER_SCREEN_LIST_POLICY_H_

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/decision.h"
#include "model/order.h"

namespace tidewaiter::screen {

enum class ListEffect : uint8_t { kReview, kLicense, kProhibit };

struct ListPolicy {
  std::string list, title, publisher, authority;
  std::string part_of;  // the list that holds this one whole; empty: none
  bool official =
      false;  // published by an authority; drone_trade ships with the program and is not
  bool forbids_dealing = false;
  bool binds_everyone = false;
  std::vector<std::string> urls;   // where the publisher has its files
  std::vector<std::string> binds;  // countries whose exporters it binds
  ListEffect effect = ListEffect::kReview;
};

class ListPolicies {
 public:
  static Result<ListPolicies> Load(const std::string& resources);
  const ListPolicy* Find(std::string_view list) const;
  const std::vector<ListPolicy>& all() const { return all_; }

  // What `hit` (with what a person said of the pair) on a party of `role` makes of a transaction of
  // an exporter in `exporter_country`.
  Outcome OutcomeOf(const Hit& hit, Role role, std::string_view exporter_country,
                    const std::vector<License>& licenses) const;

 private:
  std::vector<ListPolicy> all_;
};

}  // namespace tidewaiter::screen

#endif  // TIDEWAITER_SCREEN_LIST_POLICY_H_
