//===- LoopEdges.cpp - What one iteration owes to those before ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/AccessPairs.h"
#include "Scopes/Insides.h"
#include "Scopes/MemoryOrder.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Analysis/AliasAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/AffineAnalysis.h"
#include "mlir/Dialect/Affine/Analysis/Utils.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/IR/AffineValueMap.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Remarks.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <map>
#include <numeric>

using namespace mlir;
using namespace gaus::ir;

namespace {

/// The elements that an access meets, one an iteration.
struct Stream {
  /// What is accessed, by which steps: the same for accesses that are compared.
  GroupKey group;
  /// Two of a group meet the same elements if this is equal, and one is
  /// `ahead` by more iterations than the other, or they stay in one place.
  llvm::SmallVector<int64_t, 4> element;
  int64_t ahead = 0;
  bool stays = true;

  /// A subscript `factor * variable + constant` of a variable that grows by
  /// `step`; false if the numbers are too large.
  bool addSubscript(int64_t factor, int64_t step, int64_t constant) {
    constexpr int64_t most = int64_t(1) << 30;
    if (std::max({std::abs(factor), std::abs(step), std::abs(constant)}) > most)
      return false;
    int64_t grows = factor * step;
    group.add(grows);
    if (stays && grows != 0) {
      int64_t rest =
          constant - llvm::divideFloorSigned(constant, grows) * grows;
      ahead = (constant - rest) / grows;
      stays = false;
      element.push_back(rest);
    } else {
      element.push_back(constant - grows * ahead);
    }
    return true;
  }
};

struct Streamed {
  const NodeAccess *access;
  Stream stream;
};

class LoopEdges {
public:
  explicit LoopEdges(Scope &s) : scope(s), aliases(s.carrier), memory(s.block) {
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      index[op] = static_cast<int32_t>(i);
    if (auto loop = dyn_cast<LoopLikeOpInterface>(s.carrier)) {
      args = llvm::to_vector(loop.getRegionIterArgs());
      passed = llvm::to_vector(loop.getYieldedValues());
      variable = loop.getSingleInductionVar().value_or(Value());
    } else {
      args = llvm::to_vector(s.block->getArguments());
      passed = *backEdgeValues(s.block);
    }
  }

  void run() {
    addValues();
    addMemory();
    addControl();
  }

private:
  //===--- Values --------------------------------------------------------===//

  /// What an argument of the iteration is: the value that `distance` iterations
  /// before made; null for one from outside of the loop.
  Value made(BlockArgument arg, int32_t &distance) {
    Value value = arg;
    // A chain of arguments is a shift register; a ring of them stays as it was.
    for (distance = 0; distance <= static_cast<int32_t>(args.size());
         ++distance) {
      auto next = dyn_cast<BlockArgument>(value);
      if (!next || next.getOwner() != scope.block)
        return value;
      auto at = llvm::find(args, next);
      if (at == args.end())
        return Value();
      value = passed[at - args.begin()];
    }
    return Value();
  }

  void addValues() {
    for (BlockArgument arg : args) {
      int32_t distance = 0;
      Value value = made(arg, distance);
      auto source = value ? index.find(value.getDefiningOp()) : index.end();
      if (source == index.end())
        continue;
      llvm::SmallDenseSet<int32_t, 4> users;
      for (Operation *user : arg.getUsers()) {
        Operation *node = scope.block->findAncestorOpInBlock(*user);
        if (auto found = index.find(node); found != index.end())
          users.insert(found->second);
      }
      llvm::SmallVector<int32_t, 4> ordered(users.begin(), users.end());
      llvm::sort(ordered);
      for (int32_t user : ordered)
        scope.problem.addEdge(source->second, user, distance);
    }
  }

  //===--- Memory --------------------------------------------------------===//

  /// An index that is this loop's own variable takes another value in every
  /// iteration.
  bool isVariable(Value v) { return variable && v == variable; }

  /// Whether a value is the same in all iterations: subscripts of a view that
  /// an iteration makes say nothing about those of the next one.
  bool isInvariant(Value v) {
    return v.getParentBlock() != scope.block &&
           !scope.carrier->isAncestor(v.getParentRegion()->getParentOp());
  }

  static OperandRange subscriptsOf(Operation *op) {
    if (auto load = dyn_cast<memref::LoadOp>(op))
      return load.getIndices();
    if (auto store = dyn_cast<memref::StoreOp>(op))
      return store.getIndices();
    return OperandRange(op->operand_end(), op->operand_end());
  }

  /// True if two accesses of one memref have the variable at the same place of
  /// their subscripts: then different iterations touch different elements.
  bool apartBySubscript(const NodeAccess &a, const NodeAccess &b) {
    if (!a.address || a.address != b.address || !isInvariant(a.address))
      return false;
    for (auto [x, y] : llvm::zip(subscriptsOf(a.op), subscriptsOf(b.op)))
      if (isVariable(x) && isVariable(y))
        return true;
    return false;
  }

  /// The least distance of a dependence carried by this loop from `a` to `b`;
  /// 0 if there is none, nullopt if it is not known.
  std::optional<int64_t> affineDistance(const NodeAccess &a,
                                        const NodeAccess &b) {
    auto loop = dyn_cast<affine::AffineForOp>(scope.carrier);
    // Accesses of several elements (vectors) are not what the analysis sees.
    if (!loop || !isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op) ||
        !isa<affine::AffineLoadOp, affine::AffineStoreOp>(b.op) ||
        a.address != b.address || !isInvariant(a.address))
      return std::nullopt;
    affine::MemRefAccess from(a.op), to(b.op);
    unsigned depth = affine::getNestingDepth(a.op);
    affine::FlatAffineValueConstraints constraints;
    llvm::SmallVector<affine::DependenceComponent, 2> components;
    affine::DependenceResult r = affine::checkMemrefAccessDependence(
        from, to, depth, &constraints, &components, /*allowRAR=*/true);
    if (r.value == affine::DependenceResult::NoDependence)
      return 0;
    if (r.value != affine::DependenceResult::HasDependence ||
        components.empty() || !components.back().lb)
      return std::nullopt;
    // The analysis counts in units of the variable.
    return std::max<int64_t>(
        1, llvm::divideCeilSigned(*components.back().lb, loop.getStepAsInt()));
  }

  /// The same by all that is known.
  std::optional<int64_t> distance(const NodeAccess &a, const NodeAccess &b) {
    std::optional<int64_t> exact;
    if (a.address && b.address)
      exact = memory.distance(a, b);
    if (!exact && a.address && b.address && a.address != b.address &&
        aliases.alias(a.address, b.address).isNo())
      return 0;
    if (apartBySubscript(a, b))
      return 0;
    return exact ? exact : affineDistance(a, b);
  }

  /// Whether `b` meets `a` in the next iteration, or may.
  bool addCarried(const NodeAccess &a, const NodeAccess &b) {
    if (!a.writes && !b.writes)
      return false;
    std::optional<int64_t> exact = distance(a, b);
    if (exact == 0)
      return false;
    if (carry(a.node, b.node, exact.value_or(1)) && !exact && a.node != b.node)
      remark(a, b);
    return exact.value_or(1) == 1;
  }

  /// The user may know better: which pair keeps iterations apart.
  void remark(const NodeAccess &a, const NodeAccess &b) {
    using namespace mlir::remark;
    std::string other;
    llvm::raw_string_ostream os(other);
    b.op->getLoc().print(os);
    missed(a.op->getLoc(), RemarkOpts::name("LoopCarried").category("gaus"))
        << metric("Operation", scope.problem.nodeLabel(a.node))
        << "may conflict with"
        << metric("Other", scope.problem.nodeLabel(b.node))
        << metric("At", other)
        << "in the next iteration; gaus.independent says that it does not";
  }

  //===--- Many accesses of one memory -----------------------------------===//

  /// Where an access of an affine loop goes, if its subscripts are sums.
  std::optional<Stream> affineStream(const NodeAccess &a) {
    auto loop = dyn_cast<affine::AffineForOp>(scope.carrier);
    if (!loop || !isa<affine::AffineLoadOp, affine::AffineStoreOp>(a.op) ||
        !isInvariant(a.address))
      return std::nullopt;
    affine::AffineValueMap map;
    affine::MemRefAccess(a.op).getAccessMap(&map);
    Stream stream;
    stream.group.add(a.address.getAsOpaquePointer());
    for (AffineExpr subscript : map.getAffineMap().getResults()) {
      llvm::SmallVector<int64_t> flat;
      if (failed(getFlattenedAffineExpr(subscript, map.getNumDims(),
                                        map.getNumSymbols(), &flat)) ||
          flat.size() != map.getNumOperands() + 1)
        return std::nullopt;
      int64_t step = 0;
      std::map<const void *, int64_t> factors;
      for (auto [factor, operand] : llvm::zip(flat, map.getOperands())) {
        if (operand == loop.getInductionVar())
          step += factor;
        else if (factor != 0 && !isInvariant(operand))
          return std::nullopt;
        else if (factor != 0)
          factors[operand.getAsOpaquePointer()] += factor;
      }
      for (auto [operand, factor] : factors) {
        stream.group.add(operand);
        stream.group.add(factor);
      }
      // A pointer is never 1.
      stream.group.add(int64_t(1));
      if (!stream.addSubscript(step, loop.getStepAsInt(), flat.back()))
        return std::nullopt;
    }
    return stream;
  }

  /// The same of the llvm dialect, in units of the access: all of a group have
  /// one size and are aligned to each other.
  std::optional<Stream> llvmStream(const NodeAccess &a) {
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
    for (llvm::StringRef name :
         {"tbaa", "alias_scopes", "noalias_scopes", "invariant"})
      stream.group.add(a.op->getAttr(name).getAsOpaquePointer());
    for (const LinearForm::Term &t : place->form.terms) {
      stream.group.add(t.value.getAsOpaquePointer());
      stream.group.add(int64_t(t.isUnsigned));
      stream.group.add(static_cast<int64_t>(t.factor));
    }
    if (!stream.addSubscript(stride / place->size, 1, at))
      return std::nullopt;
    return stream;
  }

  std::optional<Stream> streamOf(const NodeAccess &a) {
    std::optional<Stream> stream = affineStream(a);
    return stream ? stream : llvmStream(a);
  }

  /// The accesses of one element, in the order in which it is met: those that
  /// are further ahead first, in an iteration as in the program. An access
  /// depends on the last write before, a write on the reads since it: all other
  /// dependences follow.
  void addSequence(llvm::ArrayRef<const Streamed *> met, bool stays) {
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
    std::optional<int64_t> trips = constantTrips(scope.carrier);
    if (!trips)
      trips = memory.trips();
    std::optional<Place> write;
    llvm::SmallVector<Place> reads;
    auto add = [&](const Place &from, const Place &to) {
      int64_t distance = from.ahead - to.ahead;
      if (distance > 0 && (!trips || distance < *trips))
        carry(from.access->node, to.access->node, distance);
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

  void addStreams(std::vector<Streamed> &streamed) {
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
      addSequence(met, streamed[begin].stream.stays);
    }
  }

  /// Whether there was none between the two.
  bool carry(int32_t from, int32_t to, int64_t distance) {
    distance = std::min<int64_t>(distance, gaus::kMaxCycle);
    auto [entry, fresh] = carried.try_emplace({from, to}, distance);
    entry->second = std::min(entry->second, distance);
    return fresh;
  }

  void addMemory() {
    std::vector<NodeAccess> all;
    for (NodeAccess a : collectAccesses(scope)) {
      if (a.op->hasAttr(kIndependent))
        continue;
      // What lies in regions counts as touching anything.
      if (a.op->getNumRegions())
        a.address = Value();
      all.push_back(a);
    }
    if (all.size() * all.size() > kFewComparisons &&
        AccessPairs::fits(scope.problem, all.size()))
      compareMany(std::move(all));
    else
      compareEach(all);
    addCarriedTo(scope.problem);
  }

  void addCarriedTo(gaus::Problem &problem) const {
    for (auto [ends, distance] : carried)
      problem.addEdge(ends.first, ends.second, static_cast<int32_t>(distance),
                      0, 0, /*carriesValue=*/false);
  }

  void compareEach(const std::vector<NodeAccess> &all) {
    // Accesses of one memory with the same steps are compared by sorting.
    std::map<GroupKey, std::vector<Streamed>> groups;
    std::vector<int64_t> groupOf(all.size(), -1);
    for (auto [i, a] : llvm::enumerate(all))
      if (std::optional<Stream> stream = streamOf(a)) {
        auto entry = groups.try_emplace(stream->group).first;
        entry->second.push_back({&a, std::move(*stream)});
        groupOf[i] = static_cast<int64_t>(entry->second.front().access->node);
      }
    for (auto &[key, streamed] : groups)
      addStreams(streamed);
    for (auto [i, a] : llvm::enumerate(all))
      for (auto [j, b] : llvm::enumerate(all))
        // From an earlier to a later operation the order within the iteration
        // implies that of the next ones, unless only the latter exists.
        if (groupOf[i] < 0 || groupOf[i] != groupOf[j])
          addCarried(a, b);
  }

  /// The same dependences with as few edges as it takes.
  void compareMany(std::vector<NodeAccess> all) {
    ManyStreams many;
    for (auto [i, a] : llvm::enumerate(all)) {
      if (std::optional<Stream> stream = affineStream(a))
        many.affine[stream->group].push_back({i, {&a, std::move(*stream)}});
      else if (auto place = a.address ? memory.place(a) : std::nullopt)
        many.llvm[keyWithTags(*place, a)].push_back({i, &a, *place});
      else
        addVariables(a, i, many);
    }
    int64_t number = 0;
    std::vector<std::pair<size_t, int64_t>> groupOf;
    for (auto &[key, group] : many.affine) {
      std::vector<Streamed> streamed;
      for (auto &[i, s] : group) {
        groupOf.push_back({i, number});
        streamed.push_back(std::move(s));
      }
      ++number;
      addStreams(streamed);
    }
    for (auto &[key, group] : many.llvm)
      addPlaces(group, number++, groupOf);
    for (auto &[key, members] : many.byVariable) {
      for (size_t i : members)
        groupOf.push_back({i, number});
      ++number;
    }
    // What is found so far makes other comparisons needless.
    gaus::Problem known = scope.problem;
    addCarriedTo(known);
    AccessPairs pairs(known, std::move(all), memory, aliases);
    for (auto [i, group] : groupOf)
      pairs.addToGroup(i, group);
    pairs.around([&](const NodeAccess &a, const NodeAccess &b) {
      return addCarried(a, b);
    });
    remarkWork(scope, "LoopMemory", pairs);
  }

  struct Placed {
    size_t number;
    const NodeAccess *access;
    LlvmMemory::Place place;
  };
  using Key = GroupKey;
  struct ManyStreams {
    std::map<Key, std::vector<std::pair<size_t, Streamed>>> affine;
    std::map<Key, std::vector<Placed>> llvm;
    /// Of one memref, with the loop's variable at one place of the subscripts.
    std::map<std::pair<const void *, size_t>, std::vector<size_t>> byVariable;
  };

  static Key keyWithTags(const LlvmMemory::Place &place, const NodeAccess &a) {
    Key key = keyOf(place);
    for (llvm::StringRef name :
         {"tbaa", "alias_scopes", "noalias_scopes", "invariant"})
      key.add(a.op->getAttr(name).getAsOpaquePointer());
    return key;
  }

  void addVariables(const NodeAccess &a, size_t number, ManyStreams &many) {
    if (!a.address || !isInvariant(a.address))
      return;
    for (auto [d, v] : llvm::enumerate(subscriptsOf(a.op)))
      if (isVariable(v))
        many.byVariable[{a.address.getAsOpaquePointer(), d}].push_back(number);
  }

  /// Accesses of any sizes that move by the same stride: each is the stream of
  /// every unit of which it has several.
  void addPlaces(const std::vector<Placed> &group, int64_t number,
                 std::vector<std::pair<size_t, int64_t>> &groupOf) {
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
    std::vector<Streamed> streamed;
    for (const Placed &p : group) {
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
    addStreams(streamed);
  }

  //===--- Control -------------------------------------------------------===//

  /// Where the end depends on what the iterations compute, the next iteration
  /// touches no memory before it is known to take place.
  void addControl() {
    if (memory.isCounted())
      return;
    for (Value v : memory.conditions()) {
      int32_t distance = 0;
      if (auto arg = dyn_cast<BlockArgument>(v))
        v = made(arg, distance);
      auto source = v ? index.find(v.getDefiningOp()) : index.end();
      if (source == index.end())
        continue;
      for (auto [i, op] : llvm::enumerate(scope.nodes))
        if (!isMemoryEffectFree(op) && !isMarker(op))
          scope.problem.addEdge(source->second, static_cast<int32_t>(i),
                                distance + 1, 0, 0, /*carriesValue=*/false);
    }
  }

  Scope &scope;
  /// What an iteration hands to the next one: passed[i] becomes args[i].
  llvm::SmallVector<BlockArgument> args;
  llvm::SmallVector<Value> passed;
  Value variable; ///< null without a single one
  AliasAnalysis aliases;
  LlvmMemory memory;
  llvm::DenseMap<Operation *, int32_t> index;
  std::map<std::pair<int32_t, int32_t>, int64_t> carried;
};

} // namespace

void gaus::ir::addLoopEdges(Scope &scope) { LoopEdges(scope).run(); }
