//===- ReadersTest.cpp - Readers against damage, and round trips ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"

#include "gaus/IO/Formats.h"
#include "gaus/IO/Writers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

constexpr const char *kGml = "graph [\n"
                             "  directed 1\n"
                             "  node [ id 3 label \"a b\" parameter 5 ]\n"
                             "  node [ id 1 ]\n"
                             "  edge [ source 1 target 3 parameter 0 ]\n"
                             "]\n";
constexpr const char *kAscii = "aag 3 2 0 1 1\n2\n4\n6\n6 4 2\ni0 x\n";
constexpr const char *kModel =
    "<M><Resource name=\"add\" limit=\"-1\" latency=\"0\"/>\n"
    "<Resource name=\"mem\" limit=\"2\" latency=\"3\" blockingTime=\"2\"/></M>";
constexpr const char *kGraphMl =
    "<graphml><graph>\n"
    "<node id=\"9\"><data key=\"uses_resource\">add</data></node>\n"
    "<node id=\"2\"><data key=\"name\">x</data>"
    "<data key=\"uses_resource\">mem</data></node>\n"
    "<edge source=\"2\" target=\"9\"><data key=\"delay\">1</data></edge>\n"
    "<edge source=\"9\" target=\"2\"><data key=\"distance\">4</data>"
    "<data key=\"deptype\">Precedence</data></edge>\n"
    "</graph></graphml>\n";
const std::string kBinary("aig 3 2 0 1 1\n6\n\x02\x02", 18);

TEST(Readers, Gml) {
  Outcome<Problem> p = readGml(kGml, 2);
  ASSERT_TRUE(p) << p.error().message;
  EXPECT_THAT(p->latency, ElementsAre(2, 2));
  EXPECT_THAT(p->width, ElementsAre(1, 5));
  EXPECT_THAT(p->source, ElementsAre(0));
  EXPECT_THAT(p->target, ElementsAre(1));
  EXPECT_THAT(p->weight, ElementsAre(0));
}

TEST(Readers, GraphMl) {
  Outcome<ResourceModel> model = readResourceModel(kModel);
  ASSERT_TRUE(model) << model.error().message;
  Outcome<Problem> p = readGraphMl(kGraphMl, *model);
  ASSERT_TRUE(p) << p.error().message;
  EXPECT_THAT(p->nodeName, ElementsAre("x", "9"));
  EXPECT_THAT(p->latency, ElementsAre(3, 0));
  EXPECT_THAT(p->occupancy, ElementsAre(2, 1));
  EXPECT_THAT(p->useResource, ElementsAre(1, 0));
  EXPECT_THAT(p->limit, ElementsAre(kUnlimited, 2));
  EXPECT_THAT(p->lag, ElementsAre(1, 0));
  EXPECT_THAT(p->distance, ElementsAre(0, 4));
  EXPECT_THAT(p->carries, ElementsAre(1, 0));
}

TEST(Readers, AigerBothWays) {
  Outcome<Problem> a = readAiger(kAscii, 1), b = readAiger(kBinary, 1);
  ASSERT_TRUE(a) << a.error().message;
  ASSERT_TRUE(b) << b.error().message;
  EXPECT_EQ(a->numNodes(), 3);
  EXPECT_EQ(a->source, b->source);
  EXPECT_EQ(a->target, b->target);
  EXPECT_EQ(a->nodeLabel(0), "x");
}

/// Whatever is cut off or changed, a reader answers with a problem that is
/// valid or a diagnostic, and nothing else happens.
template <class Reader> void damage(const std::string &text, Reader read) {
  auto good = [&](const std::string &bytes) {
    Outcome<Problem> p = read(bytes);
    if (p)
      EXPECT_FALSE(p->validate()) << bytes;
    else
      EXPECT_FALSE(p.error().message.empty());
    return bool(p);
  };
  EXPECT_TRUE(good(text));
  for (size_t cut = 0; cut < text.size(); ++cut)
    good(text.substr(0, cut));
  Random random(text.size());
  for (int32_t k = 0; k < 20000; ++k) {
    std::string bytes = text;
    for (int32_t h = random.in(1, 4); h-- > 0;) {
      size_t at = random.next() % bytes.size();
      switch (random.in(0, 3)) {
      case 0:
        bytes[at] = static_cast<char>(random.in(0, 255));
        break;
      case 1:
        bytes[at] = "0123456789[]{}-., \n"[random.in(0, 18)];
        break;
      case 2:
        bytes.erase(at, static_cast<size_t>(random.in(1, 4)));
        break;
      default:
        bytes.insert(at, bytes.substr(at, 8));
      }
      if (bytes.empty())
        bytes = "x";
    }
    good(bytes);
  }
}

TEST(Readers, DamagedGml) {
  damage(kGml, [](const std::string &s) { return readGml(s, 1); });
}

TEST(Readers, DamagedGraphMl) {
  Outcome<ResourceModel> model = readResourceModel(kModel);
  ASSERT_TRUE(model);
  damage(kGraphMl,
         [&](const std::string &s) { return readGraphMl(s, *model); });
  damage(kModel, [](const std::string &s) -> Outcome<Problem> {
    Outcome<ResourceModel> damaged = readResourceModel(s);
    if (!damaged)
      return damaged.error();
    Outcome<Problem> p = readGraphMl(kGraphMl, *damaged);
    // What the graph misses in the model is no fault of the model.
    return p ? p : Outcome<Problem>(Problem());
  });
}

TEST(Readers, NestingIsNoRecursion) {
  std::string deep;
  for (int k = 0; k < 300000; ++k)
    deep += "<a>";
  EXPECT_FALSE(readResourceModel(deep));
  for (int k = 0; k < 300000; ++k)
    deep += "</a>";
  EXPECT_FALSE(readResourceModel(deep));
}

TEST(Readers, DamagedAiger) {
  damage(kAscii, [](const std::string &s) { return readAiger(s, 1); });
  damage(kBinary, [](const std::string &s) { return readAiger(s, 1); });
}

TEST(Readers, DamagedJson) {
  Problem p = smallProblem(3, {});
  damage(toJson(p, {}),
         [](const std::string &s) { return readJson(s, std::nullopt); });
}

/// A file of another layout is told what a problem looks like.
/// A wrong value is named by its path and its line, as a wrong character is.
TEST(Readers, JsonErrorsNameTheLine) {
  auto check = [](const std::string &text, int64_t line,
                  const std::string &path) {
    Outcome<Problem> p = readJson(text, std::nullopt);
    ASSERT_FALSE(p) << text;
    EXPECT_EQ(p.error().line, line) << p.error().message;
    EXPECT_NE(p.error().message.find(path), std::string::npos)
        << p.error().message;
  };
  std::string edges = "\"src\": [],\n\"dst\": []";
  check("{\"latency\": [1,\n\n-1],\n" + edges + "}", 3, "'latency'[1]");
  check("{\n\"latency\": 5}", 2, "'latency'");
  check("{\"latency\": [1],\n" + edges + ",\n\"II\": \"]x,\\\"\"}", 4, "'II'");
  check("{\"name\": \"{\\\"latency\\\": [\",\n\"latency\": [1],\n" + edges +
            ",\n\"uses\": [\n[[0, 1],\n[0, -1]]]}",
        7, "'uses'[0][1]");
  check("{\"latency\": [1], " + edges +
            ",\n\n\"limits\": {\"1\": 2,\n\"0\": 0}}",
        5, "'limits'.'0'");
  check("{\"latency\": [1],\n\"latency\": [2]}", 2, "'latency'");
  check("{\"latency\": [1],\n\"\\u0073rc\":\n[7],\n\"dst\": [0]}", 3,
        "'src'[0]");
  check("[1,\n{}]", 1, "expected an object");
}

TEST(Readers, JsonOfAnotherLayout) {
  for (const char *text : {"[1, 2]", R"({"nodes": [{"id": 1}], "edges": []})",
                           R"({"latency": [1, 1], "edges": [[0, 1]]})"}) {
    Outcome<Problem> p = readJson(text, std::nullopt);
    ASSERT_FALSE(p);
    EXPECT_NE(p.error().message.find(
                  "a problem is an object of arrays: latency (by node), src"),
              std::string::npos)
        << p.error().message;
  }
}

TEST(Readers, HugeHeadersAreRefused) {
  Outcome<Problem> p = readAiger("aig 4000000000 4000000000 0 0 0\n", 1);
  ASSERT_FALSE(p);
  EXPECT_EQ(p.error().code, "io");
}

/// What a header promises is not believed before the bytes are there. The test
/// of memory is that of the tools: these would take gigabytes.
TEST(Readers, HeadersWithoutBytes) {
  for (const char *text :
       {"aig 67108864 67108864 0 0 0\n", "aig 67108864 0 0 0 67108864\n",
        "aig 67108864 67108862 0 2 2\n", "aag 67108864 67108864 0 0 0\n"}) {
    Outcome<Problem> p = readAiger(text, 1);
    ASSERT_FALSE(p) << text;
    EXPECT_EQ(p.error().code, "io");
    EXPECT_EQ(p.error().line > 0 ||
                  p.error().message.find("byte") != std::string::npos,
              true);
  }
  // Idle inputs are no fault; neither are variables that nothing defines.
  Outcome<Problem> idle = readAiger("aig 9 9 0 0 0\n", 1);
  ASSERT_TRUE(idle) << idle.error().message;
  EXPECT_EQ(idle->numNodes(), 9);
  Outcome<Problem> gaps =
      readAiger("aag 67108864 1 0 0 1\n134217728\n6 134217729 1\n", 1);
  ASSERT_TRUE(gaps) << gaps.error().message;
  EXPECT_EQ(gaps->numNodes(), 2);
  EXPECT_THAT(gaps->source, ElementsAre(1));
  EXPECT_THAT(gaps->target, ElementsAre(0));
}

TEST(Readers, KeysGivenTwice) {
  EXPECT_FALSE(readGml("graph [ node [ id 1 id 2 ] ]", 1));
  EXPECT_FALSE(readGml("graph [ node [ id 1 parameter 1 parameter 2 ] ]", 1));
  for (const char *text : {
           R"({"latency": [1], "latency": [2], "src": [], "dst": []})",
           R"({"latency": [1], "src": [], "dst": [],
               "limits": {"0": 1, "0": 2}})",
           R"({"latency": [1], "src": [], "dst": [],
               "limits": {"0": 1, " 0": 2}})",
       })
    EXPECT_FALSE(readJson(text, std::nullopt)) << text;
  EXPECT_FALSE(readResourceModel(
      "<M><Resource name='a' limit='1' limit='2' latency='1'/></M>"));
  Outcome<ResourceModel> model = readResourceModel(kModel);
  ASSERT_TRUE(model);
  EXPECT_FALSE(readGraphMl("<graphml><graph><node id='1' id='2'><data "
                           "key='uses_resource'>add</data></node></graph>"
                           "</graphml>",
                           *model));
  EXPECT_FALSE(readGraphMl("<graphml><key id='d' attr.name='distance'/>"
                           "<key id='d' attr.name='delay'/><graph/></graphml>",
                           *model));
}

/// A byte order mark, line ends of another kind, and none at the end.
TEST(Readers, TextsOfOtherEditors) {
  auto variants = [](std::string text, auto read) {
    Outcome<Problem> plain = read(text);
    ASSERT_TRUE(plain) << plain.error().message;
    std::string crlf;
    for (char c : text)
      crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
    std::string open = text.substr(0, text.find_last_not_of('\n') + 1);
    for (const std::string &other : {crlf, open, "\xef\xbb\xbf" + text}) {
      Outcome<Problem> p = read(other);
      ASSERT_TRUE(p) << p.error().message << other;
      EXPECT_EQ(toJson(*p, {}), toJson(*plain, {}));
    }
    // A zero byte ends no text.
    EXPECT_FALSE(read(text + std::string("\0x", 2)));
    EXPECT_FALSE(read(std::string(1, '\0') + text));
  };
  variants(kGml, [](const std::string &s) { return readGml(s, 1); });
  variants(toJson(smallProblem(3, {}), {}),
           [](const std::string &s) { return readJson(s, std::nullopt); });
  Outcome<ResourceModel> model = readResourceModel(kModel);
  ASSERT_TRUE(model);
  variants(kGraphMl,
           [&](const std::string &s) { return readGraphMl(s, *model); });
  // AIGER's comments may hold anything; its first bytes are fixed.
  EXPECT_TRUE(readAiger("aag 1 1 0 0 0\r\n2", 1));
}

TEST(Readers, NumbersThatAreNone) {
  for (const char *text : {"nan", "inf", "-inf", "1e400", "9223372036854775808",
                           "1e16", "0x10", "1.5", "1,5", "--1"})
    EXPECT_FALSE(readGml("graph [ node [ id " + std::string(text) + " ] ]", 1))
        << text;
  for (const char *text : {"NaN", "Infinity", "1e400", "9223372036854775808",
                           "18446744073709551616", "1.0", "true", "null"})
    EXPECT_FALSE(readJson("{\"latency\": [" + std::string(text) +
                              "], \"src\": [], \"dst\": []}",
                          std::nullopt))
        << text;
  // 2^53 + 1 is an integer that no double holds.
  Outcome<Problem> exact =
      readGml("graph [ node [ id 1 parameter 9007199254740993 ] ]", 1);
  ASSERT_TRUE(exact) << exact.error().message;
  EXPECT_THAT(exact->width, ElementsAre(9007199254740993));
}

/// Nested a million deep, read without a stack; messages stay short.
TEST(Readers, DeepAndLongTexts) {
  std::string brackets(1000000, '[');
  EXPECT_FALSE(readJson(brackets, std::nullopt));
  EXPECT_FALSE(readJson("{\"latency\":" + brackets + std::string(1000000, ']') +
                            ",\"src\":[],\"dst\":[]}",
                        std::nullopt));
  EXPECT_FALSE(readGml("graph [ x " + brackets, 1));
  EXPECT_TRUE(readGml("graph [ x " + brackets + std::string(1000001, ']'), 1));
  Outcome<Problem> longWord =
      readGml("graph [ node [ id " + std::string(1000000, 'x') + " ] ]", 1);
  ASSERT_FALSE(longWord);
  EXPECT_LT(longWord.error().message.size(), 200U);
}

TEST(Readers, JsonRoundTrip) {
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SmallShape shape;
    shape.pipelined = seed % 2;
    shape.clocked = seed % 3 == 0;
    Problem p = smallProblem(seed, shape);
    p.length = 17;
    Random random(seed);
    if (seed % 2)
      addInterface(p, random);
    Starts starts(p.numNodes(), 4), read;
    Outcome<Problem> q = readJson(toJson(p, starts), std::nullopt, &read);
    ASSERT_TRUE(q) << q.error().message;
    EXPECT_EQ(read, starts);
    EXPECT_EQ(toJson(*q, read), toJson(p, starts)) << "seed " << seed;
    EXPECT_EQ(q->length, 17);
    EXPECT_EQ(q->interface.width, p.interface.width);
    EXPECT_EQ(q->interface.user, p.interface.user);
    EXPECT_EQ(q->interface.leaves, p.interface.leaves);
    EXPECT_EQ(q->ii, p.ii);
    EXPECT_EQ(q->clock, p.clock);
    EXPECT_EQ(q->limit, p.limit);
    EXPECT_EQ(q->lag, p.lag);
    EXPECT_EQ(q->carries, p.carries);
    EXPECT_EQ(q->occupancy, p.occupancy);
    EXPECT_EQ(q->earliest, p.earliest);
    EXPECT_EQ(q->delayOut, p.delayOut);
  }
}

TEST(Readers, Files) {
  Outcome<Problem> none = readProblem("/nonexistent/x.gml", std::nullopt);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().message, HasSubstr("/nonexistent/x.gml"));
  Outcome<Problem> kind = readProblem("x.docx", std::nullopt);
  ASSERT_FALSE(kind);
  EXPECT_EQ(fileStem("a/b.c/ctrl.aig"), "ctrl");
}

TEST(Writers, LifetimesAndCsv) {
  Problem p;
  p.addNode("a", 2, 8);
  p.addNode("b", 1, 4);
  p.addNode("c", 1, 0);
  p.addEdge(0, 1);
  p.addEdge(0, 2);
  Starts s{0, 2, 5};
  EXPECT_EQ(toCsv(s), "node,start\n0,0\n1,2\n2,5\n");
  EXPECT_EQ(toMinimalloc(p, s), "id,lower,upper,size\n0,1,5,8\n");
}

} // namespace
