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

#include "../kernels/Arrays.h"
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
    int64_t recordings = 0; ///< of launches to be repeated
  };
  const Traffic &traffic() const { return counted; }

  void *allocate(size_t bytes) {
    ++counted.allocations;
    counted.allocatedBytes += static_cast<int64_t>(bytes);
    memory.emplace_back(new unsigned char[bytes]);
    return memory.back().get();
  }
  void release(void *p) {
    std::erase_if(memory, [&](const auto &m) { return m.get() == p; });
  }
  /// What must not be read before it is written becomes floats that are no
  /// numbers, and negative integers.
  void begin(kernels::Begins how, void *p, size_t bytes) {
    std::memset(p, how == kernels::Begins::Zero ? 0 : 0xFF, bytes);
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
    if (records)
      recorded.push_back([=, this] { execute<Kernel>(gridX, gridY, v); });
    else
      execute<Kernel>(gridX, gridY, v);
  }

  /// As a graph: what runs is what was recorded, with the views of then.
  template <class F>
  int64_t repeat(bool same, int64_t times, const F &body, const Stop &stop) {
    if (times == 0)
      return 0;
    if (!same) {
      ++counted.recordings;
      recorded.clear();
      records = true;
      body();
      records = false;
    }
    int64_t done = 0;
    while (done < times && !failed()) {
      for (const std::function<void()> &run : recorded)
        run();
      ++done;
      if (stop.requested())
        break;
    }
    return done;
  }

  bool failed() const { return !block.fault().empty(); }
  const std::string &fault() const { return block.fault(); }

private:
  template <class Kernel>
  void execute(int32_t gridX, int32_t gridY, const kernels::View &v) {
    if (failed())
      return;
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

  uint64_t seed, launches = 0;
  bool records = false;
  std::vector<std::function<void()>> recorded;
  Traffic counted;
  Block block;
  std::vector<std::unique_ptr<unsigned char[]>> memory;
};

} // namespace gaus::simt

#endif // GAUS_LIB_DEVICE_SIMT_HOSTDEVICE_H
