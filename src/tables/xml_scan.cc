// Every function that returns bool says with false: not for me, let expat read it.
#include "tables/xml_scan.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <optional>

namespace tidewaiter::tables {
namespace {

constexpr size_t kLongestTail = size_t{4} << 20;  // a longer token is expat's
constexpr size_t kMostAttributes = 32;
constexpr std::string_view kMark = "\xEF\xBB\xBF";

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// What a byte is inside a name, a text and a value.
constexpr std::array<bool, 256> Table(bool (*is)(char)) {
  std::array<bool, 256> table{};
  for (size_t i = 0; i < table.size(); ++i) table[i] = is(static_cast<char>(i));
  return table;
}
constexpr auto kInName = Table([](char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':';
});
constexpr auto kPlainInText = Table([](char c) { return c != '&' && c != '\r' && c != '>'; });
constexpr auto kPlainInValue =
    Table([](char c) { return c != '&' && c != '<' && c != '\t' && c != '\n' && c != '\r'; });

size_t Span(std::string_view text, const std::array<bool, 256>& table) {
  size_t at = 0;
  while (at < text.size() && table[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

bool AllBlank(std::string_view text) { return std::all_of(text.begin(), text.end(), IsBlank); }

void SkipBlanks(std::string_view& text) {
  size_t at = 0;
  while (at < text.size() && IsBlank(text[at])) ++at;
  text.remove_prefix(at);
}

// Control characters, and the two noncharacters U+FFFE and U+FFFF, are in no XML.
bool HasForbidden(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  unsigned char bad = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const unsigned char b = bytes[i];
    bad |= static_cast<unsigned char>((b < 0x20) & (b != '\t') & (b != '\n') & (b != '\r'));
  }
  for (size_t i = 2; i < text.size(); ++i) {
    bad |= static_cast<unsigned char>((bytes[i - 2] == 0xEF) & (bytes[i - 1] == 0xBF) &
                                      (bytes[i] >= 0xBE));
  }
  return bad != 0;
}

bool IsCharacter(uint32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xD800 || (code > 0xDFFF && code < 0xFFFE) || (code > 0xFFFF && code <= 0x10FFFF);
}

void AppendUtf8(uint32_t code, std::string& out) {
  const auto tail = [&](unsigned shift) {
    out += static_cast<char>(0x80 | (code >> shift & 0x3F));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    tail(0);
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

// "amp", "#10", "#x1F600": the character that a reference stands for.
std::optional<uint32_t> Referred(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [known, character] : kNamed) {
    if (name == known) return character;
  }
  if (!name.starts_with('#')) return std::nullopt;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x');
  if (hex) name.remove_prefix(1);
  uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size() || !IsCharacter(code))
    return std::nullopt;
  return code;
}

// `text` with its references replaced and its line ends made \n.
bool Decode(std::string_view text, std::string& out) {
  out.clear();
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '&') {
      const size_t end = text.find(';', at);
      const auto code =
          end == text.npos ? std::nullopt : Referred(text.substr(at + 1, end - at - 1));
      if (!code) return false;
      AppendUtf8(*code, out);
      at = end + 1;
    } else if (c == '\r') {
      out += '\n';
      at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
    } else {
      const size_t plain = std::max<size_t>(1, Span(text.substr(at), kPlainInText));
      out.append(text.substr(at, plain));
      at += plain;
    }
  }
  return true;
}

// `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, without the outer signs.
bool IsKnownDeclaration(std::string_view body) {
  const auto skip = [&body](std::string_view piece) {
    if (!body.starts_with(piece)) return false;
    body.remove_prefix(piece.size());
    return true;
  };
  if (!skip("?xml version=\"1.0\"")) return false;
  if (!skip(" encoding=\"UTF-8\"")) skip(" encoding=\"utf-8\"");
  if (!skip(" standalone=\"yes\"")) skip(" standalone=\"no\"");
  return body == "?" || body == " ?";
}

}  // namespace

XmlScanner::XmlScanner(XmlHandler& handler) : handler_(handler), values_(kMostAttributes) {}

Status XmlScanner::Outcome() const {
  if (declined_) return InternalError("the XML scanner declined");
  return handler_.status();
}

Status XmlScanner::Feed(std::string_view piece) {
  TW_RETURN_IF_ERROR(Outcome());
  const bool kept = !tail_.empty();
  if (kept) tail_.append(piece);
  const std::string_view bytes = kept ? std::string_view(tail_) : piece;
  // Behind a '>' no character is cut in two.
  const size_t whole = bytes.rfind('>') + 1;
  const std::string_view tokens = bytes.substr(0, whole);
  declined_ = !simdjson::validate_utf8(tokens.data(), tokens.size()) || HasForbidden(tokens);
  const size_t done = declined_ ? 0 : TakeTokens(tokens);
  if (kept) {
    tail_.erase(0, done);
  } else {
    tail_ = bytes.substr(done);
  }
  declined_ = declined_ || tail_.size() > kLongestTail;
  return Outcome();
}

Status XmlScanner::Finish() {
  declined_ = declined_ || !ended_ || !AllBlank(tail_);
  return Outcome();
}

// Tags and texts of a sheet are so short that a loop finds their end sooner than memchr does.
size_t XmlScanner::TakeTokens(std::string_view bytes) {
  size_t at = 0;
  for (;;) {
    size_t open = at;
    bool plain = true;
    for (; open < bytes.size() && bytes[open] != '<'; ++open)
      plain &= kPlainInText[static_cast<unsigned char>(bytes[open])];
    size_t close = open;
    while (close < bytes.size() && bytes[close] != '>') ++close;
    if (close == bytes.size()) return at;
    if (!TakeText(bytes.substr(at, open - at), plain) ||
        !TakeTag(bytes.substr(open + 1, close - open - 1))) {
      declined_ = true;
      return at;
    }
    if (!handler_.status()) return at;
    at = close + 1;
  }
}

bool XmlScanner::TakeText(std::string_view text, bool plain) {
  if (text.empty()) return true;
  if (opens_.empty()) {
    if (!begun_ && text.starts_with(kMark)) text.remove_prefix(kMark.size());
    begun_ = begun_ || !text.empty();  // a declaration must be the very first
    return AllBlank(text);
  }
  if (!plain) {
    if (text.find("]]>") != text.npos || !Decode(text, text_)) return false;
    text = text_;
  }
  handler_.Text(text);
  return true;
}

bool XmlScanner::TakeTag(std::string_view body) {
  const bool first = !begun_;
  begun_ = true;
  if (body.empty()) return false;
  if (body[0] == '/') return TakeEnd(body.substr(1));
  if (body[0] == '?') return first && IsKnownDeclaration(body);
  return !ended_ && IsLetter(body[0]) && TakeStart(body);
}

bool XmlScanner::TakeStart(std::string_view body) {
  const bool closed = body.back() == '/';
  if (closed) body.remove_suffix(1);
  const std::string_view name = body.substr(0, Span(body, kInName));
  std::string_view rest = body.substr(name.size());
  attributes_.clear();
  while (!rest.empty()) {
    if (!IsBlank(rest[0])) return false;
    SkipBlanks(rest);
    if (!rest.empty() && !TakeAttribute(rest)) return false;
  }
  handler_.Start(WithoutPrefix(name), XmlAttributes(attributes_));
  if (closed) {
    if (handler_.status()) handler_.End(WithoutPrefix(name));
    ended_ = opens_.empty();
    return true;
  }
  opens_.push_back(open_names_.size());
  open_names_.append(name);
  return true;
}

bool XmlScanner::TakeAttribute(std::string_view& rest) {
  const size_t name_end = Span(rest, kInName);
  const std::string_view name = rest.substr(0, name_end);
  if (name.empty() || !IsLetter(name[0]) || rest.size() < name_end + 3 || rest[name_end] != '=')
    return false;
  const char quote = rest[name_end + 1];
  if ((quote != '"' && quote != '\'') || attributes_.size() == kMostAttributes) return false;
  const size_t from = name_end + 2;
  size_t end = from;
  bool plain = true;
  for (; end < rest.size() && rest[end] != quote; ++end)
    plain &= kPlainInValue[static_cast<unsigned char>(rest[end])];
  if (end == rest.size()) return false;
  std::string_view value = rest.substr(from, end - from);
  rest.remove_prefix(end + 1);
  if (!plain) {
    std::string& decoded = values_[attributes_.size()];
    if (value.find_first_of("<\t\n\r") != value.npos || !Decode(value, decoded)) return false;
    value = decoded;
  }
  const bool twice = std::any_of(attributes_.begin(), attributes_.end(),
                                 [&](const XmlAttribute& other) { return other.name == name; });
  attributes_.push_back({name, value});
  return !twice;
}

bool XmlScanner::TakeEnd(std::string_view name) {
  while (!name.empty() && IsBlank(name.back())) name.remove_suffix(1);
  if (opens_.empty() || std::string_view(open_names_).substr(opens_.back()) != name) return false;
  handler_.End(WithoutPrefix(name));
  open_names_.resize(opens_.back());
  opens_.pop_back();
  ended_ = opens_.empty();
  return true;
}

}  // namespace tidewaiter::tables
