#include "trace/indicator.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/file.h"
#include "base/yaml.h"

namespace tidewaiter::trace {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

std::vector<std::string> SplitTrimmed(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const size_t end = text.find(separator);
    const auto part = Trim(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<int> Number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool IsNameChar(char c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsKey(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsNameChar(c) || c == '-'; });
}

// Reads the header, line by line.
class HeaderReader {
 public:
  HeaderReader(Indicator& indicator, uint64_t& line) : indicator_(indicator), line_(line) {}

  Status Read(std::string_view key, std::string_view value) {
    if (key == "id") return ReadId(value);
    if (key == "key") return ReadKey(value);
    if (key == "title") return Set(indicator_.title, value, key);
    if (key == "subject") return ReadSubject(value);
    if (key == "needs") return ReadNeeds(value);
    if (key == "window") return ReadWindow(value);
    if (key == "parameter") return ReadParameter(value);
    if (key == "not_computable_if") return Join(indicator_.not_computable_if, value);
    if (key == "source") return Join(indicator_.source, value);
    if (key == "doc") return Join(indicator_.doc, value);
    const std::string near = NearestWord(key, {"id", "key", "title", "subject", "needs", "window",
                                               "parameter", "not_computable_if", "source", "doc"});
    return Problem(
        "the header has no field of this name" + (near.empty() ? "" : "; did you mean " + near),
        key);
  }

  Error Problem(std::string message, std::string_view field) const {
    return BadInput(std::move(message), indicator_.file, line_, std::string(field));
  }

 private:
  Status Set(std::string& target, std::string_view value, std::string_view key) {
    if (!target.empty()) return Problem("is there twice", key);
    target = value;
    return {};
  }
  Status Join(std::string& target, std::string_view value) {
    if (!target.empty()) target += ' ';
    target += value;
    return {};
  }
  Status ReadId(std::string_view value) {
    const auto id = Number(value);
    if (!id || *id < 1 || *id > 30)
      return Problem("must be 1 to 30; leave it out for an indicator of your own", "id");
    indicator_.id = *id;
    return {};
  }
  Status ReadKey(std::string_view value) {
    if (!IsKey(value)) return Problem("must consist of letters, digits, - and _", "key");
    return Set(indicator_.key, value, "key");
  }
  Status ReadSubject(std::string_view value) {
    static constexpr std::array<std::string_view, 6> kKinds = {"party", "pair",    "route",
                                                               "line",  "product", "group"};
    if (std::find(kKinds.begin(), kKinds.end(), value) == kKinds.end()) {
      return Problem("must be party, pair, route, line, product or group", "subject");
    }
    return Set(indicator_.subject_kind, value, "subject");
  }
  Status ReadNeeds(std::string_view value) {
    for (const auto& group : SplitTrimmed(value, ','))
      indicator_.needs.push_back(SplitTrimmed(group, '|'));
    return {};
  }
  Status ReadWindow(std::string_view value) {
    const auto parts = SplitTrimmed(value, ',');
    const auto before = parts.size() == 2 ? Number(parts[0]) : std::nullopt;
    const auto after = parts.size() == 2 ? Number(parts[1]) : std::nullopt;
    if (!before || !after)
      return Problem("must be the months before and after a control date, as in 12, 0", "window");
    indicator_.window = Window{*before, *after};
    return {};
  }
  Status ReadParameter(std::string_view value) {
    const size_t equals = value.find('='), bar = value.find('|');
    if (equals == std::string_view::npos || bar == std::string_view::npos || bar < equals) {
      return Problem("must be NAME = VALUE | EXPLANATION", "parameter");
    }
    IndicatorParameter parameter{std::string(Trim(value.substr(0, equals))),
                                 std::string(Trim(value.substr(equals + 1, bar - equals - 1))),
                                 std::string(Trim(value.substr(bar + 1)))};
    if (!IsKey(parameter.name) || parameter.value.empty())
      return Problem("has no name or no value", "parameter");
    indicator_.parameters.push_back(std::move(parameter));
    return {};
  }

  Indicator& indicator_;
  uint64_t& line_;
};

Status CheckWhole(const Indicator& indicator) {
  for (const auto& [field, text] : {std::pair{"key", &indicator.key},
                                    {"title", &indicator.title},
                                    {"subject", &indicator.subject_kind}}) {
    if (text->empty()) return BadInput("is missing from the header", indicator.file, 0, field);
  }
  if (Trim(indicator.sql).empty()) return BadInput("has a header and no statement", indicator.file);
  return Substitute(indicator, indicator.parameters).has_value()
             ? Status()
             : Status(Substitute(indicator, indicator.parameters).error());
}

// Where a text literal or comment that begins at `at` ends; `at` itself when none begins there.
size_t SkipQuoted(std::string_view sql, size_t at) {
  if (sql[at] == '\'') {
    const size_t end = sql.find('\'', at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
  }
  if (sql.substr(at, 2) == "--") return std::min(sql.size(), sql.find('\n', at));
  if (sql.substr(at, 2) == "/*") {
    const size_t end = sql.find("*/", at);
    return end == std::string_view::npos ? sql.size() : end + 2;
  }
  return at;
}

}  // namespace

Result<Indicator> ParseIndicator(std::string_view text, const std::string& file) {
  Indicator indicator;
  indicator.file = file;
  uint64_t line = 0;
  HeaderReader reader(indicator, line);
  while (text.starts_with("--")) {
    ++line;
    const size_t end = std::min(text.find('\n'), text.size());
    const auto content = Trim(text.substr(2, end - 2));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (content.empty()) continue;
    const size_t colon = content.find(':');
    if (colon == std::string_view::npos)
      return reader.Problem("a line of the header is NAME: VALUE", "");
    TW_RETURN_IF_ERROR(
        reader.Read(Trim(content.substr(0, colon)), Trim(content.substr(colon + 1))));
  }
  indicator.sql = text;
  TW_RETURN_IF_ERROR(CheckWhole(indicator));
  return indicator;
}

Result<std::vector<Indicator>> LoadIndicators(const std::string& folder,
                                              const std::vector<std::string>& own) {
  std::vector<std::string> paths;
  TW_ASSIGN_OR_RETURN(const auto names, ListFolder(folder));
  for (const auto& name : names) {
    if (name.ends_with(".sql")) paths.push_back(JoinPath(folder, name));
  }
  paths.insert(paths.end(), own.begin(), own.end());
  std::vector<Indicator> indicators;
  std::set<std::string> keys;
  std::set<int> ids;
  for (const auto& path : paths) {
    TW_ASSIGN_OR_RETURN(const std::string text, ReadFile(path));
    TW_ASSIGN_OR_RETURN(Indicator indicator, ParseIndicator(text, path));
    if (!keys.insert(indicator.key).second)
      return BadInput("another indicator has this key already", path, 0, "key");
    if (indicator.id != 0 && !ids.insert(indicator.id).second) {
      return BadInput("another indicator has this id already", path, 0, "id");
    }
    indicators.push_back(std::move(indicator));
  }
  auto rank = [](const Indicator& i) { return std::pair(i.id == 0 ? 1000 : i.id, i.key); };
  std::sort(indicators.begin(), indicators.end(),
            [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return indicators;
}

std::vector<IndicatorParameter> Settle(const Indicator& indicator,
                                       const std::map<std::string, std::string>& set) {
  auto parameters = indicator.parameters;
  for (auto& parameter : parameters) {
    for (const auto& name : {parameter.name, indicator.key + "." + parameter.name}) {
      if (const auto found = set.find(name); found != set.end()) parameter.value = found->second;
    }
  }
  return parameters;
}

Result<std::string> Substitute(const Indicator& indicator,
                               const std::vector<IndicatorParameter>& parameters) {
  const std::string_view sql = indicator.sql;
  std::string out;
  for (size_t at = 0; at < sql.size();) {
    const size_t quoted = SkipQuoted(sql, at);
    const bool cast = sql.substr(at, 2) == "::";
    if (quoted > at || cast || sql[at] != ':') {
      const size_t end = quoted > at ? quoted : at + (cast ? 2 : 1);
      out += sql.substr(at, end - at);
      at = end;
      continue;
    }
    size_t end = at + 1;
    while (end < sql.size() && IsNameChar(sql[end])) ++end;
    const auto name = sql.substr(at + 1, end - at - 1);
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& p) { return p.name == name; });
    if (found == parameters.end()) {
      return BadInput(
          "uses the parameter :" + std::string(name) + ", which its header does not have",
          indicator.file);
    }
    out += found->value;
    at = end;
  }
  return out;
}

}  // namespace tidewaiter::trace
