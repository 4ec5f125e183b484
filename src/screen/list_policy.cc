#include "screen/list_policy.h"

#include <algorithm>

#include "base/file.h"
#include "base/yaml.h"

namespace tidewaiter::screen {
namespace {

Result<ListEffect> ParseEffect(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(const std::string text, node.Text());
  if (text == "review") return ListEffect::kReview;
  if (text == "license") return ListEffect::kLicense;
  if (text == "prohibit") return ListEffect::kProhibit;
  return node.Problem("expected prohibit, license or review", "effect");
}

Result<bool> Flag(const YamlNode& node, std::string_view key) {
  const YamlNode* member = node.Find(key);
  if (member == nullptr) return node.Problem("missing", std::string(key));
  return member->Boolean();
}

Result<ListPolicy> ReadPolicy(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"list", "title", "publisher", "official", "authority", "binds",
                                     "effect", "forbids_dealing", "part_of", "urls"}));
  ListPolicy policy;
  TW_ASSIGN_OR_RETURN(policy.list, TextOr(node, "list"));
  TW_ASSIGN_OR_RETURN(policy.title, TextOr(node, "title"));
  TW_ASSIGN_OR_RETURN(policy.publisher, TextOr(node, "publisher"));
  TW_ASSIGN_OR_RETURN(policy.authority, TextOr(node, "authority"));
  TW_ASSIGN_OR_RETURN(policy.part_of, TextOr(node, "part_of"));
  TW_ASSIGN_OR_RETURN(policy.official, Flag(node, "official"));
  TW_ASSIGN_OR_RETURN(policy.forbids_dealing, Flag(node, "forbids_dealing"));
  TW_ASSIGN_OR_RETURN(policy.binds, TextsIfAny(node, "binds"));
  TW_ASSIGN_OR_RETURN(policy.urls, TextsIfAny(node, "urls"));
  policy.binds_everyone =
      std::find(policy.binds.begin(), policy.binds.end(), "everyone") != policy.binds.end();
  const YamlNode* effect = node.Find("effect");
  if (effect == nullptr) return node.Problem("missing", "effect");
  TW_ASSIGN_OR_RETURN(policy.effect, ParseEffect(*effect));
  return policy;
}

bool Licensed(const ListPolicy& policy, const std::vector<License>& licenses) {
  return std::any_of(licenses.begin(), licenses.end(), [&](const License& license) {
    return !policy.authority.empty() && license.authority == policy.authority;
  });
}

}  // namespace

Result<ListPolicies> ListPolicies::Load(const std::string& resources) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(JoinPath(resources, "reference/lists.yaml")));
  TW_RETURN_IF_ERROR(root.CheckKeys({"lists"}));
  const YamlNode* lists = root.Find("lists");
  if (lists == nullptr || !lists->is_sequence()) return root.Problem("expected a list", "lists");
  ListPolicies policies;
  for (const auto& item : lists->items) {
    TW_ASSIGN_OR_RETURN(ListPolicy policy, ReadPolicy(item));
    policies.all_.push_back(std::move(policy));
  }
  return policies;
}

const ListPolicy* ListPolicies::Find(std::string_view list) const {
  for (const auto& policy : all_) {
    if (policy.list == list) return &policy;
  }
  return nullptr;
}

Outcome ListPolicies::OutcomeOf(const Hit& hit, Role role, std::string_view exporter_country,
                                const std::vector<License>& licenses) const {
  if (hit.pair == "different") return Outcome::kClear;
  const ListPolicy* policy = Find(hit.list);
  const bool forbids = policy != nullptr && policy->forbids_dealing;
  if (!IsRecipient(role) && !IsHandler(role) && !forbids) return Outcome::kClear;
  const bool is_the_party = hit.identifier_agrees || hit.pair == "same";
  if (policy == nullptr || !is_the_party || policy->effect == ListEffect::kReview) {
    return Outcome::kReview;
  }
  const bool bound = policy->binds_everyone || std::find(policy->binds.begin(), policy->binds.end(),
                                                         exporter_country) != policy->binds.end();
  if (!bound) return Outcome::kReview;
  if (policy->effect == ListEffect::kLicense && Licensed(*policy, licenses))
    return Outcome::kReview;
  return Outcome::kStop;
}

}  // namespace tidewaiter::screen
