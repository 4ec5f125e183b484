#include "lists/registry.h"

#include <algorithm>
#include <span>

#include "lists/bis_dpl/mapper.h"
#include "lists/bis_dpl/reader.h"
#include "lists/csl_csv/mapper.h"
#include "lists/csl_csv/reader.h"
#include "lists/delimited.h"
#include "lists/ofac_csv/mapper.h"
#include "lists/ofac_csv/reader.h"
#include "lists/ofac_xml/mapper.h"
#include "lists/un_xml/mapper.h"

namespace tidewaiter::lists {
namespace {

struct Format {
  std::string_view name;
  std::string_view title;
  // Which file of the format these bytes are, "" when they are not of it.
  std::string_view (*part)(std::string_view bytes);
  Result<ParsedList> (*parse)(std::span<const SourceFile> files);
};

constexpr Format kFormats[] = {
    {"ofac_csv", "OFAC CSV", ofac_csv::Part, ofac_csv::Parse},
    {"csl_csv", "US Consolidated Screening List CSV", csl_csv::Part, csl_csv::Parse},
    {"un_xml", "UN consolidated XML", un_xml::Part, un_xml::Parse},
    {"ofac_xml", "OFAC XML", ofac_xml::Part, ofac_xml::Parse},
    {"bis_dpl", "BIS denied persons text", bis_dpl::Part, bis_dpl::Parse},
};

const Format* FormatOf(SourceFile& file) {
  for (const auto& format : kFormats) {
    file.part = format.part(file.bytes);
    if (!file.part.empty()) return &format;
  }
  return nullptr;
}

Error Unknown(const SourceFile& file) {
  if (Trim(file.bytes).empty()) return BadInput("the file is empty; fetch it again", file.name, 1);
  std::string start = ToUtf8(file.bytes.substr(0, 40));
  std::replace_if(
      start.begin(), start.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return BadInput(
      "no list format that is known begins with '" + start + "'; known are " + KnownFormats(),
      file.name, 1);
}

}  // namespace

std::string KnownFormats() {
  std::string out;
  for (const auto& format : kFormats) {
    if (!out.empty()) out += ", ";
    out += format.title;
  }
  return out;
}

Result<std::vector<FileGroup>> Arrange(std::vector<SourceFile> files) {
  std::vector<FileGroup> groups;
  std::vector<SourceFile> ofac;
  for (auto& file : files) {
    const Format* format = FormatOf(file);
    if (format == nullptr) return Unknown(file);
    if (format->name == "ofac_csv") {
      ofac.push_back(std::move(file));
    } else {
      groups.push_back({std::string(format->name), {}});
      groups.back().files.push_back(std::move(file));
    }
  }
  TW_ASSIGN_OR_RETURN(auto together, ofac_csv::Arrange(std::move(ofac)));
  for (auto& group : together) groups.push_back({"ofac_csv", std::move(group)});
  return groups;
}

Result<ParsedList> Parse(const FileGroup& group) {
  for (const auto& format : kFormats) {
    if (format.name == group.format) return format.parse(group.files);
  }
  return BadInput("the format '" + group.format + "' is not known to this program");
}

}  // namespace tidewaiter::lists
