#include "rules/rules.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "base/file.h"
#include "cli/session.h"
#include "goods/goods.h"
#include "goods/hs.h"
#include "model/country.h"
#include "rules/compare.h"
#include "rules/lint.h"
#include "rules/loader.h"
#include "rules/words.h"

namespace tidewaiter::cli {
namespace {

struct Arguments {
  std::vector<std::string> policies;
  std::string id, authority, on, model, hs, to, from, svg, out, pack, first, second, scenarios;
  int edition = 0;
};

struct Loaded {
  std::vector<rules::PackFile> files;
  std::unique_ptr<const rules::Program> program;
};

Result<Loaded> LoadPacks(const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  Loaded loaded;
  TW_ASSIGN_OR_RETURN(loaded.files, rules::ReadPackFiles(resources, arguments.policies));
  TW_ASSIGN_OR_RETURN(loaded.program, rules::LoadProgram(loaded.files, {}));
  return loaded;
}

Result<Date> DayOf(const std::string& text) {
  const auto day = ParseIsoDate(text);
  if (!day) return UsageError("'" + text + "' is no day; write YYYY-MM-DD");
  return *day;
}

std::string FirstDay(const rules::PackRule& rule) {
  return rule.in_force.from == kDistantPast ? "unknown" : ToString(rule.in_force.from);
}

Json ToJson(const rules::PackRule& rule) {
  const auto day = [](Date date) { return ToString(date).empty() ? Json() : Json(ToString(date)); };
  Json json;
  json.Set("id", rule.id)
      .Set("title", rule.title)
      .Set("authority", rule.authority)
      .Set("instrument", rule.instrument);
  json.Set("effect", rule.effect).Set("status", rule.status).Set("confidence", rule.confidence);
  json.Set("from", day(rule.in_force.from)).Set("to", day(rule.in_force.to));
  json.Set("file", rule.place.file ? *rule.place.file : std::string()).Set("line", rule.place.line);
  return json;
}

// --- list, show
// ------------------------------------------------------------------------------------------------
Status List(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const Loaded loaded, LoadPacks(arguments));
  std::vector<std::vector<std::string>> rows;
  Json all = Json::Array{};
  for (const rules::CompiledRule& compiled : loaded.program->rules) {
    const rules::PackRule& rule = *compiled.pack;
    if (!arguments.authority.empty() &&
        rule.authority.find(arguments.authority) == std::string::npos)
      continue;
    if (!arguments.on.empty()) {
      TW_ASSIGN_OR_RETURN(const Date day, DayOf(arguments.on));
      if (!rule.in_force.Contains(day)) continue;
    }
    rows.push_back({rule.id, rule.effect, FirstDay(rule), ToString(rule.in_force.to), rule.status,
                    rule.confidence, rule.title});
    all.Add(ToJson(rule));
  }
  if (session.format == "json") {
    Json json;
    json.Set("rules", std::move(all));
    Print(json.Dump() + "\n");
  } else {
    PrintTable({"id", "effect", "from", "to", "status", "confidence", "title"}, rows);
  }
  return {};
}

void PrintRule(const rules::PackRule& rule) {
  std::string out = rule.id + "  " + rule.title + "\n  " + rule.authority + ", " + rule.citation +
                    "\n  effect " + rule.effect + "; " + rules::InWords(rule.in_force) +
                    "; status " + rule.status + "; " + rule.confidence +
                    (rule.date_confidence.empty() ? "" : "; dates: " + rule.date_confidence) + "\n";
  for (const auto& [name, text] : rules::LimbsInWords(rule))
    out += "  " + name + ": " + text + "\n";
  if (!rule.license_policy.empty()) out += "  licence policy: " + rule.license_policy + "\n";
  if (!rule.never_decides.empty()) out += "  never decides: " + rule.never_decides + "\n";
  for (const auto& each : rule.exceptions) out += "  exception: " + each + "\n";
  for (const auto& each : rule.uncertain) out += "  uncertain: " + each.because + "\n";
  for (const auto& each : rule.doubts) out += "  doubt: " + each + "\n";
  for (const auto& each : rule.notes) out += "  note: " + each + "\n";
  for (const auto& each : rule.sources) out += "  source: " + each + "\n";
  if (rule.place.file)
    out += "  file: " + *rule.place.file + ":" + std::to_string(rule.place.line) + "\n";
  Print(out);
}

Error NoSuchRule(const std::string& id, const rules::Program& program) {
  std::vector<std::string> known;
  for (const auto& rule : program.rules) known.push_back(rule.pack->id);
  const std::string near = NearestWord(id, known);
  return UsageError(
      "there is no rule '" + id + "'" +
      (near.empty() ? "; `tidewaiter rules list` shows them" : "; did you mean '" + near + "'?"));
}

Status Show(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const Loaded loaded, LoadPacks(arguments));
  bool found = false;
  for (const rules::CompiledRule& compiled : loaded.program->rules) {
    if (compiled.pack->id != arguments.id) continue;
    found = true;
    if (session.format == "json") {
      Json json = ToJson(*compiled.pack);
      Json limbs{Json::Array{}};
      for (const auto& [name, text] : rules::LimbsInWords(*compiled.pack)) {
        limbs.Add(Json(Json::Object{{"limb", name}, {"text", text}}));
      }
      json.Set("limbs", std::move(limbs));
      Print(json.Dump() + "\n");
    } else {
      PrintRule(*compiled.pack);
    }
  }
  return found ? Status() : Status(NoSuchRule(arguments.id, *loaded.program));
}

// --- lint
// ------------------------------------------------------------------------------------------------------
Result<std::optional<std::set<std::string>>> TestedRules(const Arguments& arguments,
                                                         const rules::Program& program) {
  std::string folder = arguments.scenarios;
  if (folder.empty()) {
    TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
    folder = JoinPath(resources, "tests/scenarios");
    if (!IsFolder(folder))
      return std::optional<std::set<std::string>>();  // an installed program has none
  }
  TW_ASSIGN_OR_RETURN(auto named, rules::RulesNamedIn(folder, program));
  return std::optional<std::set<std::string>>(std::move(named));
}

Status LintPacks(Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const Loaded loaded, LoadPacks(arguments));
  TW_ASSIGN_OR_RETURN(const auto tested, TestedRules(arguments, *loaded.program));
  size_t errors = 0;
  Json all = Json::Array{};
  for (const auto& finding : rules::Lint(*loaded.program, tested ? &*tested : nullptr)) {
    errors += finding.error ? 1 : 0;
    Json json;
    json.Set("file", finding.file).Set("line", finding.line).Set("about", finding.rule);
    json.Set("message", finding.message).Set("error", finding.error);
    all.Add(std::move(json));
    if (session.format == "json") continue;
    Print(finding.file + ":" + std::to_string(finding.line) + ": " +
          (finding.rule.empty() ? "" : finding.rule + ": ") + (finding.error ? "" : "note: ") +
          finding.message + "\n");
  }
  if (session.format == "json") {
    Json json;
    json.Set("findings", std::move(all));
    Print(json.Dump() + "\n");
  } else {
    Print(std::to_string(loaded.files.size()) + " packs, " +
          std::to_string(loaded.program->rules.size()) + " rules, " + std::to_string(errors) +
          " problems\n");
  }
  if (errors > 0) session.exit_code = 3;
  return {};
}

// --- diff, timeline
// -------------------------------------------------------------------------------------------- The
// transaction that both look at: one line of the goods named, on the route named, and nothing else
// known.
struct Subject {
  std::shared_ptr<const goods::Goods> goods;
  goods::Recognition recognition;
  Order order;
  std::string name;
};

const goods::Model* FindModel(const goods::Goods& goods, const std::string& text) {
  for (const goods::Model& model : goods.models()) {
    if (model.brand + " " + model.model == text || model.model == text) return &model;
  }
  return nullptr;
}

Status SetModel(const Arguments& arguments, Subject& subject) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  TW_ASSIGN_OR_RETURN(subject.goods, goods::Goods::Load(resources));
  const goods::Model* model = FindModel(*subject.goods, arguments.model);
  if (model != nullptr) {
    subject.recognition.brand = model->brand;
    subject.recognition.model = model->model;
    subject.recognition.component_class = model->component_class;
    subject.recognition.catalogue = model;
  }
  const std::vector<std::string_view> texts = {arguments.model};
  goods::Recognition recognised = subject.goods->Recognise(texts, arguments.hs, {});
  subject.recognition.expected_hs = recognised.expected_hs;
  if (model == nullptr) subject.recognition = std::move(recognised);
  if (subject.recognition.component_class.empty() && arguments.hs.empty()) {
    return UsageError("the catalogue does not know '" + arguments.model +
                      "'; give its code with --hs");
  }
  return {};
}

// What all codes that such goods travel under have in common.
std::string CommonCode(const std::vector<std::string>& codes) {
  if (codes.empty()) return {};
  std::string common = codes.front();
  for (const std::string& code : codes) {
    while (!code.starts_with(common)) common.pop_back();
  }
  return common.size() < 2 ? std::string() : common;
}

Result<std::string> CountryOf(const std::string& text) {
  if (text.empty()) return std::string();
  const auto code = ParseCountry(text);
  if (!code) return UsageError("'" + text + "' is no country");
  return *code;
}

Result<Subject> SubjectOf(const Arguments& arguments) {
  Subject subject;
  Item item;
  item.line = 1;
  item.description = arguments.model;
  item.hs = arguments.hs;
  item.hs_edition = arguments.edition == 0 ? goods::kHsEditions.back() : arguments.edition;
  if (!arguments.model.empty()) TW_RETURN_IF_ERROR(SetModel(arguments, subject));
  if (item.hs.empty()) item.hs = CommonCode(subject.recognition.expected_hs);
  subject.order.items = {item};
  TW_ASSIGN_OR_RETURN(subject.order.destination, CountryOf(arguments.to));
  TW_ASSIGN_OR_RETURN(const std::string from, CountryOf(arguments.from));
  subject.order.departure = subject.order.origin = from;
  if (!from.empty()) {
    OrderParty exporter;
    exporter.role = Role::kExporter;
    exporter.country = from;
    subject.order.parties = {exporter};
  }
  subject.name =
      (arguments.model.empty() ? "HS " + item.hs : arguments.model + " (HS " + item.hs + ")") +
      (from.empty() ? "" : " from " + from) +
      (arguments.to.empty() ? "" : " to " + subject.order.destination);
  return subject;
}

// Without goods: every rule that begins or ends between the two days.
Status DiffRules(const Arguments& arguments, Date first, Date second) {
  TW_ASSIGN_OR_RETURN(const Loaded loaded, LoadPacks(arguments));
  std::string out;
  for (const auto& compiled : loaded.program->rules) {
    const rules::PackRule& rule = *compiled.pack;
    const bool before = rule.in_force.Contains(first), after = rule.in_force.Contains(second);
    if (before == after) continue;
    out += rule.id +
           (after ? " holds on " + ToString(second) + " and not on " + ToString(first)
                  : " holds on " + ToString(first) + " and no more on " + ToString(second)) +
           " (" + rule.effect + ", " + rules::InWords(rule.in_force) + "): " + rule.title + "\n";
  }
  Print(out.empty() ? "No rule begins or ends between " + ToString(first) + " and " +
                          ToString(second) + ".\n"
                    : out);
  return {};
}

Result<std::shared_ptr<const rules::RuleSet>> LoadRules(const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const std::string resources, ResourceFolder());
  return rules::RuleSet::Load(resources, arguments.policies, {});
}

Status Diff(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const Date first, DayOf(arguments.first));
  TW_ASSIGN_OR_RETURN(const Date second, DayOf(arguments.second));
  if (arguments.model.empty() && arguments.hs.empty()) return DiffRules(arguments, first, second);
  TW_ASSIGN_OR_RETURN(const Subject subject, SubjectOf(arguments));
  TW_ASSIGN_OR_RETURN(const auto set, LoadRules(arguments));
  const auto changes = rules::Compare(*set, subject.order, {&subject.recognition}, first, second);
  if (session.format == "json") {
    Json all = Json::Array{};
    for (const auto& change : changes) {
      Json json;
      json.Set("rule", change.rule)
          .Set("before", change.before)
          .Set("after", change.after)
          .Set("title", change.title);
      all.Add(std::move(json));
    }
    Json json;
    json.Set("changes", std::move(all));
    Print(json.Dump() + "\n");
    return {};
  }
  std::string out = subject.name + ", " + ToString(first) + " against " + ToString(second) + "\n";
  for (const auto& change : changes) {
    out += change.rule + ": " + change.title + "\n  on " + ToString(first) + " it " +
           change.before + "\n  on " + ToString(second) + " it " + change.after + "\n";
  }
  if (changes.empty()) out += "Nothing changed for these goods on this route.\n";
  Print(out);
  return {};
}

std::string Glyphs(const std::vector<rules::Period>& periods, const std::string& id) {
  std::string row;
  for (const auto& period : periods) {
    std::string glyph = " .";
    for (const auto& rule : period.rules) {
      if (rule.id == id) glyph = rule.status == RuleStatus::kApplies ? " #" : " ?";
    }
    row += glyph;
  }
  return row;
}

void PrintTimeline(const std::vector<rules::Period>& periods, const std::string& name) {
  std::string out = name + "\n";
  std::set<std::string> ids;
  for (size_t i = 0; i < periods.size(); ++i) {
    const std::string from = ToString(periods[i].days.from), to = ToString(periods[i].days.to);
    out += "  " + std::to_string(i + 1) + ". " + (from.empty() ? "..." : from) + " to " +
           (to.empty() ? "..." : to) + ": " + std::string(ToString(periods[i].outcome)) + "\n";
    for (const auto& rule : periods[i].rules) ids.insert(rule.id);
  }
  size_t width = 0;
  for (const auto& id : ids) width = std::max(width, id.size());
  out += "\nOne column a period; # applies, ? depends, . neither\n";
  for (const auto& id : ids)
    out += "  " + id + std::string(width - id.size(), ' ') + Glyphs(periods, id) + "\n";
  Print(out);
}

Status DrawTimeline(const Session& session, const Arguments& arguments) {
  if (arguments.model.empty() && arguments.hs.empty())
    return UsageError("name a model, or a code with --hs");
  TW_ASSIGN_OR_RETURN(const Subject subject, SubjectOf(arguments));
  TW_ASSIGN_OR_RETURN(const auto set, LoadRules(arguments));
  const auto periods = rules::Timeline(*set, subject.order, {&subject.recognition});
  if (!arguments.svg.empty()) {
    TW_RETURN_IF_ERROR(WriteAtomically(arguments.svg, rules::TimelineSvg(periods, subject.name)));
  }
  if (session.format != "json") {
    PrintTimeline(periods, subject.name);
    return {};
  }
  Json all = Json::Array{};
  for (const auto& period : periods) {
    Json ids = Json::Array{};
    for (const auto& rule : period.rules) {
      Json one;
      one.Set("id", rule.id).Set("status", ToString(rule.status)).Set("effect", rule.effect);
      ids.Add(std::move(one));
    }
    Json json;
    json.Set("from", ToString(period.days.from)).Set("to", ToString(period.days.to));
    json.Set("outcome", ToString(period.outcome)).Set("rules", std::move(ids));
    all.Add(std::move(json));
  }
  Json json;
  json.Set("periods", std::move(all));
  Print(json.Dump() + "\n");
  return {};
}

// --- print
// -----------------------------------------------------------------------------------------------------
Status PrintPack(const Session& session, const Arguments& arguments) {
  TW_ASSIGN_OR_RETURN(const Loaded loaded, LoadPacks(arguments));
  std::string out;
  for (const auto& pack : loaded.program->packs) {
    const bool named = pack->file.find(arguments.pack) != std::string::npos;
    const bool holds = std::any_of(pack->rules.begin(), pack->rules.end(),
                                   [&](const auto& rule) { return rule.id == arguments.pack; });
    if (!named && !holds) continue;
    out += session.format == "html" || arguments.out.ends_with(".html")
               ? rules::PageInHtml(*pack)
               : rules::PageInMarkdown(*pack);
  }
  if (out.empty())
    return UsageError("no pack has '" + arguments.pack + "' in its path or among its rules");
  if (!arguments.out.empty()) return WriteAtomically(arguments.out, out);
  Print(out);
  return {};
}

void AddSubject(CLI::App& command, const std::shared_ptr<Arguments>& arguments) {
  command.add_option("--hs", arguments->hs, "HS code, digits only");
  command.add_option("--edition", arguments->edition, "HS edition of --hs (default: the newest)");
  command.add_option("--to", arguments->to, "Destination");
  command.add_option("--from", arguments->from,
                     "Seat of the exporter, departure and origin (default: not known)");
}

template <typename Body>
CLI::App* Add(CLI::App& command, const std::string& name, const std::string& text, Session& session,
              Body body) {
  CLI::App* sub = command.add_subcommand(name, text);
  sub->callback([&session, body] { Run(session, [&] { return body(); }); });
  return sub;
}

}  // namespace

void AddRules(CLI::App& app, Session& session) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("rules", "Rule packs: list, show, lint, diff, timeline, print");
  command->require_subcommand(1);
  command->add_option("--policy", a->policies,
                      "Own rule packs beside the program's: a file or a folder; may be repeated");
  CLI::App* list =
      Add(*command, "list", "All rules", session, [&session, a] { return List(session, *a); });
  list->add_option("--authority", a->authority, "Only rules of this authority");
  list->add_option("--on", a->on, "Only rules that hold on this day");
  CLI::App* show = Add(*command, "show", "One rule, limb by limb", session,
                       [&session, a] { return Show(session, *a); });
  show->add_option("ID", a->id, "As rules list shows it")->required();
  CLI::App* lint = Add(*command, "lint", "What is wrong with packs although they load", session,
                       [&session, a] { return LintPacks(session, *a); });
  lint->add_option("--scenarios", a->scenarios,
                   "Folder of the scenarios (default: tests/scenarios where there is one)");
  CLI::App* diff =
      Add(*command, "diff", "What changed between two days, for a product and a route or for all",
          session, [&session, a] { return Diff(session, *a); });
  diff->add_option("DATE1", a->first, "YYYY-MM-DD, the earlier day")->required();
  diff->add_option("DATE2", a->second, "The later day")->required();
  diff->add_option("--item", a->model, "Model, as the catalogue names it, or a description");
  AddSubject(*diff, a);
  CLI::App* timeline = Add(*command, "timeline", "What held when for a product and a route",
                           session, [&session, a] { return DrawTimeline(session, *a); });
  timeline->add_option("MODEL", a->model, "Model, as the catalogue names it, or a description");
  timeline->add_option("--svg", a->svg, "Also draw it into this file");
  AddSubject(*timeline, a);
  CLI::App* print = Add(*command, "print", "A pack as a page: limb by limb, its source beside it",
                        session, [&session, a] { return PrintPack(session, *a); });
  print->add_option("PACK", a->pack, "Part of the file's path, or a rule's id")->required();
  print->add_option("--out", a->out, "Write it there (.html or .md)");
  for (CLI::App* sub : command->get_subcommands({})) sub->fallthrough();
}

}  // namespace tidewaiter::cli
