//===- LlvmMemory.cpp - Where accesses of the llvm dialect go -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/LlvmMemory.h"

#include "gaus/Core/Problem.h"

#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace gaus::ir;

/// Sums longer than this, and chains of operations deeper than that, stand as
/// one value: the work stays linear.
static constexpr size_t kMaxTerms = 8;
/// Types beyond this size are not looked into.
static constexpr uint64_t kMaxBytes = uint64_t(1) << 40;
static constexpr unsigned kMaxDepth = 32, kMaxChain = 1024;

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

std::optional<llvm::SmallVector<Value>> gaus::ir::backEdgeValues(Block *block) {
  if (!block->mightHaveTerminator())
    return std::nullopt;
  Operation *end = block->getTerminator();
  // An invoke would do something after the operations of the iteration.
  if (!isa<LLVM::BrOp, LLVM::CondBrOp, LLVM::SwitchOp>(end))
    return std::nullopt;
  auto branch = cast<BranchOpInterface>(end);
  std::optional<llvm::SmallVector<Value>> values;
  for (unsigned i = 0; i < end->getNumSuccessors(); ++i) {
    if (end->getSuccessor(i) != block)
      continue;
    OperandRange range = branch.getSuccessorOperands(i).getForwardedOperands();
    if (values && !llvm::equal(*values, range))
      return std::nullopt;
    values.emplace(range.begin(), range.end());
  }
  return values;
}

bool gaus::ir::isMarker(Operation *op) {
  return isa<LLVM::AssumeOp, LLVM::NoAliasScopeDeclOp, LLVM::DbgValueOp,
             LLVM::DbgDeclareOp, LLVM::DbgLabelOp>(op);
}

LlvmMemory::LlvmMemory(Block *b)
    : block(b), layout(DataLayout::closest(b->getParentOp())),
      passed(backEdgeValues(b)) {}

ValueRange LlvmMemory::conditions() const {
  Operation *end = block->getTerminator();
  if (!passed || isa<LLVM::BrOp>(end))
    return {};
  return end->getOperands().take_front(1);
}

bool LlvmMemory::isOwn(Value v) const { return v.getParentBlock() == block; }

/// The value of an argument in the first iteration; null if there are several.
Value LlvmMemory::initial(BlockArgument arg) {
  Value found;
  for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
    if (*it == block)
      continue;
    auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
    if (!branch)
      return Value();
    Value v =
        branch.getSuccessorOperands(it.getSuccessorIndex())[arg.getArgNumber()];
    if (!v || (found && v != found))
      return Value();
    found = v;
  }
  return found;
}

/// Whether the argument grows by a constant, if need be modulo its width.
bool LlvmMemory::isStepped(BlockArgument arg) {
  if (!passed || arg.getOwner() != block)
    return false;
  Value next = (*passed)[arg.getArgNumber()];
  if (isa<LLVM::LLVMPointerType>(arg.getType())) {
    const Address &to = addressOf(next);
    return to.base == arg && to.offset.terms.empty();
  }
  Operation *op = next.getDefiningOp();
  return isa_and_nonnull<LLVM::AddOp, LLVM::SubOp>(op) &&
         op->getOperand(0) == arg &&
         matchPattern(op->getOperand(1), m_Constant());
}

bool LlvmMemory::isCounted() {
  llvm::SmallVector<Value> work(conditions());
  llvm::DenseSet<Value> seen;
  while (!work.empty()) {
    Value v = work.pop_back_val();
    if (!isOwn(v) || !seen.insert(v).second)
      continue;
    if (auto arg = dyn_cast<BlockArgument>(v)) {
      if (!isStepped(arg))
        return false;
      continue;
    }
    Operation *op = v.getDefiningOp();
    if (op->getNumRegions() > 0 || !isMemoryEffectFree(op))
      return false;
    llvm::append_range(work, op->getOperands());
  }
  return true;
}

/// The number of iterations, where the loop ends when a stepping value meets
/// one that is a constant away from where it began.
std::optional<int64_t> LlvmMemory::trips() {
  if (tripCount)
    return *tripCount;
  tripCount.emplace();
  auto branch = dyn_cast<LLVM::CondBrOp>(block->getTerminator());
  auto compare =
      branch ? branch.getCondition().getDefiningOp<LLVM::ICmpOp>() : nullptr;
  if (!compare || !passed || !isa<IntegerType>(compare.getLhs().getType()))
    return std::nullopt;
  bool again = branch.getTrueDest() == block;
  if (branch.getTrueDest() == branch.getFalseDest() ||
      compare.getPredicate() !=
          (again ? LLVM::ICmpPredicate::ne : LLVM::ICmpPredicate::eq))
    return std::nullopt;
  std::optional<LinearForm> left = linear(compare.getLhs(), false, 0);
  std::optional<LinearForm> right = linear(compare.getRhs(), false, 0);
  if (!left || !right)
    return std::nullopt;
  LinearForm gap = resolve(*left);
  gap.add(resolve(*right), -1);
  auto stride = static_cast<int64_t>(gap.stride);
  auto distance = static_cast<int64_t>(-gap.constant);
  if (!gap.terms.empty() || stride == 0 || stride == INT64_MIN ||
      distance % stride != 0 || distance / stride < 0)
    return std::nullopt;
  return *(tripCount = distance / stride + 1);
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

void LinearForm::addTerm(Value value, bool isUnsigned, uint64_t factor) {
  for (Term &t : terms)
    if (t.value == value && t.isUnsigned == isUnsigned) {
      t.factor += factor;
      if (t.factor == 0)
        terms.erase(&t);
      return;
    }
  if (factor)
    terms.push_back({value, isUnsigned, factor});
}

void LinearForm::add(const LinearForm &other, uint64_t factor) {
  for (const Term &t : other.terms)
    addTerm(t.value, t.isUnsigned, factor * t.factor);
  stride += factor * other.stride;
  constant += factor * other.constant;
}

/// The sum that `op` makes, as it is when extended to 64 bits; nullopt where
/// the result may wrap at its own width or is no sum.
std::optional<LinearForm> LlvmMemory::expand(Operation *op, bool isUnsigned,
                                             bool wide, unsigned depth) {
  bool exact = wide;
  if (auto flags = dyn_cast<LLVM::IntegerOverflowFlagsInterface>(op))
    exact |= isUnsigned ? flags.hasNoUnsignedWrap() : flags.hasNoSignedWrap();
  auto operand = [&](unsigned i, bool asUnsigned) {
    return linear(op->getOperand(i), asUnsigned, depth + 1);
  };
  if (isa<LLVM::SExtOp>(op))
    return isUnsigned ? std::nullopt : operand(0, false);
  if (auto zext = dyn_cast<LLVM::ZExtOp>(op))
    return operand(0, !zext.getNonNeg());
  auto trunc = dyn_cast<LLVM::TruncOp>(op);
  if (trunc)
    return exact ? operand(0, isUnsigned) : std::nullopt;
  auto orOp = dyn_cast<LLVM::OrOp>(op);
  bool isAdd = isa<LLVM::AddOp>(op) || (orOp && orOp.getIsDisjoint());
  if (!isAdd && !(exact && isa<LLVM::SubOp, LLVM::MulOp, LLVM::ShlOp>(op)))
    return std::nullopt;
  if (isa<LLVM::AddOp>(op) && !exact)
    return std::nullopt;
  std::optional<LinearForm> left = operand(0, isUnsigned);
  std::optional<LinearForm> right = operand(1, isUnsigned);
  if (!left || !right)
    return std::nullopt;
  if (isAdd || isa<LLVM::SubOp>(op)) {
    left->add(*right, isAdd ? 1 : -1);
    return left;
  }
  if (isa<LLVM::MulOp>(op) && left->terms.empty())
    std::swap(left, right);
  if (!right->terms.empty())
    return std::nullopt;
  uint64_t factor = right->constant;
  if (isa<LLVM::ShlOp>(op)) {
    if (factor >= 64)
      return std::nullopt;
    factor = uint64_t(1) << factor;
  }
  LinearForm scaled;
  scaled.add(*left, factor);
  return scaled;
}

/// `v`, extended to 64 bits, as a sum; at worst of itself. None for values that
/// are wider or no integers.
std::optional<LinearForm> LlvmMemory::linear(Value v, bool isUnsigned,
                                             unsigned depth) {
  auto type = dyn_cast<IntegerType>(v.getType());
  if (!type || type.getWidth() > 64)
    return std::nullopt;
  bool wide = type.getWidth() == 64;
  isUnsigned &= !wide;
  auto key = std::make_pair(v, unsigned(isUnsigned));
  if (auto found = forms.find(key); found != forms.end())
    return found->second;
  // A value that depends on itself, in code that is never reached, ends here.
  LinearForm itself;
  itself.addTerm(v, isUnsigned, 1);
  forms[key] = itself;
  std::optional<LinearForm> form;
  APInt constant;
  if (matchPattern(v, m_ConstantInt(&constant))) {
    form.emplace();
    form->constant = isUnsigned
                         ? constant.getZExtValue()
                         : static_cast<uint64_t>(constant.getSExtValue());
  } else if (Operation *op = v.getDefiningOp(); op && depth < kMaxDepth) {
    form = expand(op, isUnsigned, wide, depth);
  }
  if (!form || form->terms.size() > kMaxTerms)
    form = std::move(itself);
  return forms[key] = form;
}

/// By how much the term's value grows from one iteration to the next.
std::optional<uint64_t> LlvmMemory::step(const LinearForm::Term &term) {
  auto arg = dyn_cast<BlockArgument>(term.value);
  if (!arg || !passed || arg.getOwner() != block)
    return std::nullopt;
  std::optional<LinearForm> next =
      linear((*passed)[arg.getArgNumber()], term.isUnsigned, 0);
  if (!next || next->terms.size() != 1 || next->terms[0].value != arg ||
      next->terms[0].isUnsigned != term.isUnsigned ||
      next->terms[0].factor != 1)
    return std::nullopt;
  return next->constant;
}

/// Arguments that step by constants become strides from their first values.
LinearForm LlvmMemory::resolve(const LinearForm &form) {
  LinearForm out;
  out.stride = form.stride;
  out.constant = form.constant;
  for (const LinearForm::Term &t : form.terms) {
    std::optional<uint64_t> by = step(t);
    Value first = by ? initial(cast<BlockArgument>(t.value)) : Value();
    std::optional<LinearForm> start;
    if (first && !isOwn(first))
      start = linear(first, t.isUnsigned, 0);
    if (!start) {
      out.addTerm(t.value, t.isUnsigned, t.factor);
      continue;
    }
    out.add(*start, t.factor);
    out.stride += t.factor * *by;
  }
  return out;
}

//===----------------------------------------------------------------------===//
// Pointers
//===----------------------------------------------------------------------===//

static bool hasBody(LLVM::LLVMStructType type) {
  return !type.isOpaque() && (!type.isIdentified() || type.isInitialized());
}

/// The bytes from one element of the type to the next.
std::optional<uint64_t> LlvmMemory::allocSize(Type type) {
  if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
    std::optional<uint64_t> each = allocSize(array.getElementType());
    uint64_t count = array.getNumElements();
    if (!each || (count && *each > kMaxBytes / count))
      return std::nullopt;
    return *each * count;
  }
  if (auto record = dyn_cast<LLVM::LLVMStructType>(type)) {
    if (!hasBody(record))
      return std::nullopt;
    return fieldOffset(record, record.getBody().size());
  }
  if (!isa<IntegerType, FloatType, LLVM::LLVMPointerType, VectorType>(type))
    return std::nullopt;
  llvm::TypeSize size = layout.getTypeSize(type);
  if (size.isScalable())
    return std::nullopt;
  return llvm::alignTo(size.getFixedValue(), layout.getTypeABIAlignment(type));
}

/// Where a field begins; of the number of fields, the size of the whole.
std::optional<uint64_t> LlvmMemory::fieldOffset(LLVM::LLVMStructType type,
                                                uint64_t field) {
  if (!hasBody(type) || field > type.getBody().size())
    return std::nullopt;
  uint64_t offset = 0, most = 1;
  for (auto [index, member] : llvm::enumerate(type.getBody())) {
    std::optional<uint64_t> size = allocSize(member);
    if (!size)
      return std::nullopt;
    uint64_t align = type.isPacked() ? 1 : layout.getTypeABIAlignment(member);
    offset = llvm::alignTo(offset, align);
    most = std::max(most, align);
    if (index == field)
      return offset;
    offset += *size;
  }
  return llvm::alignTo(offset, most);
}

/// Adds what the indices of `gep` are worth; false if that is not known.
bool LlvmMemory::addIndices(LLVM::GEPOp gep, LinearForm &offset) {
  Type type = gep.getElemType();
  for (auto [position, index] : llvm::enumerate(gep.getIndices())) {
    LinearForm form;
    if (auto constant = dyn_cast<IntegerAttr>(index)) {
      form.constant = static_cast<uint64_t>(constant.getInt());
    } else {
      std::optional<LinearForm> found = linear(cast<Value>(index), false, 0);
      if (!found)
        return false;
      form = std::move(*found);
    }
    if (auto record = dyn_cast<LLVM::LLVMStructType>(type);
        record && position > 0) {
      std::optional<uint64_t> at = form.terms.empty()
                                       ? fieldOffset(record, form.constant)
                                       : std::nullopt;
      if (!at || form.constant >= record.getBody().size())
        return false;
      offset.constant += *at;
      type = record.getBody()[form.constant];
      continue;
    }
    if (position > 0) {
      auto array = dyn_cast<LLVM::LLVMArrayType>(type);
      if (!array)
        return false;
      type = array.getElementType();
    }
    std::optional<uint64_t> size = allocSize(type);
    if (!size)
      return false;
    offset.add(form, *size);
  }
  return offset.terms.size() <= kMaxTerms;
}

/// One value for all addresses of a global.
Value LlvmMemory::globalOnce(Value pointer) {
  if (auto of = pointer.getDefiningOp<LLVM::AddressOfOp>())
    return globals.try_emplace(of.getGlobalNameAttr(), pointer).first->second;
  return pointer;
}

/// Follows a pointer to what it points into. The base may be an argument of the
/// loop.
LlvmMemory::Address LlvmMemory::chase(Value pointer) {
  Address address;
  for (unsigned length = 0; length < kMaxChain; ++length) {
    auto type = dyn_cast<LLVM::LLVMPointerType>(pointer.getType());
    if (!type || layout.getTypeSizeInBits(type) != 64 ||
        layout.getTypeIndexBitwidth(type).value_or(64) != 64)
      return Address();
    auto gep = pointer.getDefiningOp<LLVM::GEPOp>();
    if (!gep) {
      address.base = globalOnce(pointer);
      return address;
    }
    if (!addIndices(gep, address.offset))
      return Address();
    pointer = gep.getBase();
  }
  return Address();
}

const LlvmMemory::Address &LlvmMemory::addressOf(Value pointer) {
  auto found = addresses.find(pointer);
  if (found == addresses.end())
    found = addresses.try_emplace(pointer, chase(pointer)).first;
  return found->second;
}

/// Replaces a base that steps through the loop by what it began with; false if
/// there is none.
bool LlvmMemory::resolveBase(Address &address) {
  auto arg = dyn_cast<BlockArgument>(address.base);
  if (!arg || !isStepped(arg))
    return false;
  Address next = addressOf((*passed)[arg.getArgNumber()]);
  Value first = initial(arg);
  if (!first || isOwn(first))
    return false;
  Address begin = addressOf(first);
  if (!begin.base)
    return false;
  address.base = begin.base;
  address.offset.add(begin.offset);
  address.offset.stride += next.offset.constant;
  return true;
}

//===----------------------------------------------------------------------===//
// Comparing accesses of one base
//===----------------------------------------------------------------------===//

std::optional<int64_t> LlvmMemory::accessSize(const MemoryAccess &access) {
  Type type;
  if (auto load = dyn_cast_or_null<LLVM::LoadOp>(access.op))
    type = load.getAddr() == access.address ? load.getType() : Type();
  else if (auto store = dyn_cast_or_null<LLVM::StoreOp>(access.op))
    type =
        store.getAddr() == access.address ? store.getValue().getType() : Type();
  std::optional<uint64_t> size = type ? allocSize(type) : std::nullopt;
  if (!size || *size > kMaxBytes)
    return std::nullopt;
  return static_cast<int64_t>(*size);
}

/// Whether no two accesses whose addresses differ by `gap` plus any multiple of
/// the lowest set bit of `multiples` overlap. That bit divides 2^64, so
/// wrapping does no harm.
static bool apartModulo(uint64_t gap, uint64_t multiples, int64_t sizeA,
                        int64_t sizeB) {
  auto signedGap = static_cast<int64_t>(gap);
  if (multiples == 0)
    return signedGap >= sizeA || signedGap <= -sizeB;
  uint64_t unit = multiples & -multiples, rest = gap % unit;
  return rest >= uint64_t(sizeA) && unit - rest >= uint64_t(sizeB);
}

/// The least k >= 1 with -sizeB < gap + stride k < sizeA, 0 without one.
static std::optional<int64_t> firstOverlap(int64_t gap, int64_t stride,
                                           int64_t sizeA, int64_t sizeB) {
  constexpr int64_t most = int64_t(1) << 60;
  if (stride < -(int64_t(1) << 31) || stride > (int64_t(1) << 31) ||
      gap < -most || gap > most)
    return std::nullopt;
  if (stride < 0)
    return firstOverlap(-gap, -stride, sizeB, sizeA);
  if (stride == 0)
    return gap > -sizeB && gap < sizeA ? 1 : 0;
  int64_t under = -sizeB - gap; // gap + stride k must exceed -sizeB
  int64_t k = under < 0 ? 1 : std::max<int64_t>(1, under / stride + 1);
  if (k > gaus::kMaxCycle)
    return 0;
  return gap + stride * k < sizeA ? k : 0;
}

namespace {

/// What an operation says of its memory beside the address.
struct Tags {
  ArrayAttr scopes, notScopes, types;

  explicit Tags(Operation *op) {
    if (auto said = dyn_cast_or_null<LLVM::AliasAnalysisOpInterface>(op)) {
      scopes = said.getAliasScopesOrNull();
      notScopes = said.getNoAliasScopesOrNull();
      types = said.getTBAATagsOrNull();
    }
  }
};

} // namespace

/// True if the scalar type `above` is `below` or one of its parents.
static bool isAncestor(Attribute above, Attribute below) {
  for (unsigned depth = 0; depth < kMaxDepth; ++depth) {
    if (above == below)
      return true;
    auto type = dyn_cast<LLVM::TBAATypeDescriptorAttr>(below);
    if (!type || type.getMembers().empty())
      return false;
    below = type.getMembers().front().getTypeDesc();
  }
  return true;
}

/// The tree of a scalar type; null for an aggregate.
static Attribute rootOf(Attribute node) {
  for (unsigned depth = 0; depth < kMaxDepth; ++depth) {
    auto type = dyn_cast<LLVM::TBAATypeDescriptorAttr>(node);
    if (!type)
      return node;
    if (type.getMembers().size() != 1)
      return Attribute();
    node = type.getMembers().front().getTypeDesc();
  }
  return Attribute();
}

/// Accesses of types of which neither is the other's kind, in one tree.
static bool apartByType(const Tags &a, const Tags &b) {
  if (!a.types || !b.types || a.types.size() != 1 || b.types.size() != 1)
    return false;
  Attribute x = cast<LLVM::TBAATagAttr>(a.types[0]).getAccessType();
  Attribute y = cast<LLVM::TBAATagAttr>(b.types[0]).getAccessType();
  Attribute root = rootOf(x);
  return root && root == rootOf(y) && !isAncestor(x, y) && !isAncestor(y, x);
}

/// True if for some domain all of `scopes` are among those that the other
/// access is said to stay away from.
static bool covered(ArrayAttr scopes, ArrayAttr away) {
  if (!scopes || !away)
    return false;
  auto domain = [](Attribute scope) {
    return cast<LLVM::AliasScopeAttr>(scope).getDomain();
  };
  for (Attribute wanted : scopes) {
    bool all = true;
    for (Attribute scope : scopes)
      all &= domain(scope) != domain(wanted) || llvm::is_contained(away, scope);
    if (all)
      return true;
  }
  return false;
}

/// Memory that a load calls constant is not written.
static bool readsConstant(Operation *op) {
  auto load = dyn_cast_or_null<LLVM::LoadOp>(op);
  return load && load.getInvariant();
}

static bool apartByScope(const Tags &a, const Tags &b) {
  return covered(a.scopes, b.notScopes) || covered(b.scopes, a.notScopes);
}

/// A scope that is declared in the block is another one in each iteration.
bool LlvmMemory::scopesHoldAround() const {
  return block->getOps<LLVM::NoAliasScopeDeclOp>().empty();
}

namespace {
enum class Object { Alloca, Global, OwnArgument, Argument, Other };
} // namespace

static Object kindOf(Value base) {
  if (auto arg = dyn_cast<BlockArgument>(base)) {
    auto function =
        dyn_cast<FunctionOpInterface>(arg.getOwner()->getParentOp());
    if (!function || !arg.getOwner()->isEntryBlock())
      return Object::Other;
    return function.getArgAttr(arg.getArgNumber(),
                               LLVM::LLVMDialect::getNoAliasAttrName())
               ? Object::OwnArgument
               : Object::Argument;
  }
  if (base.getDefiningOp<LLVM::AllocaOp>())
    return Object::Alloca;
  if (auto of = base.getDefiningOp<LLVM::AddressOfOp>())
    if (isa_and_nonnull<LLVM::GlobalOp>(
            SymbolTable::lookupNearestSymbolFrom(of, of.getGlobalNameAttr())))
      return Object::Global;
  return Object::Other;
}

/// True if the two values point to objects that surely differ.
static bool apartByObject(Value a, Value b) {
  Object x = kindOf(a), y = kindOf(b);
  if (a == b || x == Object::Other || y == Object::Other)
    return false;
  auto named = [](Object o) { return o != Object::Argument; };
  if (named(x) && named(y))
    return true;
  // An argument that may be anything is no fresh object and nothing that
  // another argument has for itself.
  Object known = named(x) ? x : y;
  return known == Object::Alloca || known == Object::OwnArgument;
}

bool LlvmMemory::apart(const MemoryAccess &a, const MemoryAccess &b) {
  Tags tagsA(a.op), tagsB(b.op);
  if (apartByType(tagsA, tagsB) || apartByScope(tagsA, tagsB) ||
      readsConstant(a.op) || readsConstant(b.op))
    return true;
  // Copies: the map may grow.
  Address x = addressOf(a.address), y = addressOf(b.address);
  if (!x.base || !y.base)
    return false;
  if (x.base != y.base) {
    resolveBase(x);
    resolveBase(y);
  }
  if (x.base != y.base)
    return apartByObject(x.base, y.base);
  std::optional<int64_t> sizeA = accessSize(a), sizeB = accessSize(b);
  if (!sizeA || !sizeB)
    return false;
  LinearForm gap = resolve(y.offset);
  gap.add(resolve(x.offset), -1);
  uint64_t multiples = gap.stride;
  for (const LinearForm::Term &t : gap.terms)
    multiples |= t.factor;
  return apartModulo(gap.constant, multiples, *sizeA, *sizeB);
}

std::optional<int64_t> LlvmMemory::distance(const MemoryAccess &a,
                                            const MemoryAccess &b) {
  Tags tagsA(a.op), tagsB(b.op);
  if (apartByType(tagsA, tagsB) || readsConstant(a.op) || readsConstant(b.op) ||
      (scopesHoldAround() && apartByScope(tagsA, tagsB)))
    return 0;
  Address x = addressOf(a.address), y = addressOf(b.address);
  if (!x.base || !y.base)
    return std::nullopt;
  resolveBase(x);
  resolveBase(y);
  if (x.base != y.base)
    return apartByObject(x.base, y.base) ? std::optional<int64_t>(0)
                                         : std::nullopt;
  std::optional<int64_t> sizeA = accessSize(a), sizeB = accessSize(b);
  if (!sizeA || !sizeB || isOwn(x.base))
    return std::nullopt;
  LinearForm from = resolve(x.offset), to = resolve(y.offset), fixed = to;
  fixed.add(from, -1);
  // A value of the iteration itself is another one in the other.
  uint64_t multiples = 0;
  for (const LinearForm *form : {&from, &to})
    for (const LinearForm::Term &t : form->terms)
      multiples |= isOwn(t.value) ? t.factor : 0;
  for (const LinearForm::Term &t : fixed.terms)
    multiples |= isOwn(t.value) ? 0 : t.factor;
  if (multiples != 0 || from.stride != to.stride) {
    multiples |= from.stride | to.stride;
    return apartModulo(fixed.constant, multiples, *sizeA, *sizeB)
               ? std::optional<int64_t>(0)
               : std::nullopt;
  }
  std::optional<int64_t> k =
      firstOverlap(static_cast<int64_t>(fixed.constant),
                   static_cast<int64_t>(to.stride), *sizeA, *sizeB);
  if (k && *k > 0 && trips() && *k >= *trips())
    return 0;
  return k;
}

LlvmMemory::Object LlvmMemory::object(Value address) {
  if (!address)
    return {};
  if (!isa<LLVM::LLVMPointerType>(address.getType())) {
    while (auto view = address.getDefiningOp<ViewLikeOpInterface>())
      address = view.getViewSource();
    return {address};
  }
  Address to = addressOf(address);
  if (!to.base)
    return {};
  resolveBase(to);
  Object found{to.base};
  ::Object kind = kindOf(to.base);
  found.isHidden = kind == ::Object::Alloca || kind == ::Object::OwnArgument;
  found.isOwn = found.isHidden || kind == ::Object::Global;
  return found;
}

std::optional<LlvmMemory::Place> LlvmMemory::place(const MemoryAccess &a,
                                                   bool now) {
  std::optional<int64_t> size = accessSize(a);
  if (!size || *size == 0)
    return std::nullopt;
  Address to = addressOf(a.address);
  if (!to.base)
    return std::nullopt;
  resolveBase(to);
  if (!now && isOwn(to.base))
    return std::nullopt;
  Place place{to.base, resolve(to.offset), *size};
  for (const LinearForm::Term &t : place.form.terms)
    if (!now && isOwn(t.value))
      return std::nullopt;
  llvm::sort(place.form.terms, [](const auto &x, const auto &y) {
    return std::make_pair(x.value.getAsOpaquePointer(), x.isUnsigned) <
           std::make_pair(y.value.getAsOpaquePointer(), y.isUnsigned);
  });
  return place;
}
