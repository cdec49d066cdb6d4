/*===- gaus-c/Core.h - Problems and schedules in C ----------------*- C -*-===*\
|*                                                                            *|
|* Part of GauS, under the Apache License v2.0 with LLVM Exceptions.          *|
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                    *|
|*                                                                            *|
|*===----------------------------------------------------------------------===*|
|*                                                                            *|
|* Arrays in, verified schedules out, no LLVM: libgaus.so. docs/spec.md       *|
|* defines every quantity. Objects are made by a function that returns them   *|
|* and freed by the Destroy function of their kind; every function may be     *|
|* called from any thread, one call at a time an object.                      *|
|*                                                                            *|
|* A function that can fail takes a last argument `error`, which may be NULL. *|
|* On failure it returns NULL or false and sets *error to a text in English,  *|
|* "[Lat] the length of ...", notes on lines of their own, to be freed with   *|
|* gausStringDestroy; on success it sets *error to NULL.                      *|
|*                                                                            *|
\*===----------------------------------------------------------------------===*/

#ifndef GAUS_C_CORE_H
#define GAUS_C_CORE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct GausProblem GausProblem;
typedef struct GausOptions GausOptions;
typedef struct GausSchedule GausSchedule;

/** A problem as arrays, which gausProblemCreate copies. All that is 0 or NULL
 * has the default that is named; `limitLive` says whether `liveLimit` counts.
 */
typedef struct GausArrays {
  const char *name;
  /* One entry a node. */
  int32_t numNodes;
  const int32_t *latency;      /**< cycles >= 0; needed unless numNodes is 0 */
  const int32_t *occupancy;    /**< cycles >= 1; 1 */
  const int64_t *width;        /**< of the value made, >= 0; 0 */
  const int32_t *earliest;     /**< first start, >= 0; 0 */
  const int32_t *latest;       /**< last start; unlimited */
  const double *delayIn;       /**< ns >= 0 before the first register; 0 */
  const double *delayOut;      /**< ns >= 0 after the last register; 0 */
  const char *const *nodeName; /**< for messages; numbers */
  /* Units in compressed rows: node i uses useUnits[k] of resource
   * useResource[k] for k in [useBegin[i], useBegin[i+1]); useBegin has numNodes
   * + 1 entries. */
  const int32_t *useBegin; /**< nothing is used */
  const int32_t *useResource;
  const int64_t *useUnits; /**< 1 */
  /* One entry an edge. */
  int32_t numEdges;
  const int32_t *source, *target; /**< nodes; needed unless numEdges is 0 */
  const int32_t *distance;        /**< iterations >= 0; 0 */
  const int32_t *lag;             /**< cycles of any sign; 0 */
  const int64_t *weight;          /**< of communication, >= 0; 1 */
  const uint8_t *carries;         /**< 1: a value, 0: order alone; 1 */
  /* One entry a resource. */
  int32_t numResources;
  const int64_t *limit;            /**< units in a cycle, -1 = unlimited; -1 */
  const int64_t *price;            /**< of a unit of peak use, >= 0; 1 */
  const char *const *resourceName; /**< for messages; numbers */
  /* The whole. */
  int32_t ii;     /**< initiation interval; none */
  int32_t length; /**< cycles; none */
  double clock;   /**< period in ns; none */
  bool limitLive;
  int64_t liveLimit; /**< the most live memory in any cycle, >= 0 */
  bool hasBuffers;   /**< the memory model: buffers, else values */
} GausArrays;

/** "0.1.0". */
const char *gausVersion(void);
void gausStringDestroy(char *text);

/** Fails where an array is missing or an entry out of its range. */
GausProblem *gausProblemCreate(const GausArrays *arrays, char **error);
/** Reads .gml, .aig, .aag, .json or .graphml. */
GausProblem *gausProblemRead(const char *path, char **error);
void gausProblemDestroy(GausProblem *problem);
int32_t gausProblemNumNodes(const GausProblem *problem);
int32_t gausProblemNumEdges(const GausProblem *problem);
int32_t gausProblemNumResources(const GausProblem *problem);

/** The defaults of docs/options.md. */
GausOptions *gausOptionsCreate(void);
void gausOptionsDestroy(GausOptions *options);
/** Sets an option by its name there, from text: ("length", "1.5x"). */
bool gausOptionsSet(GausOptions *options, const char *name, const char *value,
                    char **error);

/** The best schedule found, verified. `options` may be NULL. `existing` may be
 *  NULL, or numNodes starts of a schedule to begin from. */
GausSchedule *gausSolve(const GausProblem *problem, const GausOptions *options,
                        const int32_t *existing, char **error);
void gausScheduleDestroy(GausSchedule *schedule);
/** Start cycles, numNodes of them, as long as the schedule lives. */
const int32_t *gausScheduleStarts(const GausSchedule *schedule);
/** Value of the objective, and a lower bound on it. */
int64_t gausScheduleCost(const GausSchedule *schedule);
int64_t gausScheduleBound(const GausSchedule *schedule);
/** Cycles as solved: the length asked for, or what was reached; the II, 0 =
 * none. */
int64_t gausScheduleLength(const GausSchedule *schedule);
int32_t gausScheduleII(const GausSchedule *schedule);
/** A report of the schedule: "text", "json", "csv", "html", ... of gaus-report.
 */
char *gausScheduleReport(const GausSchedule *schedule, const char *format,
                         char **error);

/** Whether `starts` (numNodes of them) are legal within `length` cycles (0 =
 * any) at the interval `ii` (0 = none); *error says what is not, a line a
 * violation. */
bool gausVerify(const GausProblem *problem, const int32_t *starts,
                int32_t length, int32_t ii, char **error);

#ifdef __cplusplus
}
#endif

#endif /* GAUS_C_CORE_H */
