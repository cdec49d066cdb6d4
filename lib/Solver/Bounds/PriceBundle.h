//===- PriceBundle.h - Best prices by a proximal bundle ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Maximises a concave function of prices that is known by its values and
/// slopes at single points: each is a plane above the function. The next point
/// maximises the least of the planes less a square of the distance from the
/// best point so far (Kiwiel, "Proximity control in bundle methods", 1990).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_PRICEBUNDLE_H
#define GAUS_LIB_SOLVER_BOUNDS_PRICEBUNDLE_H

#include <cstdint>
#include <vector>

namespace gaus {

/// Prices >= 0 whose sum is between `least` and `most`.
struct PriceGroup {
  int32_t begin, end;
  double least, most;
};

class PriceBundle {
public:
  /// Begins at `first`, one entry a price, which the groups allow.
  PriceBundle(std::vector<PriceGroup> groups, std::vector<double> first);

  /// Where the function is wanted next.
  const std::vector<double> &point() const { return trial; }
  /// Tells the value and a slope at point(), and finds the next point. `upper`
  /// is at least the function's greatest value: it gives the first step's
  /// length.
  void add(double value, std::vector<double> slope, double upper);

  /// Best value so far and its point.
  double bestValue() const { return best; }
  const std::vector<double> &bestPoint() const { return center; }
  /// What the planes still promise above the best value at the next point.
  double promise() const { return predicted; }
  /// Weights of the planes, in the order of add(); they sum to one. Of the
  /// solutions behind the slopes, this mean is nearly optimal and nearly
  /// feasible.
  const std::vector<double> &weights() const { return share; }

private:
  struct Plane {
    double constant; ///< value at zero prices
    std::vector<double> slope;
    double square; ///< of the slope's length
  };

  void findTrial();
  void place();
  double at(const Plane &plane) const;
  void project(std::vector<double> &x) const;

  std::vector<PriceGroup> groups;
  std::vector<Plane> planes;
  std::vector<double> center, trial, share;
  double best = 0, predicted = 0, reach = 0;
  int32_t poor = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_PRICEBUNDLE_H
