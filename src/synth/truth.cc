#include "synth/truth.h"

#include <string_view>

#include "base/json.h"

namespace tidewaiter::synth {
namespace {

Json EntityJson(const Namer& namer, const Party& party) {
  std::string text;
  namer.AppendEntity(party, text);
  return text;
}

std::string SchemeId(size_t index) { return "S" + std::to_string(index + 1); }

Json SchemeJson(const World& world, const Namer& namer, const Scheme& scheme, size_t index) {
  Json json;
  json.Set("id", SchemeId(index))
      .Set("kind", scheme.kind)
      .Set("control_date", ToString(scheme.turn));
  Json::Array parties, route, rows;
  for (const auto& party : scheme.parties) parties.push_back(EntityJson(namer, party));
  for (const uint16_t country : scheme.route)
    route.emplace_back(world.vocabulary.countries[country].iso);
  for (const uint64_t row : scheme.rows) rows.emplace_back(row);
  json.Set("parties", std::move(parties))
      .Set("route", std::move(route))
      .Set("rows", std::move(rows));
  return json;
}

// One line of parties.csv.
void AppendSpelling(const Namer& namer, const Party& party, uint8_t spelling, std::string& out) {
  std::string field;
  namer.AppendEntity(party, out);
  out += ',', out += std::to_string(spelling);
  for (const Script script : {Script::kLatin, namer.ScriptOf(party)}) {
    field.clear(), namer.AppendName(party, spelling, script, field);
    out += ',', AppendCsv(field, out);
  }
  field.clear(), namer.AppendAddress(party, Script::kLatin, field);
  out += ',', AppendCsv(field, out);
  out += ',', namer.AppendCode(party, out), out += '\n';
}

}  // namespace

Result<TruthWriter> TruthWriter::Create(const std::string& folder) {
  TW_RETURN_IF_ERROR(MakeFolders(folder));
  TW_ASSIGN_OR_RETURN(AtomicFile rows, AtomicFile::Create(JoinPath(folder, "rows.csv")));
  TW_RETURN_IF_ERROR(rows.Append(
      "row,scheme,kind,exporter,importer,consignee,broker,declarant,agent,manufacturer,brand,model,"
      "component_class,declared_hs,true_hs,plain\n"));
  return TruthWriter(folder, std::move(rows));
}

void AppendTruth(const RowView& row, const Plan& plan, TruthRows& out) {
  static const FieldWriter hs = FindField("hs");
  const Trade& trade = row.trade;
  const Good& good = row.vocabulary.goods[trade.good];
  std::string& text = out.text;
  text += std::to_string(row.row) + ",";
  if (trade.scheme >= 0) {
    text += SchemeId(static_cast<size_t>(trade.scheme)) + ",";
    text += plan.schemes[static_cast<size_t>(trade.scheme)].kind;
  } else {
    text += ',';
  }
  for (const Party* party : {&trade.exporter, &trade.importer, &trade.consignee, &trade.broker,
                             &trade.declarant, &trade.agent, &trade.maker}) {
    text += ',';
    if (!party->present) continue;
    row.namer.AppendEntity(*party, text);
    if (party->listed < 0) out.parties.push_back(*party);
  }
  for (const std::string* part : {&good.brand, &good.model, &good.component_class})
    text += ',', text += *part;
  text += ',';
  hs(row, text);
  text += ',', text += good.hs;
  text += trade.disguise == Disguise::kVague ? ",0\n" : ",1\n";
}

Status TruthWriter::Add(const TruthRows& rows) {
  for (const Party& party : rows.parties) {
    if (occurs_.size() <= party.country) occurs_.resize(party.country + size_t{1});
    auto& ids = occurs_[party.country];
    if (ids.size() <= party.id) ids.resize(party.id * 3 / 2 + 64);
    ids[party.id] = true;
  }
  return rows_.Append(rows.text);
}

Status TruthWriter::WriteParties(const World& world) {
  const Namer namer(world.vocabulary, world.key);
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(JoinPath(folder_, "parties.csv")));
  TW_RETURN_IF_ERROR(file.Append("entity,spelling,name,local_name,address,code\n"));
  std::string text;
  for (uint16_t country = 0; country < occurs_.size(); ++country) {
    for (uint64_t id = 0; id < occurs_[country].size(); ++id) {
      if (!occurs_[country][id]) continue;
      text.clear();
      for (uint8_t i = 0; i < Namer::kSpellings; ++i)
        AppendSpelling(namer, {true, country, -1, id, id}, i, text);
      TW_RETURN_IF_ERROR(file.Append(text));
    }
  }
  return file.Commit();
}

Status TruthWriter::Finish(const World& world, const Plan& plan, const std::string& about) {
  TW_RETURN_IF_ERROR(rows_.Commit());
  TW_RETURN_IF_ERROR(WriteParties(world));
  const Namer namer(world.vocabulary, world.key);
  std::string schemes = "[\n";
  for (size_t i = 0; i < plan.schemes.size(); ++i) {
    if (i > 0) schemes += ",\n";
    SchemeJson(world, namer, plan.schemes[i], i).DumpTo(schemes);
  }
  TW_RETURN_IF_ERROR(WriteAtomically(JoinPath(folder_, "schemes.json"), schemes + "\n]\n"));
  return WriteAtomically(JoinPath(folder_, "corpus.json"), about);
}

}  // namespace tidewaiter::synth
