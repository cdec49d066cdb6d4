//===- HostDevice.h - A device's memory and launches on the host -*- C++
//-*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Memory of the host as a device's, and launches block after block; counts
/// what goes between the two sides.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_SIMT_HOSTDEVICE_H
#define GAUS_LIB_DEVICE_SIMT_HOSTDEVICE_H

#include "HostContext.h"

#include "gaus/Core/Stop.h"

#include <numeric>

namespace gaus::simt {

class HostDevice {
public:
  /// Blocks and threads run in an order drawn from `seed`.
  explicit HostDevice(uint64_t seed) : seed(seed) {}

  /// What was asked for since the beginning.
  struct Traffic {
    int64_t allocations = 0, allocatedBytes = 0;
    int64_t uploads = 0, uploadedBytes = 0;
  };
  const Traffic &traffic() const { return counted; }

  void *allocate(size_t bytes) {
    ++counted.allocations;
    counted.allocatedBytes += static_cast<int64_t>(bytes);
    // Nothing is zero by accident on a device either, but the state starts so.
    memory.emplace_back(new unsigned char[bytes]());
    return memory.back().get();
  }
  void toDevice(void *to, const void *from, size_t bytes) {
    ++counted.uploads;
    counted.uploadedBytes += static_cast<int64_t>(bytes);
    std::memcpy(to, from, bytes);
  }
  void toHost(void *to, const void *from, size_t bytes) {
    std::memcpy(to, from, bytes);
  }

  template <class Kernel>
  void launch(int32_t gridX, int32_t gridY, const kernels::View &v) {
    std::vector<int32_t> order(int64_t(gridX) * gridY);
    std::iota(order.begin(), order.end(), 0);
    ++launches;
    for (size_t k = order.size(); k-- > 1;) {
      dev::Philox random = dev::philox(seed, k, launches);
      std::swap(order[k], order[random.word[0] % (k + 1)]);
    }
    for (int32_t b : order) {
      if (failed())
        return;
      HostContext ctx(block, b % gridX, b / gridX);
      block.run(Kernel::block, seed + launches * 1024 + b,
                [&](int32_t) { Kernel::run(ctx, v); });
    }
  }

  template <class F>
  int64_t repeat(int64_t times, const F &body, const Stop &stop) {
    int64_t done = 0;
    while (done < times && !failed()) {
      body();
      ++done;
      if (stop.requested())
        break;
    }
    return done;
  }

  bool failed() const { return !block.fault().empty(); }
  const std::string &fault() const { return block.fault(); }

private:
  uint64_t seed, launches = 0;
  Traffic counted;
  Block block;
  std::vector<std::unique_ptr<unsigned char[]>> memory;
};

} // namespace gaus::simt

#endif // GAUS_LIB_DEVICE_SIMT_HOSTDEVICE_H
