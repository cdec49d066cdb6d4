//===- Streams.cpp - Accesses that follow the elements of a stream --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// A stream hands on element 0, 1, 2, ... of an array, whatever the program
/// calls them; so its one access has to reach element k when it runs for the
/// k-th time. That is proven of a subscript or a pointer that branches hand on:
/// it begins at the first element, and goes to the next one on those ways that
/// come by the access, once, and on no other.
///
//===----------------------------------------------------------------------===//

#include "Memory/MemoryBank.h"

#include "FunctionHardware.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

namespace {

/// Blocks that control may come to from those in `work`, but through `wall`.
llvm::DenseSet<Block *> reachedFrom(llvm::SmallVector<Block *> work,
                                    Block *wall = nullptr) {
  llvm::DenseSet<Block *> found;
  while (!work.empty()) {
    Block *block = work.pop_back_val();
    if (block != wall && found.insert(block).second)
      llvm::append_range(work, block->getSuccessors());
  }
  return found;
}

llvm::DenseSet<Block *> reachedBehind(Block *block, Block *wall = nullptr) {
  return reachedFrom(llvm::to_vector(block->getSuccessors()), wall);
}

/// What the branches to a block hand on for its argument: null for a branch of
/// which that is not known.
llvm::SmallVector<std::pair<Block *, Value>> passedFor(BlockArgument arg) {
  llvm::SmallVector<std::pair<Block *, Value>> all;
  Block *to = arg.getOwner();
  for (Block *from :
       llvm::SetVector<Block *>(to->pred_begin(), to->pred_end())) {
    auto branch = dyn_cast<BranchOpInterface>(from->getTerminator());
    for (unsigned k = 0; k < from->getNumSuccessors(); ++k)
      if (from->getSuccessor(k) == to)
        all.push_back(
            {from, branch ? branch.getSuccessorOperands(k)[arg.getArgNumber()]
                          : Value()});
  }
  return all;
}

/// An argument of a block that all branches hand the same value to is that one:
/// no way leads from where that changes to where this is read but by the block.
Value withoutNames(Value v) {
  llvm::DenseSet<Value> seen;
  while (auto arg = dyn_cast<BlockArgument>(v)) {
    auto all = passedFor(arg);
    if (arg.getOwner()->isEntryBlock() || all.empty() || !all[0].second ||
        !seen.insert(v).second || llvm::any_of(all, [&](const auto &p) {
          return p.second != all[0].second;
        }))
      break;
    v = all[0].second;
  }
  return v;
}

bool isNumber(Value v, uint64_t number) {
  Operation *op = withoutNames(v).getDefiningOp();
  if (!op)
    return false;
  if (auto most = dyn_cast<affine::AffineMaxOp>(op))
    return most.getMap().isSingleConstant() &&
           most.getMap().getSingleConstantResult() ==
               static_cast<int64_t>(number);
  auto bits = constantBits(op, hardwareWidth(v.getType()));
  return bits && *bits == number;
}

/// The number that widths were changed of, where it cannot begin anew without
/// leaving the array of elements of so many bytes: as a negative one, or beyond
/// addresses of 32 bits.
Value withoutCasts(Value v, unsigned bytes) {
  while (Operation *op = (v = withoutNames(v)).getDefiningOp()) {
    llvm::StringRef name = op->getName().stripDialect();
    bool keepsSign = name == "sext" || name == "extsi" || name == "index_cast";
    if (!keepsSign &&
        !(name == "zext" || name == "extui" || name == "index_castui"))
      break;
    unsigned from = hardwareWidth(op->getOperand(0).getType());
    if (from > hardwareWidth(v.getType()) ||
        (!keepsSign && (from < 32 || (from == 32 && bytes == 1))))
      break;
    v = op->getOperand(0);
  }
  return v;
}

/// A place in a stream: an element's number, or a pointer to it.
struct Place {
  Value number;            ///< null: none, `isFirst` says all
  bool isFirst = false;    ///< element 0, wherever that is used
  BlockArgument pointer{}; ///< that goes from element to element
};

class StreamCheck {
public:
  StreamCheck(Design &design, const MemoryPlan &stream, Operation *op,
              const ElementAccess &access)
      : design(design), stream(stream), op(op), access(access) {}

  LogicalResult run() {
    Block *block = op->getBlock();
    if (!runsOnce(block->getParentOp()))
      return refuse() << "what is around this runs more than once";
    auto place = placeOf();
    if (!place)
      return refuse() << "it does not say by a subscript alone which of its "
                         "elements this is";
    if (!reachedBehind(block).contains(block)) {
      if (place->isFirst || (place->number && isNumber(place->number, 0)))
        return success();
      return refuse() << "its one access does not begin with element 0";
    }
    auto counter = place->pointer  ? place->pointer
                   : place->number ? dyn_cast<BlockArgument>(withoutCasts(
                                         place->number, bytesOf(access.type)))
                                   : BlockArgument();
    if (!counter || counter.getOwner()->getParent() != block->getParent() ||
        counter.getOwner()->isEntryBlock())
      return refuse() << "its subscript is no count 0, 1, 2, ... that goes "
                         "along with a loop around this";
    return checkCounters(counter);
  }

private:
  InFlightDiagnostic refuse() {
    return refuseAt(op) << "'" << stream.name << "' is a stream, and ";
  }

  //===--- Which element ----------------------------------------------------//

  /// Whether a value is the address that the module's argument is.
  bool isStream(Value v) {
    auto arg = dyn_cast<BlockArgument>(withoutNames(v));
    if (!arg || !arg.getOwner()->isEntryBlock())
      return false;
    if (arg == stream.id.value)
      return true;
    FunctionHardware *f = design.of(arg.getOwner()->getParentOp());
    return f && f->calledFrom.size() == 1 &&
           isStream(cast<CallOpInterface>(f->calledFrom[0].call)
                        .getArgOperands()[arg.getArgNumber()]);
  }

  std::optional<Place> placeOf() {
    if (isa<LLVM::LLVMDialect>(op->getDialect()))
      return placeOfPointer();
    auto type = dyn_cast<MemRefType>(access.base.getType());
    llvm::SmallVector<int64_t> strides;
    int64_t offset = 0;
    if (!type || type.getRank() != 1 || !isStream(access.base) ||
        failed(type.getStridesAndOffset(strides, offset)) || strides[0] != 1)
      return std::nullopt;
    ValueRange subscripts = op->getOperands().drop_front(access.stored ? 2 : 1);
    AffineMap map;
    if (auto load = dyn_cast<affine::AffineLoadOp>(op))
      map = load.getAffineMap();
    else if (auto store = dyn_cast<affine::AffineStoreOp>(op))
      map = store.getAffineMap();
    else
      return Place{subscripts[0]};
    AffineExpr e = map.getResult(0);
    if (auto dim = dyn_cast<AffineDimExpr>(e))
      return Place{subscripts[dim.getPosition()]};
    if (auto symbol = dyn_cast<AffineSymbolExpr>(e))
      return Place{subscripts[map.getNumDims() + symbol.getPosition()]};
    if (auto constant = dyn_cast<AffineConstantExpr>(e);
        constant && constant.getValue() == 0)
      return Place{Value(), /*isFirst=*/true};
    return std::nullopt;
  }

  /// The one index of a sum and how many bytes it counts; a constant's bytes
  /// without an index.
  std::optional<std::pair<Value, int64_t>> sumOf(LLVM::GEPOp gep) {
    if (gep.getIndices().size() != 1)
      return std::nullopt;
    DataLayout layout = DataLayout::closest(gep);
    auto bytes = static_cast<int64_t>(
        llvm::alignTo(layout.getTypeSize(gep.getElemType()),
                      layout.getTypeABIAlignment(gep.getElemType())));
    auto index = gep.getIndices()[0];
    if (auto constant = dyn_cast<IntegerAttr>(index))
      return std::pair(Value(), bytes * constant.getInt());
    auto value = cast<Value>(index);
    Operation *made = value.getDefiningOp();
    auto constant = made ? constantBits(made, hardwareWidth(value.getType()))
                         : std::nullopt;
    return constant ? std::pair(Value(), bytes * constant->getSExtValue())
                    : std::pair(value, bytes);
  }

  std::optional<Place> placeOfPointer() {
    if (isStream(access.base))
      return Place{Value(), /*isFirst=*/true};
    if (auto arg = dyn_cast<BlockArgument>(withoutNames(access.base)))
      return Place{Value(), false, arg};
    auto gep = access.base.getDefiningOp<LLVM::GEPOp>();
    auto sum = gep && isStream(gep.getBase()) ? sumOf(gep) : std::nullopt;
    if (!sum || !sum->first || sum->second != bytesOf(access.type))
      return std::nullopt;
    return Place{sum->first};
  }

  //===--- How often --------------------------------------------------------//

  bool runsOnce(Operation *function) {
    if (function == design.top)
      return true;
    FunctionHardware *f = design.of(function);
    if (f->calledFrom.size() != 1)
      return false;
    Operation *call = f->calledFrom[0].call;
    Block *block = call->getBlock();
    return !reachedBehind(block).contains(block) &&
           runsOnce(block->getParentOp());
  }

  bool isFirst(Value v) {
    return isa<LLVM::LLVMPointerType>(v.getType()) ? isStream(v)
                                                   : isNumber(v, 0);
  }

  /// What `v` is one more than, or the element before; null for others.
  BlockArgument beforeNext(Value v) {
    auto argument = [](Value of) {
      return dyn_cast<BlockArgument>(withoutNames(of));
    };
    Operation *sum = v.getDefiningOp();
    if (!sum)
      return {};
    if (auto gep = dyn_cast<LLVM::GEPOp>(sum)) {
      auto by = sumOf(gep);
      return by && !by->first && by->second == bytesOf(access.type)
                 ? argument(gep.getBase())
                 : BlockArgument();
    }
    llvm::StringRef name = sum->getName().stripDialect();
    if (name != "add" && name != "addi")
      return {};
    if (isNumber(sum->getOperand(1), 1))
      return argument(sum->getOperand(0));
    return isNumber(sum->getOperand(0), 1) ? argument(sum->getOperand(1))
                                           : BlockArgument();
  }

  /// Whether a value that a branch of `from` hands on is, then, the number of
  /// accesses so far; where that follows from another argument, that becomes
  /// one of `counters`.
  LogicalResult checkPassed(Block *from, Value v,
                            llvm::SetVector<BlockArgument> &counters) {
    Block *block = op->getBlock();
    if (isFirst(v)) {
      if (from == block || reachedBehind(block).contains(from))
        return refuse() << "the loop around this runs more than once";
      return success();
    }
    v = withoutCasts(v, bytesOf(access.type));
    auto before = dyn_cast<BlockArgument>(v);
    bool isMore = !before;
    if (isMore)
      before = beforeNext(v);
    if (!before || before.getOwner()->isEntryBlock())
      return refuse() << "its subscript does not count 0, 1, 2, ...";
    // From where that was known, control came by the access, or did not.
    Block *known = before.getOwner();
    auto behind = reachedBehind(block, known);
    if (!isMore && (from == block || behind.contains(from)))
      return refuse() << "its subscript may be the same again";
    if (isMore && block != known && behind.contains(block))
      return refuse() << "an iteration may come by this more than once";
    if (isMore && reachedFrom({known}, block).contains(from))
      return refuse() << "not every iteration comes by this";
    counters.insert(before);
    return success();
  }

  /// That all counters are, as control comes to their blocks, how often the
  /// access took place: by induction over the way there.
  LogicalResult checkCounters(BlockArgument first) {
    llvm::SetVector<BlockArgument> counters;
    counters.insert(first);
    for (size_t k = 0; k < counters.size(); ++k)
      for (auto [from, v] : passedFor(counters[k])) {
        if (!v)
          return refuse() << "its subscript comes by a branch of another kind";
        if (failed(checkPassed(from, v, counters)))
          return failure();
      }
    Block *block = op->getBlock(), *known = first.getOwner();
    if (block != known && reachedBehind(block, known).contains(block))
      return refuse() << "an iteration may come by this more than once";
    return success();
  }

  Design &design;
  const MemoryPlan &stream;
  Operation *op;
  ElementAccess access;
};

/// Where each stream is accessed.
using Accessed = llvm::DenseMap<MemoryPlan *, Operation *>;

LogicalResult planStream(Design &design, Operation *op,
                         const ElementAccess &access, MemoryPlan &m,
                         bool isAlone, Accessed &accessed) {
  auto refuse = [&]() {
    return refuseAt(op) << "'" << m.name << "' is a stream, and ";
  };
  if (!isAlone)
    return refuse() << "this may access another memory, too";
  auto [entry, isFirst] = accessed.try_emplace(&m, op);
  if (!isFirst) {
    InFlightDiagnostic error = refuse() << "this is not its only access";
    error.attachNote(entry->second->getLoc()) << "another one is here";
    return error;
  }
  if (failed(StreamCheck(design, m, op, access).run()))
    return failure();
  m.elementBits = hardwareWidth(access.type);
  // Its data come in the cycle of the access.
  m.readsAhead = true;
  return success();
}

} // namespace

LogicalResult MemoryBank::planStreams() {
  Accessed accessed;
  LogicalResult result = success();
  for (const auto &f : design.functions)
    f->function->walk([&](Operation *op) {
      std::optional<ElementAccess> access = accessOf(op);
      if (!access || failed(result))
        return;
      llvm::SmallVector<MemoryPlan *> places = of(access->base);
      for (MemoryPlan *m : places)
        if (succeeded(result) && m && m->isStream)
          result =
              planStream(design, op, *access, *m, places.size() == 1, accessed);
    });
  return result;
}
