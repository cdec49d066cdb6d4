//===- CbcStop.cpp - A running integer program ends -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/CbcStop.h"

#include <coin/CbcEventHandler.hpp>
#include <coin/CbcModel.hpp>
#include <coin/CbcSolver.hpp>
#include <coin/ClpEventHandler.hpp>
#include <coin/OsiClpSolverInterface.hpp>

#include <string>
#include <vector>

// The structure behind the C interface, which offers no events.
#define CBC_EXTERN_C
#include <coin/Coin_C_defines.h>

using namespace gaus;

namespace {

/// Of the branching.
class NodeEvents : public CbcEventHandler {
public:
  explicit NodeEvents(const Stop *stop) : request(stop) {}
  CbcAction event(CbcEvent) override {
    return request->requested() ? CbcAction::stop : noAction;
  }
  CbcEventHandler *clone() const override { return new NodeEvents(*this); }

private:
  const Stop *request;
};

/// Of the simplex method.
class PivotEvents : public ClpEventHandler {
public:
  explicit PivotEvents(const Stop *stop) : request(stop) {}
  int event(Event which) override {
    if (which == endOfIteration && request->requested())
      return 0;
    return ClpEventHandler::event(which);
  }
  ClpEventHandler *clone() const override { return new PivotEvents(*this); }

private:
  const Stop *request;
};

} // namespace

void gaus::endWith(void *model, const Stop *stop) {
  if (!stop)
    return;
  auto *whole = static_cast<Cbc_Model *>(model);
  NodeEvents nodes(stop);
  whole->model_->passInEventHandler(&nodes);
  PivotEvents pivots(stop);
  if (auto *clp =
          dynamic_cast<OsiClpSolverInterface *>(whole->model_->solver()))
    clp->getModelPtr()->passInEventHandler(&pivots);
}
