//===- Html.cpp - Reports as pages ----------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The page of share/gaus/report/ with the JSON report in it. What the page
/// shows and how is written there alone.
///
//===----------------------------------------------------------------------===//

#include "Writers/Page.h"
#include "Writers/Parts.h"

using namespace gaus;
using namespace gaus::io;

/// Text of an element or an attribute.
static std::string escaped(const std::string &text) {
  std::string out;
  for (char c : text)
    out += c == '<'   ? std::string("&lt;")
           : c == '>' ? std::string("&gt;")
           : c == '&' ? std::string("&amp;")
           : c == '"' ? std::string("&quot;")
                      : std::string(1, c);
  return out;
}

/// JSON within a script element: nothing in it may end the element or begin a
/// comment, and in JSON these three only stand in strings.
static std::string withinScript(const std::string &json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (char c : json)
    out += c == '<'   ? std::string("\\u003c")
           : c == '>' ? std::string("\\u003e")
           : c == '&' ? std::string("\\u0026")
                      : std::string(1, c);
  return out;
}

/// The page's template with every `@NAME@` replaced; what is put in is not
/// looked at again.
static std::string
filled(std::string_view page,
       std::initializer_list<std::pair<std::string_view, std::string_view>>
           values) {
  std::string out;
  for (size_t at = 0; at < page.size();) {
    size_t next = page.size();
    const std::pair<std::string_view, std::string_view> *found = nullptr;
    for (const auto &value : values)
      if (size_t where = page.find(value.first, at); where < next) {
        next = where;
        found = &value;
      }
    out += page.substr(at, next - at);
    at = next;
    if (!found)
      continue;
    out += found->second;
    at += found->first.size();
  }
  return out;
}

std::string gaus::reportHtml(const ReportedProgram &program) {
  std::string title = "Schedule";
  if (!program.parts.empty() && !program.parts[0].rows.empty())
    title += " of " + program.parts[0].rows[0].name;
  else if (!program.scopes.empty() && !program.scopes[0].facts.scope.empty())
    title += " of " + program.scopes[0].facts.scope;
  return filled(pageText(), {{"@TITLE@", escaped(title)},
                             {"@STYLE@", pageStyle()},
                             {"@SCRIPT@", pageScript()},
                             {"@DATA@", withinScript(embeddedJson(program))}});
}

std::string gaus::reportHtml(Reported scopes) {
  return reportHtml(ReportedProgram{{scopes.begin(), scopes.end()}, {}, {}});
}
