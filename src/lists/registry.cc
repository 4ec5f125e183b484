#include "lists/registry.h"

#include <algorithm>
#include <span>

#include "lists/bis_dpl/mapper.h"
#include "lists/bis_dpl/reader.h"
#include "lists/csl_csv/mapper.h"
#include "lists/csl_csv/reader.h"
#include "lists/delimited.h"
#include "lists/eu_fsf/mapper.h"
#include "lists/ftm/mapper.h"
#include "lists/ofac_csv/mapper.h"
#include "lists/ofac_csv/reader.h"
#include "lists/ofac_enhanced/mapper.h"
#include "lists/ofac_xml/mapper.h"
#include "lists/plain_csv/mapper.h"
#include "lists/uk_sl/mapper.h"
#include "lists/uk_sl/reader.h"
#include "lists/un_xml/mapper.h"
#include "lists/us_sources/mapper.h"

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
    {"ofac_enhanced", "OFAC enhanced XML", ofac_enhanced::Part, ofac_enhanced::Parse},
    {"eu_fsf", "EU consolidated XML", eu_fsf::Part, eu_fsf::Parse},
    {"uk_sl", "UK sanctions list CSV", uk_sl::Part, uk_sl::Parse},
    {"us_sources", "source files of the US Consolidated Screening List", us_sources::Part,
     us_sources::Parse},
    {"ftm", "FollowTheMoney JSON lines", ftm::Part, ftm::Parse},
    {"bis_dpl", "BIS denied persons text", bis_dpl::Part, bis_dpl::Parse},
    {"plain_csv", "any CSV with --map", plain_csv::Part, plain_csv::Parse},
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

Result<std::vector<FileGroup>> WithMapping(std::vector<SourceFile> files, SourceFile mapping) {
  mapping.part = "mapping";
  std::vector<FileGroup> groups;
  for (auto& file : files) {
    if (Trim(file.bytes).empty())
      return BadInput("the file is empty; fetch it again", file.name, 1);
    file.part = "list";
    groups.push_back({"plain_csv", {}});
    groups.back().files.push_back(std::move(file));
    groups.back().files.push_back(mapping);
  }
  return groups;
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

Result<std::vector<FileGroup>> Arrange(std::vector<SourceFile> files,
                                       const ArrangeOptions& options) {
  if (options.mapping) return WithMapping(std::move(files), *options.mapping);
  std::vector<FileGroup> groups;
  std::vector<SourceFile> ofac;
  bool named = false;
  for (auto& file : files) {
    const Format* format = FormatOf(file);
    if (format == nullptr) return Unknown(file);
    if (format->name == "ofac_csv") {
      ofac.push_back(std::move(file));
      continue;
    }
    groups.push_back({std::string(format->name), {}});
    groups.back().files.push_back(std::move(file));
    if (format->name == "ftm" && !options.list.empty()) {
      groups.back().files.push_back({"--list", options.list, "name"});
      named = true;
    }
  }
  if (!options.list.empty() && !named)
    return UsageError("--list names FollowTheMoney files only; the others say which list they are");
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

Result<ParsedList> Parse(const FileGroup& group, const PartySink& sink) {
  if (group.format == "plain_csv") return plain_csv::Parse(group.files, sink);
  TW_ASSIGN_OR_RETURN(ParsedList list, Parse(group));
  for (const ListedParty& party : list.parties) sink(party);
  std::vector<ListedParty>().swap(list.parties);
  return list;
}

}  // namespace tidewaiter::lists
