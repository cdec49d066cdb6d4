//===- CudaBackend.cu - The kernels on a GPU ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The runtime is linked statically and finds the driver when it is called: the
/// same binary runs on machines without one.
///
//===----------------------------------------------------------------------===//

#include "../kernels/Runner.h"
#include "CudaContext.cuh"

#include <cuda_runtime.h>

using namespace gaus;

template <class Kernel>
__global__ void __launch_bounds__(Kernel::block)
    gausKernel(const __grid_constant__ kernels::View v) {
  gpu::CudaContext<Kernel::block> ctx;
  Kernel::run(ctx, v);
}

namespace {

/// One stream of one device; remembers the first error.
class Machine {
public:
  Machine() {
    check(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
  }
  ~Machine() {
    for (void *p : memory)
      cudaFree(p);
    if (stream)
      cudaStreamDestroy(stream);
  }
  Machine(const Machine &) = delete;

  void *allocate(size_t bytes) {
    void *p = nullptr;
    if (!check(cudaMalloc(&p, bytes)))
      return nullptr;
    memory.push_back(p);
    check(cudaMemsetAsync(p, 0, bytes, stream));
    return p;
  }
  void toDevice(void *to, const void *from, size_t bytes) {
    check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, stream));
    check(cudaStreamSynchronize(stream));
  }
  void toHost(void *to, const void *from, size_t bytes) {
    check(cudaMemcpyAsync(to, from, bytes, cudaMemcpyDeviceToHost, stream));
    check(cudaStreamSynchronize(stream));
  }

  template <class Kernel>
  void launch(int32_t x, int32_t y, const kernels::View &v) {
    if (failed())
      return;
    gausKernel<Kernel><<<dim3(x, y), Kernel::block, 0, stream>>>(v);
    check(cudaGetLastError());
  }

  /// `body` becomes one CUDA graph. The host waits only now and then, to look
  /// at `stop`; nothing is copied in between.
  template <class F>
  int64_t repeat(int64_t times, const F &body, const Stop &stop) {
    constexpr int64_t kBetweenLooks = 4;
    cudaGraph_t graph = nullptr;
    cudaGraphExec_t ready = nullptr;
    if (times == 0 || failed() ||
        !check(
            cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal)))
      return 0;
    body();
    bool good = check(cudaStreamEndCapture(stream, &graph)) &&
                check(cudaGraphInstantiate(&ready, graph, 0));
    int64_t done = 0;
    while (good && done < times) {
      good = check(cudaGraphLaunch(ready, stream));
      ++done;
      if (done % kBetweenLooks != 0 && done < times)
        continue;
      good = good && check(cudaStreamSynchronize(stream));
      if (stop.requested())
        break;
    }
    if (ready)
      cudaGraphExecDestroy(ready);
    if (graph)
      cudaGraphDestroy(graph);
    return done;
  }

  bool failed() const { return error != cudaSuccess; }
  std::string fault() const { return cudaGetErrorString(error); }

private:
  bool check(cudaError_t e) {
    if (error == cudaSuccess)
      error = e;
    return e == cudaSuccess;
  }

  cudaStream_t stream = nullptr;
  cudaError_t error = cudaSuccess;
  std::vector<void *> memory;
};

Diagnostic backendError(std::string message) {
  Diagnostic d;
  d.code = "backend";
  d.message = std::move(message);
  return d;
}

/// Every allocation may take so many bytes more.
constexpr int64_t kGranule = 512;

class CudaBackend final : public Backend {
public:
  std::string_view name() const override { return "cuda"; }

  std::optional<Diagnostic> descend(const Instance &instance,
                                    const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    size_t free = 0, total = 0;
    if (cudaError_t e = cudaMemGetInfo(&free, &total); e != cudaSuccess)
      return backendError(std::string("the CUDA device failed: ") +
                          cudaGetErrorString(e));
    kernels::HostPlan plan = kernels::makePlan(instance, options);
    kernels::DeviceBytes bytes =
        kernels::deviceBytes({instance, plan, options});
    int64_t usable = static_cast<int64_t>(free) / 10 * 9 - bytes.shared -
                     kernels::kNumArrays * kGranule;
    int64_t most = usable / bytes.replica;
    if (most < 1)
      return backendError("the problem needs " +
                          std::to_string((bytes.shared + bytes.replica) >> 20) +
                          " MiB on the CUDA device, which has " +
                          std::to_string(free >> 20) + " MiB free");
    // A portfolio that does not fit runs in parts; the result is the same.
    size_t part = static_cast<size_t>(
        std::min<int64_t>(most, static_cast<int64_t>(replicas.size())));
    for (size_t at = 0; at < replicas.size(); at += part) {
      Machine machine;
      kernels::Runner<Machine> runner(
          machine, instance, plan, options,
          replicas.subspan(at, std::min(part, replicas.size() - at)));
      if (!runner.run(stop))
        return backendError("the CUDA device failed: " + machine.fault());
    }
    return std::nullopt;
  }
};

} // namespace

Outcome<std::unique_ptr<Backend>> gaus::createCudaBackend() {
  int count = 0;
  cudaError_t e = cudaGetDeviceCount(&count);
  if (e != cudaSuccess || count == 0)
    return backendError(
        std::string("no CUDA device: ") +
        (e != cudaSuccess ? cudaGetErrorString(e) : "the driver lists none"));
  cudaDeviceProp properties;
  if (cudaGetDeviceProperties(&properties, 0) != cudaSuccess ||
      properties.major < 8)
    return backendError("the CUDA device is older than compute capability 8.0");
  return std::unique_ptr<Backend>(new CudaBackend);
}
