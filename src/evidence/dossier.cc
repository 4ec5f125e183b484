#include "evidence/dossier.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/file.h"
#include "evidence/figure.h"
#include "evidence/lines.h"
#include "tables/csv.h"
#include "tables/duckdb.h"

namespace tidewaiter::evidence {
namespace {

constexpr size_t kMostPartners = 20;

const std::vector<Role>& EveryRole() {
  static const std::vector<Role> roles(AllRoles().begin(), AllRoles().end());
  return roles;
}

std::string Dollars(double value) {
  const auto cents = static_cast<int64_t>(value * 100 + 0.5);
  std::string whole = std::to_string(cents / 100), out;
  for (size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += ',';
    out += whole[i];
  }
  return out;
}

// One kind of thing that the dossier holds: a heading, columns, rows.
struct Section {
  std::string key, heading;
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

class Maker {
 public:
  Maker(const DossierRequest& request, RunLines lines)
      : request_(request), lines_(std::move(lines)) {}

  Result<DossierAnswer> Make() {
    TW_RETURN_IF_ERROR(FindParty());
    TW_RETURN_IF_ERROR(AddRoles());
    TW_RETURN_IF_ERROR(AddPartners());
    TW_RETURN_IF_ERROR(AddGoods());
    TW_RETURN_IF_ERROR(AddFindings());
    TW_RETURN_IF_ERROR(AddHits());
    AddClaims();
    TW_RETURN_IF_ERROR(AddDisputes());
    AddSources();
    TW_RETURN_IF_ERROR(MakeFolders(request_.out));
    TW_RETURN_IF_ERROR(WriteRows());
    TW_RETURN_IF_ERROR(Write("dossier.md", Markdown()));
    TW_RETURN_IF_ERROR(Write("letter.txt", Letter()));
    TW_RETURN_IF_ERROR(Write("dossier.json", AsJson().DumpPretty() + "\n"));
    return std::move(answer_);
  }

 private:
  std::string Masked(const std::string& text) const {
    return request_.mask ? request_.mask(text) : text;
  }

  // An exact entity or name; else the one party whose name holds the text.
  Status FindParty() {
    where_ = WhereParty(request_.party, EveryRole());
    TW_RETURN_IF_ERROR(Collect());
    if (names_.empty())
      return MissingData(
          "no line names '" + request_.party + "'; give the name as a file has it, or the entity",
          request_.run);
    for (const auto& entity : entities_) where_ += " OR " + WhereParty(entity, EveryRole());
    where_ = "(" + where_ + ")";
    TW_RETURN_IF_ERROR(Collect());
    answer_.entity = entities_.empty() ? request_.party : *entities_.begin();
    return {};
  }

  // The spellings and entities of the party among the rows found.
  Status Collect() {
    for (const Role role : EveryRole()) {
      const std::string column(ToString(role));
      TW_ASSIGN_OR_RETURN(auto rows,
                          lines_.connection().Query("SELECT DISTINCT " + column + ", " + column +
                                                    "_entity FROM lines WHERE " + WhereRole(role)));
      while (rows.Next()) {
        if (!rows.IsNull(0)) names_.emplace(rows.Text(0));
        if (!rows.IsNull(1)) entities_.emplace(rows.Text(1));
      }
      TW_RETURN_IF_ERROR(rows.status());
    }
    return {};
  }

  std::string WhereRole(Role role) const {
    std::string where = WhereParty(request_.party, {role});
    for (const auto& entity : entities_) where += " OR " + WhereParty(entity, {role});
    return "(" + where + ")";
  }

  Status Fill(Section section, const std::string& sql) {
    TW_ASSIGN_OR_RETURN(auto rows, lines_.connection().Query(sql));
    for (size_t i = 0; i < rows.columns(); ++i) section.columns.push_back(rows.name(i));
    while (rows.Next()) {
      std::vector<std::string> row;
      for (size_t i = 0; i < rows.columns(); ++i) row.push_back(Masked(std::string(rows.Text(i))));
      section.rows.push_back(std::move(row));
    }
    TW_RETURN_IF_ERROR(rows.status());
    if (!section.rows.empty()) sections_.push_back(std::move(section));
    return {};
  }

  static std::string Sums() {
    return "CAST(count(*) AS VARCHAR) AS lines, coalesce(CAST(sum(CAST(value_usd AS DECIMAL(18, "
           "2))) AS VARCHAR), '') AS usd, CAST(min(date) AS VARCHAR) AS first_day, CAST(max(date) "
           "AS VARCHAR) AS last_day";
  }

  Status AddRoles() {
    std::string sql;
    for (const Role role : EveryRole()) {
      const std::string name(ToString(role));
      sql += (sql.empty() ? "" : " UNION ALL ") + std::string("SELECT '") + name + "' AS role, " +
             Sums() + " FROM lines WHERE " + WhereRole(role) + " HAVING count(*) > 0";
    }
    return Fill({"roles", "Roles in which lines name it", {}, {}},
                "SELECT * FROM (" + sql + ") ORDER BY CAST(lines AS BIGINT) DESC, role");
  }

  Status AddPartners() {
    const std::string sender = "coalesce(exporter, supplier, shipper, seller, consignor)",
                      recipient = "coalesce(consignee, importer, buyer, end_user)";
    return Fill(
        {"partners", "Whom it traded with (the largest)", {}, {}},
        "SELECT " + sender + " AS sender, " + recipient + " AS recipient, " + Sums() +
            " FROM lines WHERE " + where_ + " GROUP BY " + sender + ", " + recipient +
            " ORDER BY sum(CAST(value_usd AS DECIMAL(18, 2))) DESC NULLS LAST, sender NULLS LAST, "
            "recipient NULLS LAST LIMIT " +
            std::to_string(kMostPartners));
  }

  Status AddGoods() {
    return Fill({"goods", "What was shipped", {}, {}},
                "SELECT coalesce(brand, '') AS brand, coalesce(model, '') AS model, "
                "coalesce(component_class, '') AS class, coalesce(hs, '') AS hs, " +
                    Sums() + " FROM lines WHERE " + where_ +
                    " GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 1, 2, 3, 4 "
                    "LIMIT 50");
  }

  std::string EntityList() const {
    std::string list;
    for (const auto& entity : entities_)
      list += (list.empty() ? "" : ", ") + tables::QuoteText(entity);
    return list.empty() ? "''" : list;
  }

  Status AddFindings() {
    const std::string file = JoinPath(request_.run, "findings.parquet");
    if (!FileExists(file)) return {};
    std::string touches;
    for (const auto& entity : entities_)
      touches += " OR list_contains(string_split_regex(subject, '[|>]'), " +
                 tables::QuoteText(entity) + ")";
    return Fill({"findings", "Indicators that name it: questions, no verdicts", {}, {}},
                "SELECT indicator_key AS indicator, title, statistic, CAST(\"from\" AS VARCHAR) AS "
                "first_day, CAST(\"to\" AS VARCHAR) AS last_day, CAST(len(\"rows\") AS VARCHAR) AS "
                "rows, id FROM read_parquet(" +
                    tables::QuoteText(file) + ") WHERE status = 'found' AND (subject IN (" +
                    EntityList() + ")" + touches + ") ORDER BY coalesce(indicator, 1000), id");
  }

  Status AddHits() {
    const std::string file = JoinPath(request_.run, "party_hits.parquet");
    if (!FileExists(file)) return {};
    return Fill({"hits", "Listed parties that it looks like", {}, {}},
                "SELECT list, id, listed_name, CAST(score AS VARCHAR) AS likeness, CASE WHEN "
                "identifier_agrees THEN 'yes' ELSE 'no' END AS identifier_agrees, "
                "coalesce(CAST(listed_from AS VARCHAR), '') AS listed_from FROM read_parquet(" +
                    tables::QuoteText(file) + ") WHERE entity IN (" + EntityList() +
                    ") ORDER BY score DESC, list, id");
  }

  static std::string Lower(std::string text) {
    for (char& c : text) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
  }

  bool IsAbout(const Claim& claim) const {
    auto wanted = claim.about.parties;
    wanted.insert(wanted.end(), claim.about.brands.begin(), claim.about.brands.end());
    for (const auto& name : names_) {
      const std::string spaced = " " + Lower(name) + " ";
      for (const auto& party : wanted) {
        if (spaced.find(" " + Lower(party) + " ") != std::string::npos) return true;
      }
    }
    return false;
  }

  void AddClaims() {
    Section section{"claims",
                    "What has been said of it, and its answers",
                    {"claim", "said by", "reliability, credibility", "answers"},
                    {}};
    for (const Claim& claim : request_.claims.claims) {
      if (!IsAbout(claim)) continue;
      std::string chain, answers;
      for (const auto& speaker : claim.chain)
        chain += (chain.empty() ? "" : ", quoting ") + speaker.who +
                 (speaker.date ? " (" + ToString(*speaker.date) + ")" : "");
      for (const auto& answer : claim.answers)
        answers +=
            (answers.empty() ? "" : "; ") + answer.who + " " + answer.stance + ": " + answer.says;
      section.rows.push_back({claim.says, chain,
                              std::string(1, claim.reliability) + std::to_string(claim.credibility),
                              answers.empty() ? "none is known" : answers});
    }
    if (!section.rows.empty()) sections_.push_back(std::move(section));
  }

  Status AddDisputes() {
    Section section{
        "disputes", "Disputes about its rows", {"dispute", "type", "by", "status", "rows"}, {}};
    for (const Dispute& dispute : request_.disputes.all) {
      TW_ASSIGN_OR_RETURN(auto rows,
                          lines_.connection().Query("SELECT count(*) FROM lines WHERE " + where_ +
                                                    " AND " + WhereDisputed(dispute.rows)));
      const int64_t count = rows.Next() ? rows.Integer(0) : 0;
      if (count > 0)
        section.rows.push_back({dispute.id + ": " + dispute.says, dispute.type, dispute.by,
                                dispute.status, std::to_string(count)});
    }
    if (!section.rows.empty()) sections_.push_back(std::move(section));
    return {};
  }

  void AddSources() {
    Section section{"sources", "Files that this rests on", {"file", "sha256"}, {}};
    for (const auto& [name, sha256] : lines_.sources()) section.rows.push_back({name, sha256});
    sections_.push_back(std::move(section));
    if (lines_.vendor_mapped().empty()) return;
    Section mapped{"vendor_mapped",
                   "Roles that a data vendor filled; the declaration may say otherwise",
                   {"role"},
                   {}};
    for (const auto& role : lines_.vendor_mapped()) mapped.rows.push_back({role});
    sections_.push_back(std::move(mapped));
  }

  Status WriteRows() {
    std::string columns =
        "source, \"row\", row_hash, date, declaration, hs, description, brand, model, quantity, "
        "unit, net_mass_kg, value_usd, origin, departure, destination";
    for (const Role role : EveryRole()) columns += ", " + std::string(ToString(role));
    TW_ASSIGN_OR_RETURN(
        auto rows,
        lines_.connection().Query("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (SELECT " + columns +
                                  " FROM lines WHERE " + where_ + " ORDER BY file_row_number)"));
    std::string text;
    const auto append = [&](size_t i, std::string_view cell) {
      if (i > 0) text += ',';
      tables::AppendCsvField(cell, text);
    };
    for (size_t i = 0; i < rows.columns(); ++i) append(i, rows.name(i));
    text += '\n';
    while (rows.Next()) {
      for (size_t i = 0; i < rows.columns(); ++i) append(i, Masked(std::string(rows.Text(i))));
      text += '\n';
      ++answer_.rows;
    }
    TW_RETURN_IF_ERROR(rows.status());
    return Write("rows.csv", text);
  }

  Status Write(const std::string& name, const std::string& text) {
    const std::string path = JoinPath(request_.out, name);
    answer_.files.push_back(path);
    return WriteAtomically(path, text);
  }

  std::string Title() const { return Masked(names_.empty() ? request_.party : *names_.begin()); }

  static std::string Cell(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    for (size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
      text.insert(at, "\\");
    return text;
  }

  std::string Markdown() const {
    std::string out = "# " + Title() + "\n\nEverything that this run holds about it. Entity " +
                      answer_.entity + ", " + std::to_string(answer_.rows) +
                      " rows; rows.csv has their text. Being named in a row, or by an indicator, "
                      "proves nothing by itself.\n";
    if (names_.size() > 1) {
      out += "\nAlso written as:\n\n";
      for (const auto& name : names_) out += "* " + Masked(name) + "\n";
    }
    for (const auto& section : sections_) {
      out += "\n## " + section.heading + "\n\n|";
      for (const auto& column : section.columns) out += " " + Cell(column) + " |";
      out += "\n|";
      for (size_t i = 0; i < section.columns.size(); ++i) out += "---|";
      for (const auto& row : section.rows) {
        out += "\n|";
        for (const auto& cell : row) out += " " + Cell(cell) + " |";
      }
      out += "\n";
    }
    return out;
  }

  const Section* Find(std::string_view key) const {
    for (const auto& section : sections_) {
      if (section.key == key) return &section;
    }
    return nullptr;
  }

  std::string Letter() const {
    std::string out = "DRAFT. Nothing has been sent; read it, check it, sign it.\n\n" +
                      ToString(request_.written) + "\n\nTo: " + Title() +
                      "\nSubject: records that name you; we ask for your reply by " +
                      ToString(request_.deadline) +
                      "\n\nDear Sir or Madam,\n\nwe have customs records that name you, " +
                      std::to_string(answer_.rows) + " rows of these files:\n";
    for (const auto& [name, sha256] : lines_.sources())
      out += "  " + name + " (SHA-256 " + sha256 + ")\n";
    out += "\nThey name you so:\n";
    if (const Section* roles = Find("roles")) {
      for (const auto& row : roles->rows)
        out += "  as " + row[0] + ": " + row[1] + " rows" +
               (row[2].empty() ? "" : ", USD " + Dollars(std::strtod(row[2].c_str(), nullptr))) +
               ", from " + row[3] + " to " + row[4] + "\n";
    }
    if (!lines_.vendor_mapped().empty()) {
      out += "\nA data vendor filled these columns; the declarations may say otherwise:";
      for (const auto& role : lines_.vendor_mapped()) out += " " + role;
      out += ".\n";
    }
    out +=
        "\nThe rows themselves are in rows.csv, which goes with this letter. We ask you:\n\n"
        "  1. Are you the party that these rows name? If not, which rows are about somebody else?\n"
        "  2. Did you have the role that they give you? If not, which one, and in which rows?\n"
        "  3. Are brand, model, quantity and value right? If not, what are they?\n"
        "  4. Who was the end user, and how do you know?\n"
        "  5. Is there anything that we ought to know before we use these records?\n\n"
        "You can answer row by row: name the file and the number of the row. Rows that you dispute "
        "are marked, not removed: every figure is then given with and without them, and your "
        "answer stands beside it.\n\nPlease reply by " +
        ToString(request_.deadline) + ". If that is too soon, tell us by when you can.\n\n" +
        (request_.sender.empty() ? std::string("[name, organisation, how to reach you]")
                                 : request_.sender) +
        "\n";
    return out;
  }

  Json AsJson() const {
    Json json, all = Json::Array{}, names = Json::Array{}, entities = Json::Array{};
    for (const auto& name : names_) names.Add(Masked(name));
    for (const auto& entity : entities_) entities.Add(entity);
    for (const auto& section : sections_) {
      Json rows = Json::Array{}, one;
      for (const auto& row : section.rows) {
        Json item;
        for (size_t i = 0; i < row.size(); ++i)
          item.Set(section.columns[i], row[i].empty() ? Json() : Json(row[i]));
        rows.Add(std::move(item));
      }
      all.Add(one.Set("section", section.key)
                  .Set("heading", section.heading)
                  .Set("rows", std::move(rows)));
    }
    json.Set("party", Title()).Set("entities", std::move(entities)).Set("names", std::move(names));
    json.Set("rows", answer_.rows).Set("reply_by", ToString(request_.deadline));
    return json.Set("sections", std::move(all));
  }

  const DossierRequest& request_;
  RunLines lines_;
  std::string where_;
  std::set<std::string> names_, entities_;
  std::vector<Section> sections_;
  DossierAnswer answer_;
};

}  // namespace

Result<DossierAnswer> WriteDossier(const DossierRequest& request) {
  TW_ASSIGN_OR_RETURN(RunLines lines, RunLines::Open(request.run, request.resources));
  return Maker(request, std::move(lines)).Make();
}

}  // namespace tidewaiter::evidence
