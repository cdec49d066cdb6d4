//===- Streams.cpp - Accesses that move with the iterations ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/Streams.h"

#include "Scopes/Kinds.h"

#include "gaus/Dialect/FollowsFrom.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <algorithm>
#include <numeric>

using namespace mlir;
using namespace gaus::ir;

static bool isOutside(const Scope &scope, Value v) {
  Operation *around = v.getParentRegion()->getParentOp();
  if (scope.hasConditions())
    return !scope.carrier->isAncestor(around);
  return !llvm::is_contained(scope.blocks, v.getParentBlock()) &&
         !scope.carrier->isAncestor(around);
}

bool gaus::ir::isInvariant(const Scope &scope, Value v) {
  return followsFrom(
      v, [&](Value u) { return isOutside(scope, u); },
      [](BlockArgument) { return false; });
}

bool CarriedConflicts::add(int32_t from, int32_t to, int64_t distance) {
  distance = std::min<int64_t>(distance, gaus::kMaxCycle);
  auto [entry, fresh] = carried.try_emplace({from, to}, distance);
  entry->second = std::min(entry->second, distance);
  return fresh;
}

void CarriedConflicts::addTo(const Scope &scope, gaus::Problem &problem) const {
  for (auto [ends, distance] : carried)
    problem.addEdge(ends.first, ends.second, static_cast<int32_t>(distance),
                    orderLag(scope, ends.first), 0, /*carriesValue=*/false);
}

bool Stream::addSubscript(int64_t factor, int64_t step, int64_t constant) {
  constexpr int64_t most = int64_t(1) << 30;
  if (std::max({std::abs(factor), std::abs(step), std::abs(constant)}) > most)
    return false;
  int64_t grows = factor * step;
  group.add(grows);
  if (stays && grows != 0) {
    int64_t rest = constant - llvm::divideFloorSigned(constant, grows) * grows;
    ahead = (constant - rest) / grows;
    stays = false;
    element.push_back(rest);
  } else {
    element.push_back(constant - grows * ahead);
  }
  return true;
}

Streams::Streams(const Scope &s, LlvmMemory &m) : scope(s), memory(m) {
  if (auto loop = dyn_cast<affine::AffineForOp>(scope.carrier)) {
    variable = loop.getInductionVar();
    step = loop.getStepAsInt();
    if (loop.hasConstantLowerBound())
      begin = loop.getConstantLowerBound();
  } else if (auto loop = dyn_cast<scf::ForOp>(scope.carrier)) {
    std::optional<APInt> by = loop.getConstantStep();
    if (by && by->getSignificantBits() <= 31 && by->isStrictlyPositive() &&
        isa<IndexType>(loop.getInductionVar().getType())) {
      variable = loop.getInductionVar();
      step = by->getSExtValue();
      begin = getConstantIntValue(loop.getLowerBound());
    }
  } else if (scope.isLoop && scope.carrier->hasTrait<OpTrait::IsTerminator>()) {
    byNumber = true;
    step = 1;
    begin = 0;
  }
}

bool Streams::isFixed(Value v) {
  auto [entry, fresh] = fixed.try_emplace(v);
  if (fresh)
    entry->second = isInvariant(scope, v);
  return entry->second;
}

std::optional<Stream> Streams::make(const MemoryAccess &a) {
  bool moves = variable || byNumber;
  const Subscripts *at = moves && a.address && isInvariant(scope, a.address)
                             ? elements.of(a)
                             : nullptr;
  if (!at)
    return std::nullopt;
  Stream stream;
  stream.group.add(a.address.getAsOpaquePointer());
  stream.symbols.add(a.address.getAsOpaquePointer());
  for (LinearForm sum : at->sums) {
    if (byNumber) {
      sum = memory.resolve(sum);
      sum.sort();
    }
    auto grows = static_cast<int64_t>(sum.stride);
    for (const LinearForm::Term &t : sum.terms) {
      if (t.value == variable)
        grows += static_cast<int64_t>(t.factor);
      else if (isFixed(t.value)) {
        stream.group.add(t);
        stream.symbols.add(t);
      } else
        return std::nullopt;
    }
    // A pointer is never 1.
    stream.group.add(int64_t(1));
    auto constant = static_cast<int64_t>(sum.constant);
    stream.moves.push_back({grows, constant});
    stream.symbols.add(int64_t(1));
    if (!stream.addSubscript(grows, step, constant))
      return std::nullopt;
  }
  return stream;
}

const Stream *Streams::ofElement(const MemoryAccess &a) {
  auto [entry, fresh] = known.try_emplace(a.op);
  if (fresh)
    if (std::optional<Stream> stream = make(a))
      entry->second = std::make_unique<Stream>(std::move(*stream));
  return entry->second.get();
}

/// What an access says of its memory beside the address.
static void addTags(GroupKey &key, const MemoryAccess &a) {
  for (llvm::StringRef name :
       {"tbaa", "alias_scopes", "noalias_scopes", "invariant"})
    key.add(a.op->getAttr(name).getAsOpaquePointer());
}

std::optional<Stream> Streams::ofLlvm(const NodeAccess &a) {
  std::optional<LlvmMemory::Place> place =
      a.address ? memory.place(a) : std::nullopt;
  if (!place)
    return std::nullopt;
  auto stride = static_cast<int64_t>(place->form.stride);
  auto constant = static_cast<int64_t>(place->form.constant);
  if (stride % place->size != 0)
    return std::nullopt;
  int64_t at = llvm::divideFloorSigned(constant, place->size);
  Stream stream;
  stream.group.add(place->base.getAsOpaquePointer());
  stream.group.add(place->size);
  stream.group.add(constant - at * place->size);
  addTags(stream.group, a);
  for (const LinearForm::Term &t : place->form.terms)
    stream.group.add(t);
  if (!stream.addSubscript(stride / place->size, 1, at))
    return std::nullopt;
  return stream;
}

std::optional<Stream> Streams::of(const NodeAccess &a) {
  const Stream *stream = ofElement(a);
  return stream ? *stream : ofLlvm(a);
}

std::optional<int64_t> Streams::iterations() {
  if (!trips) {
    trips = constantTrips(scope.carrier);
    if (!*trips)
      trips = memory.trips();
  }
  return *trips;
}

/// Whether the loop has iterations that are so far apart.
bool Streams::isWithin(int64_t distance) {
  std::optional<int64_t> all = iterations();
  return distance > 0 && (!all || distance < *all);
}

/// By how much the element of `b` is behind that of `a`, in each dimension.
std::optional<llvm::SmallVector<Gap, 2>> Streams::gaps(const MemoryAccess &a,
                                                       const MemoryAccess &b) {
  const Stream *from = ofElement(a), *to = ofElement(b);
  if (!exactSteps || !from || !to || from->symbols != to->symbols)
    return std::nullopt;
  llvm::SmallVector<Gap, 2> all;
  for (auto [x, y] : llvm::zip_equal(from->moves, to->moves)) {
    int64_t slope = (y.factor - x.factor) * step;
    // Where the variable begins matters if the two do not move alike.
    if (slope != 0 && !begin)
      return std::nullopt;
    all.push_back(
        {y.constant - x.constant + (y.factor - x.factor) * begin.value_or(0),
         y.factor * step, slope});
  }
  return all;
}

bool Streams::apartNow(const MemoryAccess &a, const MemoryAccess &b) {
  auto all = gaps(a, b);
  if (!all)
    return false;
  FirstMeeting first = firstMeeting(*all, 0, iterations());
  return first.isKnown && first.distance != 0;
}

std::optional<int64_t> Streams::distance(const MemoryAccess &a,
                                         const MemoryAccess &b) {
  const Stream *from = ofElement(a), *to = ofElement(b);
  if (!from || !to)
    return std::nullopt;
  if (from->group != to->group) {
    auto all = gaps(a, b);
    FirstMeeting first =
        all ? firstMeeting(*all, 1, iterations()) : FirstMeeting();
    return first.isKnown ? std::optional(first.distance.value_or(0))
                         : std::nullopt;
  }
  if (from->element != to->element)
    return 0;
  if (from->stays)
    return 1;
  int64_t distance = from->ahead - to->ahead;
  return isWithin(distance) ? distance : 0;
}

/// The accesses of one element, in the order in which it is met: those that
/// are further ahead first, in an iteration as in the program. An access
/// depends on the last write before, a write on the reads since it: all other
/// dependences follow.
void Streams::addSequence(llvm::ArrayRef<const Streamed *> met, bool stays,
                          CarriedConflicts &carried) {
  struct Place {
    const NodeAccess *access;
    int64_t ahead;
  };
  llvm::SmallVector<Place> places;
  // What stays in its place is met again in the next iteration.
  for (int64_t round : {0, -1})
    if (stays || round == 0)
      for (const Streamed *s : met)
        places.push_back({s->access, stays ? round : s->stream.ahead});
  std::optional<Place> write;
  llvm::SmallVector<Place> reads;
  auto add = [&](const Place &from, const Place &to) {
    int64_t distance = from.ahead - to.ahead;
    if (isWithin(distance))
      carried.add(from.access->node, to.access->node, distance);
  };
  for (const Place &place : places) {
    if (write)
      add(*write, place);
    if (place.access->writes) {
      for (const Place &read : reads)
        add(read, place);
      reads.clear();
      write = place;
    } else {
      reads.push_back(place);
    }
  }
}

void Streams::connect(std::vector<Streamed> &streamed,
                      CarriedConflicts &carried) {
  llvm::stable_sort(streamed, [](const Streamed &a, const Streamed &b) {
    return std::tie(a.stream.element, b.stream.ahead) <
           std::tie(b.stream.element, a.stream.ahead);
  });
  for (size_t begin = 0, end = 0; begin < streamed.size(); begin = end) {
    llvm::SmallVector<const Streamed *> met;
    for (; end < streamed.size() &&
           streamed[end].stream.element == streamed[begin].stream.element;
         ++end)
      met.push_back(&streamed[end]);
    addSequence(met, streamed[begin].stream.stays, carried);
  }
}

/// Appends in the order of the program, which is that of the accesses.
static void append(std::vector<Streamed> &to, const std::vector<Streamed> &of) {
  auto middle = static_cast<ptrdiff_t>(to.size());
  to.insert(to.end(), of.begin(), of.end());
  std::inplace_merge(
      to.begin(), to.begin() + middle, to.end(),
      [](const Streamed &a, const Streamed &b) { return a.access < b.access; });
}

/// Each two kinds that may meet. Where these are too many, all meet, so that
/// the work stays near linear.
void Streams::connectTagged(std::vector<std::vector<Streamed>> &kinds,
                            CarriedConflicts &carried) {
  constexpr size_t mostKinds = 512, mostTimes = 64;
  std::vector<Streamed> all;
  for (const std::vector<Streamed> &kind : kinds)
    append(all, kind);
  if (kinds.size() > mostKinds)
    return connect(all, carried);
  std::vector<std::pair<size_t, size_t>> meeting;
  size_t work = 0;
  for (size_t i = 0; i < kinds.size(); ++i)
    for (size_t j = i; j < kinds.size(); ++j)
      if (!memory.apartByTags(*kinds[i].front().access,
                              *kinds[j].front().access)) {
        meeting.push_back({i, j});
        work += kinds[i].size() + kinds[j].size();
      }
  if (work > mostTimes * all.size())
    return connect(all, carried);
  for (auto [i, j] : meeting) {
    std::vector<Streamed> both = kinds[i];
    if (i != j)
      append(both, kinds[j]);
    connect(both, carried);
  }
}

void Streams::connectPlaces(const std::vector<Placed> &group, int64_t number,
                            std::vector<std::pair<size_t, int64_t>> &groupOf,
                            CarriedConflicts &carried) {
  constexpr int64_t mostUnits = 256;
  auto stride = static_cast<int64_t>(group.front().place.form.stride);
  uint64_t first = group.front().place.form.constant;
  auto from = [&](const Placed &p) {
    return static_cast<int64_t>(p.place.form.constant - first);
  };
  auto unit = static_cast<uint64_t>(std::abs(stride));
  for (const Placed &p : group) {
    unit = std::gcd(unit, static_cast<uint64_t>(p.place.size));
    unit = std::gcd(unit, static_cast<uint64_t>(std::abs(from(p))));
  }
  auto by = static_cast<int64_t>(unit);
  std::map<GroupKey, size_t> kindOf;
  std::vector<std::vector<Streamed>> kinds;
  for (const Placed &p : group) {
    GroupKey tags;
    addTags(tags, *p.access);
    auto [kind, fresh] = kindOf.try_emplace(tags, kinds.size());
    if (fresh)
      kinds.emplace_back();
    std::vector<Streamed> &streamed = kinds[kind->second];
    size_t before = streamed.size();
    bool fits = p.place.size / by <= mostUnits;
    for (int64_t k = 0; fits && k < p.place.size / by; ++k) {
      Stream stream;
      fits = stream.addSubscript(stride / by, 1, from(p) / by + k);
      streamed.push_back({p.access, std::move(stream)});
    }
    if (fits)
      groupOf.push_back({p.number, number});
    else
      streamed.resize(before);
  }
  llvm::erase_if(kinds, [](const auto &kind) { return kind.empty(); });
  connectTagged(kinds, carried);
}
