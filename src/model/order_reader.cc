#include "model/order_reader.h"

#include <vector>

#include "base/yaml.h"
#include "model/country.h"

namespace tidewaiter {

Status OrderReader::File(uint64_t allowed, Keys known) {
  if (!json_.is_object()) return Problem("must be an object");
  for (const JsonView member : json_) {
    const auto key = kKeyTable.Find(member.key());
    if (!key || (allowed >> static_cast<unsigned>(*key) & 1) == 0)
      return UnknownKey(member.key(), known);
    members_[static_cast<size_t>(*key)] = member;
  }
  return {};
}

Status OrderReader::OpenWithMore(Keys known) {
  if (!json_.is_object()) return Problem("must be an object");
  for (const JsonView member : json_) {
    for (const Key key : known) {
      if (ToString(key) == member.key()) members_[static_cast<size_t>(key)] = member;
    }
  }
  return {};
}

Error OrderReader::UnknownKey(std::string_view key, Keys known) const {
  std::vector<std::string> words;
  for (const Key each : known) words.emplace_back(ToString(each));
  const std::string near = NearestWord(std::string(key), words);
  std::string message = "unknown key";
  if (!near.empty()) message += "; did you mean '" + near + "'?";
  return ProblemAt(key, std::move(message));
}

Error OrderReader::Problem(std::string message, Key key, std::string_view member) const {
  return ProblemAt(std::string(ToString(key)).append(".").append(member), std::move(message));
}

Error OrderReader::ProblemAt(std::string_view key, std::string message) const {
  return BadInput(std::move(message), {}, 0, PlaceOf(key));
}

std::string OrderReader::PlaceOf(std::string_view key) const {
  std::string place = parent_ == nullptr ? std::string() : parent_->PlaceOf(ToString(key_));
  if (index_) place += "[" + std::to_string(*index_) + "]";
  if (key.empty()) return place.empty() ? "order" : place;
  return place.empty() ? std::string(key) : place + "." + std::string(key);
}

Status OrderReader::Number(Key key, std::optional<double>& out) const {
  const JsonView value = Find(key);
  if (value.is_null()) return {};
  if (!value.is_number()) return Problem("must be a number", key);
  out = value.as_number();
  return {};
}

Status OrderReader::Integer(Key key, int64_t& out) const {
  const JsonView value = Find(key);
  if (value.is_null()) return {};
  if (!value.is_integer()) return Problem("must be a whole number", key);
  out = value.as_integer();
  return {};
}

Status OrderReader::Country(Key key, std::string& out) const {
  std::string_view text;
  TW_RETURN_IF_ERROR(Text(key, text));
  if (text.empty()) return {};
  if (IsCountryCode(text)) {
    out = text;
    return {};
  }
  auto code = ParseCountry(text);
  if (!code)
    return Problem("'" + std::string(text) + "' is no country; use an ISO 3166 code such as CN",
                   key);
  out = std::move(*code);
  return {};
}

}  // namespace tidewaiter
