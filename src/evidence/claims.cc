#include "evidence/claims.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "base/file.h"
#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter::evidence {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {
    "quantity", "route", "ownership", "conduct", "statement", "availability", "other"};
constexpr std::array<std::string_view, 5> kStances = {"denies", "limits", "supports", "unaware",
                                                      "explains"};
constexpr std::array<std::string_view, 4> kDisputes = {"identity", "role", "brand", "quantity"};
constexpr std::array<std::string_view, 3> kBounds = {"at_least", "about", "at_most"};

std::string Join(std::span<const std::string_view> words) {
  std::string out;
  for (const auto word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

Result<std::string> Required(const YamlNode& node, std::string_view key) {
  TW_ASSIGN_OR_RETURN(std::string text, TextOr(node, key));
  if (text.empty()) return node.Problem("missing", std::string(key));
  return text;
}

Result<std::string> OneOf(const YamlNode& node, std::string_view key,
                          std::span<const std::string_view> known, bool required = true) {
  TW_ASSIGN_OR_RETURN(std::string text, TextOr(node, key));
  if (text.empty() && !required) return text;
  if (std::find(known.begin(), known.end(), text) == known.end())
    return node.Problem("'" + text + "' is none of " + Join(known), std::string(key));
  return text;
}

Result<std::optional<Date>> DayIfAny(const YamlNode& node, std::string_view key) {
  const YamlNode* found = node.Find(key);
  if (found == nullptr || found->is_null()) return std::optional<Date>();
  TW_ASSIGN_OR_RETURN(const Date day, found->Day());
  return std::optional<Date>(day);
}

Result<Speaker> ReadSpeaker(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"who", "medium", "date"}));
  Speaker speaker;
  TW_ASSIGN_OR_RETURN(speaker.who, Required(node, "who"));
  TW_ASSIGN_OR_RETURN(speaker.medium, Required(node, "medium"));
  TW_ASSIGN_OR_RETURN(speaker.date, DayIfAny(node, "date"));
  return speaker;
}

Result<Answer> ReadAnswer(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"who", "date", "stance", "says", "dispute"}));
  Answer answer;
  TW_ASSIGN_OR_RETURN(answer.who, Required(node, "who"));
  TW_ASSIGN_OR_RETURN(answer.says, Required(node, "says"));
  TW_ASSIGN_OR_RETURN(answer.stance, OneOf(node, "stance", kStances));
  TW_ASSIGN_OR_RETURN(answer.dispute, OneOf(node, "dispute", kDisputes, false));
  TW_ASSIGN_OR_RETURN(answer.date, DayIfAny(node, "date"));
  return answer;
}

template <typename Item, typename Read>
Status ReadAll(const YamlNode& node, std::string_view key, std::vector<Item>& out,
               const Read& read) {
  const YamlNode* list = node.Find(key);
  if (list == nullptr || list->is_null()) return {};
  if (!list->is_sequence()) return list->Problem("must be a list", std::string(key));
  for (const YamlNode& item : list->items) {
    TW_ASSIGN_OR_RETURN(Item one, read(item));
    out.push_back(std::move(one));
  }
  return {};
}

Result<std::vector<std::string>> Countries(const YamlNode& node) {
  TW_ASSIGN_OR_RETURN(auto countries, TextsIfAny(node, "countries"));
  for (const auto& country : countries) {
    if (ParseCountry(country) != country)
      return node.Problem("'" + country + "' is no ISO code of a country", "countries");
  }
  return countries;
}

Result<About> ReadAbout(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"brands", "models", "parties", "countries", "goods", "from", "to"}));
  About about;
  TW_ASSIGN_OR_RETURN(about.brands, TextsIfAny(node, "brands"));
  TW_ASSIGN_OR_RETURN(about.models, TextsIfAny(node, "models"));
  TW_ASSIGN_OR_RETURN(about.parties, TextsIfAny(node, "parties"));
  TW_ASSIGN_OR_RETURN(about.goods, TextsIfAny(node, "goods"));
  TW_ASSIGN_OR_RETURN(about.countries, Countries(node));
  TW_ASSIGN_OR_RETURN(about.from, DayIfAny(node, "from"));
  TW_ASSIGN_OR_RETURN(about.to, DayIfAny(node, "to"));
  return about;
}

Result<Json> ReadFigure(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"usd", "exporters", "brands", "share", "ratio", "pieces", "bound"}));
  Json figure;
  TW_ASSIGN_OR_RETURN(const std::string bound, OneOf(node, "bound", kBounds));
  for (const auto& [key, value] : node.members) {
    if (key == "bound") continue;
    TW_ASSIGN_OR_RETURN(const double number, value.Number());
    figure.Set(key, number);
  }
  if (figure.is_null()) return node.Problem("a figure without a number", "figure");
  return figure.Set("bound", bound);
}

Status ReadGrades(const YamlNode& node, Claim& claim) {
  TW_ASSIGN_OR_RETURN(const std::string reliability, Required(node, "reliability"));
  TW_ASSIGN_OR_RETURN(const auto credibility, WholeIfAny(node, "credibility", 1, 6));
  if (reliability.size() != 1 || reliability[0] < 'A' || reliability[0] > 'F')
    return node.Problem("must be a letter from A to F", "reliability");
  if (!credibility) return node.Problem("missing", "credibility");
  claim.reliability = reliability[0];
  claim.credibility = static_cast<int>(*credibility);
  return {};
}

Result<Claim> ReadClaim(const YamlNode& node) {
  TW_RETURN_IF_ERROR(
      node.CheckKeys({"id", "says", "kind", "note", "chain", "supports", "about", "figure",
                      "reliability", "credibility", "disputed", "answers", "sources"}));
  Claim claim;
  TW_ASSIGN_OR_RETURN(claim.id, Required(node, "id"));
  TW_ASSIGN_OR_RETURN(claim.says, Required(node, "says"));
  TW_ASSIGN_OR_RETURN(claim.kind, OneOf(node, "kind", kKinds));
  TW_ASSIGN_OR_RETURN(claim.note, TextOr(node, "note"));
  TW_RETURN_IF_ERROR(ReadAll(node, "chain", claim.chain, ReadSpeaker));
  if (claim.chain.empty()) return node.Problem("nobody has said it", "chain");
  TW_RETURN_IF_ERROR(ReadAll(node, "supports", claim.supports, ReadSpeaker));
  TW_RETURN_IF_ERROR(ReadAll(node, "answers", claim.answers, ReadAnswer));
  if (const YamlNode* about = node.Find("about")) {
    TW_ASSIGN_OR_RETURN(claim.about, ReadAbout(*about));
  }
  if (const YamlNode* figure = node.Find("figure")) {
    TW_ASSIGN_OR_RETURN(claim.figure, ReadFigure(*figure));
  }
  if (const YamlNode* disputed = node.Find("disputed")) {
    TW_ASSIGN_OR_RETURN(claim.disputed, disputed->Boolean());
  }
  TW_ASSIGN_OR_RETURN(claim.sources, TextsIfAny(node, "sources"));
  TW_RETURN_IF_ERROR(ReadGrades(node, claim));
  return claim;
}

Result<Event> ReadEvent(const YamlNode& node) {
  TW_RETURN_IF_ERROR(node.CheckKeys({"date", "who", "what", "countries", "claim"}));
  Event event;
  TW_ASSIGN_OR_RETURN(const auto date, DayIfAny(node, "date"));
  if (!date) return node.Problem("missing", "date");
  event.date = *date;
  TW_ASSIGN_OR_RETURN(event.who, Required(node, "who"));
  TW_ASSIGN_OR_RETURN(event.what, Required(node, "what"));
  TW_ASSIGN_OR_RETURN(event.countries, Countries(node));
  TW_ASSIGN_OR_RETURN(event.claim, TextOr(node, "claim"));
  return event;
}

Status CheckReferences(const YamlNode& root, const ClaimsFile& file) {
  std::set<std::string_view> ids;
  for (const Claim& claim : file.claims) {
    if (!ids.insert(claim.id).second)
      return root.Problem("two claims have the id " + claim.id, "id");
  }
  for (const Event& event : file.timeline) {
    if (!event.claim.empty() && !ids.contains(event.claim))
      return root.Problem("the event of " + ToString(event.date) + " names the claim " +
                              event.claim + ", which is not here",
                          "timeline");
  }
  return {};
}

Json ToJson(const Speaker& speaker) {
  Json json;
  json.Set("who", speaker.who).Set("medium", speaker.medium);
  return json.Set("date", speaker.date ? Json(ToString(*speaker.date)) : Json());
}

Json ToJson(const Answer& answer) {
  Json json;
  json.Set("who", answer.who).Set("stance", answer.stance).Set("says", answer.says);
  json.Set("date", answer.date ? Json(ToString(*answer.date)) : Json());
  return json.Set("dispute", answer.dispute.empty() ? Json() : Json(answer.dispute));
}

}  // namespace

const Claim* ClaimsFile::Find(std::string_view id) const {
  for (const Claim& claim : claims) {
    if (claim.id == id) return &claim;
  }
  return nullptr;
}

Result<ClaimsFile> ParseClaims(std::string_view text, const std::string& name) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ParseYaml(text, name));
  TW_RETURN_IF_ERROR(root.CheckKeys({"title", "claims", "timeline"}));
  ClaimsFile file;
  TW_ASSIGN_OR_RETURN(file.title, TextOr(root, "title"));
  TW_RETURN_IF_ERROR(ReadAll(root, "claims", file.claims, ReadClaim));
  TW_RETURN_IF_ERROR(ReadAll(root, "timeline", file.timeline, ReadEvent));
  TW_RETURN_IF_ERROR(CheckReferences(root, file));
  std::stable_sort(file.timeline.begin(), file.timeline.end(),
                   [](const Event& a, const Event& b) { return a.date < b.date; });
  return file;
}

Result<ClaimsFile> ReadClaims(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
  return ParseClaims(text, path);
}

std::vector<std::string> LintClaims(const ClaimsFile& file) {
  std::vector<std::string> notes;
  for (const Claim& claim : file.claims) {
    const auto note = [&](const std::string& what) { notes.push_back(claim.id + ": " + what); };
    if (claim.sources.empty()) note("names no source");
    if (claim.answers.empty() && claim.note.empty())
      note("nobody's answer is here; say in `note` whether anybody was asked");
    if (claim.kind == "quantity" && claim.figure.is_null()) note("a quantity without a figure");
    if (claim.credibility == 1 && claim.sources.size() + claim.supports.size() < 2)
      note("credibility 1 means that others confirm it; they are not named");
    if (!claim.chain.front().date && (claim.chain.size() < 2 || !claim.chain[1].date))
      note("nobody in the chain has a date");
  }
  return notes;
}

Json ToJson(const Claim& claim) {
  Json chain = Json::Array{}, supports = Json::Array{}, answers = Json::Array{};
  for (const auto& speaker : claim.chain) chain.Add(ToJson(speaker));
  for (const auto& speaker : claim.supports) supports.Add(ToJson(speaker));
  for (const auto& answer : claim.answers) answers.Add(ToJson(answer));
  Json about;
  about.Set("brands", TextsToJson(claim.about.brands))
      .Set("models", TextsToJson(claim.about.models));
  about.Set("parties", TextsToJson(claim.about.parties))
      .Set("goods", TextsToJson(claim.about.goods));
  about.Set("countries", TextsToJson(claim.about.countries));
  about.Set("from", claim.about.from ? Json(ToString(*claim.about.from)) : Json());
  about.Set("to", claim.about.to ? Json(ToString(*claim.about.to)) : Json());
  Json json;
  json.Set("id", claim.id).Set("says", claim.says).Set("kind", claim.kind);
  json.Set("chain", std::move(chain)).Set("supports", std::move(supports));
  json.Set("about", std::move(about)).Set("figure", claim.figure);
  json.Set("reliability", std::string(1, claim.reliability)).Set("credibility", claim.credibility);
  json.Set("disputed", claim.disputed).Set("answers", std::move(answers));
  json.Set("note", claim.note.empty() ? Json() : Json(claim.note));
  return json.Set("sources", TextsToJson(claim.sources));
}

}  // namespace tidewaiter::evidence
