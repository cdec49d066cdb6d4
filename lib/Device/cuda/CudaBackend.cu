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

#include "../kernels/LoadedOn.h"
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
    dropGraph();
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
    return p;
  }
  void release(void *p) {
    if (std::erase(memory, p) > 0)
      check(cudaFree(p));
  }
  void begin(kernels::Begins how, void *p, size_t bytes) {
    if (how == kernels::Begins::Zero)
      check(cudaMemsetAsync(p, 0, bytes, stream));
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

  /// `body` becomes one CUDA graph, which is kept. The host waits only now and
  /// then, to look at `stop`; nothing is copied in between.
  template <class F>
  int64_t repeat(bool same, int64_t times, const F &body, const Stop &stop) {
    constexpr int64_t kBetweenLooks = 4;
    if (times == 0 || failed() || (!same && !capture(body)))
      return 0;
    bool good = true;
    int64_t done = 0;
    while (good && done < times) {
      good = check(cudaGraphLaunch(graph, stream));
      ++done;
      if (done % kBetweenLooks != 0 && done < times)
        continue;
      good = good && check(cudaStreamSynchronize(stream));
      if (stop.requested())
        break;
    }
    return done;
  }

  bool failed() const { return error != cudaSuccess; }
  std::string fault() const { return cudaGetErrorString(error); }

private:
  template <class F> bool capture(const F &body) {
    dropGraph();
    if (!check(
            cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal)))
      return false;
    body();
    cudaGraph_t captured = nullptr;
    bool good = check(cudaStreamEndCapture(stream, &captured)) &&
                check(cudaGraphInstantiate(&graph, captured, 0));
    if (captured)
      cudaGraphDestroy(captured);
    return good;
  }
  void dropGraph() {
    if (graph)
      cudaGraphExecDestroy(graph);
    graph = nullptr;
  }

  bool check(cudaError_t e) {
    if (error == cudaSuccess)
      error = e;
    return e == cudaSuccess;
  }

  cudaStream_t stream = nullptr;
  cudaGraphExec_t graph = nullptr;
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

class CudaLoaded final : public Loaded {
public:
  explicit CudaLoaded(const Instance &instance) : problem(machine, instance) {}

  std::optional<Diagnostic> load() {
    // A batch of one replica and one step, so that a problem that cannot be
    // descended is refused before anything is copied.
    DescentOptions least;
    least.steps = 1;
    Outcome<int64_t> most = replicasThatFit(least, 0);
    if (!most)
      return most.error();
    return problem.load() ? std::nullopt : failure();
  }

  std::optional<Diagnostic> descend(const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    auto count = static_cast<int64_t>(replicas.size());
    int64_t part = count;
    if (count > problem.heldReplicas()) {
      Outcome<int64_t> most =
          replicasThatFit(options, problem.bytes(options).shared);
      if (!most)
        return most.error();
      part = std::min(*most, count);
    }
    // A portfolio that does not fit runs in parts; the result is the same.
    for (int64_t at = 0; at < count; at += part)
      if (!problem.descend(
              options, replicas.subspan(at, std::min(part, count - at)), stop))
        return failure();
    return std::nullopt;
  }

private:
  std::optional<Diagnostic> failure() const {
    return backendError("the CUDA device failed: " + machine.fault());
  }

  /// Of a batch, where `there` of the bytes that all share are on the device
  /// already. An error if not one does.
  Outcome<int64_t> replicasThatFit(const DescentOptions &options,
                                   int64_t there) const {
    size_t free = 0, total = 0;
    if (cudaError_t e = cudaMemGetInfo(&free, &total); e != cudaSuccess)
      return backendError(std::string("the CUDA device failed: ") +
                          cudaGetErrorString(e));
    kernels::DeviceBytes bytes = problem.bytes(options);
    // The room of the batches before is used again.
    int64_t held = problem.heldReplicas() * bytes.replica;
    int64_t usable = static_cast<int64_t>(free) / 10 * 9 + held -
                     (bytes.shared - there) - kernels::kNumArrays * kGranule;
    int64_t most = usable / bytes.replica;
    if (most >= 1)
      return most;
    return backendError("the problem needs " +
                        std::to_string((bytes.shared + bytes.replica) >> 20) +
                        " MiB on the CUDA device, which has " +
                        std::to_string(free >> 20) + " MiB free");
  }

  Machine machine;
  kernels::LoadedOn<Machine> problem;
};

class CudaBackend final : public Backend {
public:
  std::string_view name() const override { return "cuda"; }

  Outcome<std::unique_ptr<Loaded>> load(const Instance &instance) override {
    auto loaded = std::make_unique<CudaLoaded>(instance);
    if (auto failed = loaded->load())
      return *failed;
    return std::unique_ptr<Loaded>(std::move(loaded));
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
