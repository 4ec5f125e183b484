#include "goods/stated.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "model/units.h"

namespace tidewaiter::goods {
namespace {

constexpr size_t kLongestPhrase = 5;  // in tokens
constexpr size_t kWordsBefore = 2;    // between a parameter's word and the number: "max.", "up to"
constexpr size_t kLeastPartNumber = 4, kMostPartNumber = 30;

// The folded words of a phrase, parted by blanks.
std::string Folded(std::string_view phrase) {
  FoldedText folded;
  Fold(phrase, folded);
  std::string out;
  for (size_t i = 0; i < folded.tokens.size(); ++i)
    out.append(i > 0 ? " " : "").append(folded.word(i));
  return out;
}

std::string Joined(const FoldedText& text, size_t first, size_t last) {
  std::string out;
  for (size_t i = first; i < last; ++i) out.append(i > first ? " " : "").append(text.word(i));
  return out;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsPartNumberByte(char c) {
  return IsDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
         c == '/' || c == '_';
}

// "46", "0.9", "4,5" at text[at]; moves behind it. nullopt: a number that can be read in two ways
// ("1,200") or that goes on ("1.2.3").
std::optional<double> ReadNumber(std::string_view text, size_t& at) {
  std::string plain;
  size_t whole = 0, decimals = 0;
  bool comma = false;
  while (at < text.size() && IsDigit(text[at])) plain += text[at++], ++whole;
  if (at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && IsDigit(text[at + 1])) {
    comma = text[at++] == ',';
    plain += '.';
    while (at < text.size() && IsDigit(text[at])) plain += text[at++], ++decimals;
  }
  const bool goes_on =
      at + 1 < text.size() && (text[at] == '.' || text[at] == ',') && IsDigit(text[at + 1]);
  double value = 0;
  const auto parsed = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (whole > 9 || goes_on || (comma && decimals == 3) || parsed.ec != std::errc())
    return std::nullopt;
  return value;
}

// "-", "–", "~", "to" between two numbers; moves behind it and its blanks.
bool SkipUpTo(std::string_view text, size_t& at) {
  size_t end = at;
  while (end < text.size() && text[end] == ' ') ++end;
  for (const std::string_view sign : {"-", "–", "~", "to ", "до "}) {
    if (text.substr(end, sign.size()) != sign) continue;
    end += sign.size();
    while (end < text.size() && text[end] == ' ') ++end;
    if (end >= text.size() || !IsDigit(text[end])) return false;
    at = end;
    return true;
  }
  return false;
}

Result<std::vector<std::string>> FoldedTexts(const YamlNode& root, std::string_view key) {
  TW_ASSIGN_OR_RETURN(std::vector<std::string> texts, TextsIfAny(root, key));
  for (auto& text : texts) text = Folded(text);
  return texts;
}

}  // namespace

std::string ToString(const StatedParameter& parameter) {
  std::string out = parameter.name + " ";
  if (parameter.min != parameter.max) {
    const std::string least = FormatQuantity(parameter.min, "");
    out += least.substr(0, least.find(' ')) + " to ";
  }
  return out + FormatQuantity(parameter.max, parameter.unit);
}

// One description while it is read.
class StatedReader::Run {
 public:
  Run(const StatedReader& reader, std::string_view source) : reader_(reader), source_(source) {
    Fold(source, text_);
  }

  Stated Read() {
    for (size_t i = 0; i < text_.tokens.size(); ++i) {
      if (text_.tokens[i].script == Script::kDigits) ReadParameter(i);
      ReadPartNumber(i);
    }
    return std::move(out_);
  }

 private:
  size_t TokenFrom(size_t source_at) const {
    size_t i = 0;
    while (i < text_.tokens.size() && text_.tokens[i].source_begin < source_at) ++i;
    return i;
  }

  // The longest phrase that begins at this token; its tokens, 0 when none does.
  template <typename Table>
  size_t LongestAt(const Table& table, size_t first) const {
    for (size_t last = std::min(first + kLongestPhrase, text_.tokens.size()); last > first; --last)
      if (table.count(Joined(text_, first, last)) > 0) return last - first;
    return 0;
  }

  // Of an alphabet: behind a Han character a number is one of its own.
  bool StandsBehindLetters(size_t i) const {
    return i > 0 && text_.tokens[i].gap == Gap::kNone &&
           text_.tokens[i - 1].script != Script::kOther;
  }

  void ReadParameter(size_t i) {
    const Token& token = text_.tokens[i];
    // "WM220 g", "3.5" read from its 5 on: no number of its own.
    if (StandsBehindLetters(i) || token.source_begin < done_) return;
    size_t at = token.source_begin;
    const auto min = ReadNumber(source_, at);
    done_ = at;
    if (!min) return;
    std::optional<double> max = min;
    if (SkipUpTo(source_, at)) max = ReadNumber(source_, at);
    if (!max || *max < *min) return;
    done_ = at;
    const size_t unit_at = TokenFrom(at);
    if (unit_at >= text_.tokens.size() || text_.tokens[unit_at].gap == Gap::kBreak) return;
    const size_t unit_tokens = LongestAt(reader_.unit_words_, unit_at);
    if (unit_tokens == 0) return;
    const size_t end = unit_at + unit_tokens;
    if (reader_.no_statements_.count(Joined(text_, i, end)) > 0) return;
    const std::string& unit = reader_.units_[reader_.unit_words_.at(Joined(text_, unit_at, end))];
    const std::string_view quantity = FindUnit(unit)->quantity;
    const Parameter* named = NamedBefore(i, quantity);
    if (named == nullptr) named = NamedAt(end, quantity);
    const uint32_t begin = token.source_begin, to = text_.tokens[end - 1].source_end;
    out_.parameters.push_back({named == nullptr ? std::string(quantity) : named->name, *min, *max,
                               unit, std::string(source_.substr(begin, to - begin))});
  }

  const Parameter* NamedBy(const std::string& words, std::string_view quantity) const {
    const auto found = reader_.parameter_words_.find(words);
    if (found == reader_.parameter_words_.end()) return nullptr;
    for (const size_t index : found->second)
      if (reader_.parameters_[index].quantity == quantity) return &reader_.parameters_[index];
    return nullptr;
  }

  // The nearest parameter whose words end before token `i`, the longest of those.
  const Parameter* NamedBefore(size_t i, std::string_view quantity) const {
    for (size_t between = 0; between <= kWordsBefore && between < i; ++between) {
      const size_t last = i - between;
      for (size_t tokens = std::min(kLongestPhrase, last); tokens > 0; --tokens) {
        const Parameter* named = NamedBy(Joined(text_, last - tokens, last), quantity);
        if (named != nullptr) return named;
      }
      // Another number stands between: the words before it are its own.
      if (text_.tokens[last - 1].script == Script::kDigits) return nullptr;
    }
    return nullptr;
  }

  // "46 min flight time", in the same clause.
  const Parameter* NamedAt(size_t first, std::string_view quantity) const {
    if (first >= text_.tokens.size() || text_.tokens[first].gap == Gap::kBreak) return nullptr;
    for (size_t last = std::min(first + kLongestPhrase, text_.tokens.size()); last > first;
         --last) {
      const Parameter* named = NamedBy(Joined(text_, first, last), quantity);
      if (named != nullptr) return named;
    }
    return nullptr;
  }

  void ReadPartNumber(size_t i) {
    if (text_.tokens[i].gap == Gap::kNone && i > 0) return;
    if (reader_.part_number_beginnings_.count(text_.word(i)) == 0) return;
    const size_t tokens = LongestAt(reader_.part_number_words_, i);
    if (tokens == 0) return;
    size_t at = text_.tokens[i + tokens - 1].source_end;
    at = SkipSigns(at);
    size_t end = at;
    while (end < source_.size() && IsPartNumberByte(source_[end])) ++end;
    while (end > at && !IsDigit(source_[end - 1]) && (source_[end - 1] < 'A')) --end;
    const std::string_view number = source_.substr(at, end - at);
    const bool digits = std::any_of(number.begin(), number.end(), IsDigit);
    if (!digits || number.size() < kLeastPartNumber || number.size() > kMostPartNumber) return;
    auto& all = out_.part_numbers;
    if (std::find(all.begin(), all.end(), number) == all.end()) all.emplace_back(number);
  }

  size_t SkipSigns(size_t at) const {
    for (bool moved = true; moved;) {
      moved = false;
      for (const std::string_view sign : {" ", ":", ".", "#", "№", "："}) {
        if (source_.substr(at, sign.size()) != sign) continue;
        at += sign.size();
        moved = true;
      }
    }
    return at;
  }

  const StatedReader& reader_;
  std::string_view source_;
  FoldedText text_;
  size_t done_ = 0;  // of the source: numbers before it were read
  Stated out_;
};

Status StatedReader::ReadUnits(const YamlNode& root) {
  const YamlNode* units = root.Find("units");
  if (units == nullptr) return root.Problem("needs units");
  for (const auto& [name, words] : units->members) {
    const Unit* unit = FindUnit(name);
    if (unit == nullptr || unit->name != name)
      return words.Problem("no unit is called " + name, name);
    TW_ASSIGN_OR_RETURN(const auto spellings, words.Texts());
    for (const auto& spelling : spellings) unit_words_.emplace(Folded(spelling), units_.size());
    units_.push_back(name);
  }
  return {};
}

Status StatedReader::ReadParameters(const YamlNode& root) {
  const YamlNode* all = root.Find("parameters");
  if (all == nullptr) return root.Problem("needs parameters");
  for (const YamlNode& node : all->items) {
    TW_RETURN_IF_ERROR(node.CheckKeys({"name", "unit", "words"}));
    TW_ASSIGN_OR_RETURN(const std::string name, TextOr(node, "name"));
    TW_ASSIGN_OR_RETURN(const std::string unit_name, TextOr(node, "unit"));
    const Unit* unit = FindUnit(unit_name);
    if (name.empty() || unit == nullptr)
      return node.Problem("needs a name and a known unit", "unit");
    TW_ASSIGN_OR_RETURN(const auto words, FoldedTexts(node, "words"));
    for (const auto& phrase : words) parameter_words_[phrase].push_back(parameters_.size());
    parameters_.push_back({name, unit->quantity});
  }
  return {};
}

Result<StatedReader> StatedReader::Make(const YamlNode& root) {
  TW_RETURN_IF_ERROR(root.CheckKeys({"units", "no_statements", "parameters", "part_numbers"}));
  StatedReader out;
  TW_RETURN_IF_ERROR(out.ReadUnits(root));
  TW_RETURN_IF_ERROR(out.ReadParameters(root));
  TW_ASSIGN_OR_RETURN(const auto no_statements, FoldedTexts(root, "no_statements"));
  TW_ASSIGN_OR_RETURN(const auto part_numbers, FoldedTexts(root, "part_numbers"));
  for (const auto& phrase : no_statements) out.no_statements_.insert(phrase);
  for (const auto& phrase : part_numbers) {
    out.part_number_words_.insert(phrase);
    out.part_number_beginnings_.insert(phrase.substr(0, phrase.find(' ')));
  }
  return out;
}

Result<StatedReader> StatedReader::Load(const std::string& path) {
  TW_ASSIGN_OR_RETURN(const YamlNode root, ReadYaml(path));
  return Make(root);
}

Stated StatedReader::Read(std::string_view text) const {
  if (std::none_of(text.begin(), text.end(), IsDigit)) return {};
  return Run(*this, text).Read();
}

}  // namespace tidewaiter::goods
