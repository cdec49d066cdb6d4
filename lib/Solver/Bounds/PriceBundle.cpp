//===- PriceBundle.cpp - Best prices by a proximal bundle -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/PriceBundle.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace gaus;

/// The simplex {x >= 0, sum x = total} nearest to `x` (Held, Wolfe, Crowder).
static void projectSimplex(double *x, size_t size, double total) {
  std::vector<double> sorted(x, x + size);
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0, shift = 0;
  for (size_t k = 0; k < size; ++k) {
    sum += sorted[k];
    double candidate = (sum - total) / double(k + 1);
    if (sorted[k] > candidate)
      shift = candidate;
  }
  for (size_t k = 0; k < size; ++k)
    x[k] = std::max(0.0, x[k] - shift);
}

static double dot(const std::vector<double> &a, const std::vector<double> &b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

PriceBundle::PriceBundle(std::vector<PriceGroup> groups,
                         std::vector<double> first)
    : groups(std::move(groups)), center(std::move(first)), trial(center) {}

void PriceBundle::project(std::vector<double> &x) const {
  for (const PriceGroup &g : groups) {
    double sum = 0;
    for (int32_t k = g.begin; k < g.end; ++k)
      sum += std::max(0.0, x[k]);
    double total = std::clamp(sum, g.least, g.most);
    if (total != sum || g.least == g.most) {
      projectSimplex(x.data() + g.begin, size_t(g.end - g.begin), total);
      continue;
    }
    for (int32_t k = g.begin; k < g.end; ++k)
      x[k] = std::max(0.0, x[k]);
  }
}

double PriceBundle::at(const Plane &plane) const {
  return plane.constant + dot(plane.slope, trial);
}

void PriceBundle::add(double value, std::vector<double> slope, double upper) {
  double constant = value - dot(slope, trial), square = dot(slope, slope);
  bool first = planes.empty();
  planes.push_back({constant, std::move(slope), square});
  share.push_back(first ? 1.0 : 0.0);
  if (first) {
    // Polyak's length.
    reach = std::max(1e-12, (upper - value) / std::max(1e-12, square));
    best = value;
  } else {
    double gained = value - best;
    if (gained >= 0.1 * predicted) {
      poor = 0;
      if (gained >= 0.5 * predicted)
        reach *= 2;
    } else if (++poor >= 3 || gained < -predicted) {
      poor = 0;
      reach *= 0.5;
    }
    if (gained > 0) {
      best = value;
      center = trial;
    }
  }
  findTrial();
}

/// The point that the planes' mean slope leads to from the center.
void PriceBundle::place() {
  trial = center;
  for (size_t p = 0; p < planes.size(); ++p) {
    if (share[p] == 0)
      continue;
    double far = reach * share[p];
    const std::vector<double> &slope = planes[p].slope;
    for (size_t k = 0; k < trial.size(); ++k)
      trial[k] += far * slope[k];
  }
  project(trial);
}

/// The dual of the proximal problem over the planes' weights: mass moves from
/// the highest plane with a weight to the lowest one at the point they lead to.
void PriceBundle::findTrial() {
  constexpr int32_t kExchanges = 400;
  std::vector<double> height(planes.size());
  for (int32_t k = 0;; ++k) {
    place();
    size_t low = 0, high = SIZE_MAX;
    for (size_t p = 0; p < planes.size(); ++p) {
      height[p] = at(planes[p]);
      if (height[p] < height[low])
        low = p;
      if (share[p] > 0 && (high == SIZE_MAX || height[p] > height[high]))
        high = p;
    }
    predicted = height[low] - best;
    double differ = height[high] - height[low];
    if (k == kExchanges || low == high ||
        differ <= 0.02 * std::max(1e-9, std::fabs(predicted)))
      break;
    double between = planes[low].square + planes[high].square -
                     2 * dot(planes[low].slope, planes[high].slope);
    double move = between > 0 ? differ / (reach * between) : share[high];
    move = std::min(move, share[high]);
    share[low] += move;
    share[high] -= move;
    if (share[high] < 1e-12)
      share[high] = 0;
  }
}
