#include "synth/truth.h"

#include <algorithm>
#include <vector>

#include "base/json.h"

namespace tidewaiter::synth {
namespace {

uint64_t Pack(const Party& party) { return static_cast<uint64_t>(party.country) << 48 | party.id; }

Json EntityJson(const Namer& namer, const Party& party) {
  std::string text;
  namer.AppendEntity(party, text);
  return text;
}

std::string SchemeId(size_t index) { return "S" + std::to_string(index + 1); }

Json SchemeJson(const World& world, const Namer& namer, const Scheme& scheme, size_t index) {
  Json json;
  json.Set("id", SchemeId(index)).Set("kind", scheme.kind).Set("control_date", ToString(scheme.turn));
  Json::Array parties, route, rows;
  for (const auto& party : scheme.parties) parties.push_back(EntityJson(namer, party));
  for (const uint16_t country : scheme.route) route.emplace_back(world.vocabulary.countries[country].iso);
  for (const uint64_t row : scheme.rows) rows.emplace_back(row);
  json.Set("parties", std::move(parties)).Set("route", std::move(route)).Set("rows", std::move(rows));
  return json;
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

void TruthWriter::Entity(const RowView& row, const Party& party) {
  line_ += ',';
  if (!party.present) return;
  row.namer.AppendEntity(party, line_);
  if (party.listed < 0) parties_.insert(Pack(party));
}

Status TruthWriter::AddRow(const RowView& row, const Plan& plan) {
  static const FieldWriter kHs = FindField("hs");
  const Trade& trade = row.trade;
  const Good& good = row.vocabulary.goods[trade.good];
  line_ = std::to_string(row.row);
  line_ += ',';
  if (trade.scheme >= 0) line_ += SchemeId(static_cast<size_t>(trade.scheme));
  line_ += ',';
  if (trade.scheme >= 0) line_ += plan.schemes[static_cast<size_t>(trade.scheme)].kind;
  for (const Party* party : {&trade.exporter, &trade.importer, &trade.consignee, &trade.broker,
                             &trade.declarant, &trade.agent, &trade.maker}) {
    Entity(row, *party);
  }
  for (const std::string* text : {&good.brand, &good.model, &good.component_class}) line_ += ',', line_ += *text;
  line_ += ',';
  kHs(row, line_);
  line_ += ',', line_ += good.hs;
  line_ += trade.disguise == Disguise::kVague ? ",0\n" : ",1\n";
  return rows_.Append(line_);
}

Status TruthWriter::WriteParties(const World& world) {
  std::vector<uint64_t> packed(parties_.begin(), parties_.end());
  std::sort(packed.begin(), packed.end());
  const Namer namer(world.vocabulary, world.key);
  TW_ASSIGN_OR_RETURN(AtomicFile file, AtomicFile::Create(JoinPath(folder_, "parties.csv")));
  TW_RETURN_IF_ERROR(file.Append("entity,spelling,name,local_name,address,code\n"));
  std::string field;
  for (const uint64_t one : packed) {
    const Party party{true, static_cast<uint16_t>(one >> 48), -1, one & ((uint64_t{1} << 48) - 1),
                      one & ((uint64_t{1} << 48) - 1)};
    for (uint8_t spelling = 0; spelling < Namer::kSpellings; ++spelling) {
      line_.clear();
      namer.AppendEntity(party, line_);
      line_ += ',', line_ += std::to_string(spelling);
      for (const bool local : {false, true}) {
        field.clear(), namer.AppendName(party, spelling, local, field);
        line_ += ',', AppendCsv(field, line_);
      }
      field.clear(), namer.AppendAddress(party, false, field);
      line_ += ',', AppendCsv(field, line_);
      line_ += ',', namer.AppendCode(party, line_), line_ += '\n';
      TW_RETURN_IF_ERROR(file.Append(line_));
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
