//===- Progress.cpp - What people see of a search -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Progress.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace gaus;
using namespace gaus::tools;

static std::string gapText(int64_t cost, int64_t bound) {
  char text[32];
  double gap = cost > 0 ? 100.0 * double(cost - bound) / double(cost) : 0.0;
  std::snprintf(text, sizeof(text), "gap %.1f%%", gap);
  return text;
}

/// "cost 196, bound 44, gap 77.6%".
static std::string costText(int64_t cost, int64_t bound) {
  return "cost " + std::to_string(cost) + ", bound " + std::to_string(bound) +
         ", " + gapText(cost, bound);
}

static std::string reachedText(const Reached &r) {
  std::string out(r.part);
  out += " " + std::to_string(r.begun) + "/" + std::to_string(r.parts);
  if (r.ii > 0)
    out += ", II " + std::to_string(r.ii);
  return out + ", " +
         (r.starts.empty() ? "no schedule yet" : costText(r.cost, r.bound));
}

/// "length 13, II 11 (smallest), latency 13 (least)".
static std::string solutionText(const Solution &s, Objective objective) {
  std::string out = "length " + std::to_string(s.cost.length);
  if (s.ii > 0)
    out += ", II " + std::to_string(s.ii);
  if (s.iiProof != IIProof::None)
    out += s.iiProof == IIProof::Undecided ? " (less is undecided)"
                                           : " (smallest)";
  out += ", " + std::string(toString(objective)) + " " +
         std::to_string(s.value) + " ";
  out += s.value == s.bound ? "(least)"
                            : "(at least " + std::to_string(s.bound) + ", " +
                                  gapText(s.value, s.bound) + ")";
  return s.cut == Cut::None
             ? out
             : out + ", cut by the " +
                   (s.cut == Cut::TimeLimit ? "time limit" : "signal");
}

Progress::Progress(ProgressKind asked) : kind(asked) {
  if (kind != ProgressKind::Auto)
    return;
  kind = isatty(STDERR_FILENO) ? ProgressKind::Line : ProgressKind::None;
  patience = std::chrono::milliseconds(300);
}

Progress::~Progress() {
  {
    std::lock_guard guard(lock);
    ending = true;
  }
  end.notify_all();
  if (ticker.joinable())
    ticker.join();
}

Observer Progress::begins(std::string name) {
  if (!wanted())
    return nullptr;
  std::lock_guard guard(lock);
  begun = Clock::now();
  ++active;
  title = name;
  facts.clear();
  if (kind == ProgressKind::Line && !ticker.joinable())
    ticker = std::thread([this] { tick(); });
  if (kind == ProgressKind::Summary)
    return nullptr;
  return [this, name = std::move(name)](const Reached &reached) {
    note(name, reached);
  };
}

void Progress::note(const std::string &name, const Reached &r) {
  std::lock_guard guard(lock);
  if (kind == ProgressKind::Line) {
    title = name;
    facts = reachedText(r);
    draw();
    return;
  }
  nlohmann::json line = {{"scope", name},
                         {"objective", std::string(toString(r.objective))},
                         {"part", std::string(r.part)},
                         {"begun", r.begun},
                         {"parts", r.parts},
                         {"bound", r.bound}};
  if (!r.starts.empty())
    line["cost"] = r.cost;
  if (r.ii > 0)
    line["ii"] = r.ii;
  if (r.length > 0)
    line["length"] = r.length;
  std::chrono::duration<double> seconds = Clock::now() - begun;
  line["seconds"] = seconds.count();
  std::string whole =
      line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::fprintf(stderr, "%s\n", whole.c_str());
}

/// The time goes on while nothing is reached.
void Progress::tick() {
  std::unique_lock guard(lock);
  while (!end.wait_for(guard, std::chrono::milliseconds(200),
                       [this] { return ending; }))
    draw();
}

void Progress::draw() {
  Clock::duration past = Clock::now() - begun;
  if (active == 0 || past < patience)
    return;
  winsize size{};
  size_t columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col
                       ? size.ws_col
                       : 80;
  using std::chrono::seconds;
  auto spent = std::chrono::duration_cast<seconds>(past).count();
  std::string said =
      facts + (facts.empty() ? "" : ", ") + std::to_string(spent) + " s";
  // Of a long name the end is left out, not what is reached.
  std::string name = title;
  size_t room = std::max<size_t>(columns, said.size() + 13) - said.size() - 3;
  if (name.size() > room)
    name = name.substr(0, room - 3) + "...";
  std::string whole = (name + ": " + said).substr(0, columns - 1);
  std::fprintf(stderr, "\r\033[K%s", whole.c_str());
  std::fflush(stderr);
  shown = true;
}

void Progress::clear() {
  std::lock_guard guard(lock);
  active = std::max(0, active - 1);
  if (shown)
    std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  shown = false;
}

void Progress::ends(const std::string &name, const Solution *solution,
                    Objective objective) {
  if (!wanted())
    return;
  clear();
  if (!solution || kind == ProgressKind::Json)
    return;
  std::fprintf(stderr, "%s: %s\n", name.c_str(),
               solutionText(*solution, objective).c_str());
}
