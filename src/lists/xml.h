// XML lists, record by record: the file is streamed, and only one record at a time stands in memory
// as a tree. A document type declaration is refused, so there are no entities to expand and nothing
// outside to fetch.
#ifndef TIDEWAITER_LISTS_XML_H_
#define TIDEWAITER_LISTS_XML_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tidewaiter::lists {

struct XmlNode {
  std::string name;  // without namespace prefix
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  // of the element itself, without blanks at the ends
  std::vector<XmlNode> children;
  uint64_t line = 0;

  const XmlNode* Find(std::string_view child) const;    // the first child of that name, or nullptr
  std::string_view Text(std::string_view child) const;  // its text, "" when absent
  std::string_view Attribute(std::string_view key) const;  // "" when absent
};

struct XmlHandler {
  // The elements that are handed over whole; they do not nest.
  std::vector<std::string> records;
  std::function<Status(const XmlNode& record)> on_record;
  // Start of any element above the records, without children; may be empty.
  std::function<Status(const XmlNode& start)> on_start;
};

// Fails with file and line on XML that is cut off or not well-formed, deeper than 50 levels, or
// with a record above 4 MB, and with what a handler returns.
Status StreamXml(std::string_view bytes, const std::string& file, const XmlHandler& handler);

// The name of the first element, without namespace prefix; "" when there is none in the first 64
// kB.
std::string RootElement(std::string_view bytes);

}  // namespace tidewaiter::lists

#endif  // TIDEWAITER_LISTS_XML_H_
