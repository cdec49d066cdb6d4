/* A problem as arrays, solved, verified and reported in C. */

#include <gaus-c/Core.h>

#include <stdio.h>
#include <string.h>

static int fail(char *error) {
  fprintf(stderr, "error: %s\n", error);
  gausStringDestroy(error);
  return 1;
}

int main(void) {
  const int32_t latency[] = {1, 3, 3, 1}, source[] = {0, 0, 1, 2},
                target[] = {1, 2, 3, 3}, useBegin[] = {0, 0, 1, 2, 2},
                useResource[] = {0, 0}, tooEarly[] = {0, 0, 3, 6};
  const int64_t width[] = {8, 16, 16, 16}, limit[] = {1};
  const char *names[] = {"x", "square", "cube", "sum"}, *resources[] = {"mul"};
  GausArrays arrays;
  memset(&arrays, 0, sizeof arrays);
  arrays.numNodes = 4;
  arrays.latency = latency;
  arrays.width = width;
  arrays.nodeName = names;
  arrays.useBegin = useBegin;
  arrays.useResource = useResource;
  arrays.numEdges = 4;
  arrays.source = source;
  arrays.target = target;
  arrays.numResources = 1;
  arrays.limit = limit;
  arrays.resourceName = resources;

  char *error;
  GausProblem *problem = gausProblemCreate(&arrays, &error);
  if (!problem)
    return fail(error);
  GausOptions *options = gausOptionsCreate();
  if (!gausOptionsSet(options, "objective", "memory", &error) ||
      !gausOptionsSet(options, "length", "1.5x", &error))
    return fail(error);
  if (gausOptionsSet(options, "objective", "speed", &error))
    return 1;
  printf("%s\n", error);
  gausStringDestroy(error);

  GausSchedule *schedule = gausSolve(problem, options, NULL, &error);
  if (!schedule)
    return fail(error);
  const int32_t *starts = gausScheduleStarts(schedule);
  for (int32_t i = 0; i < gausProblemNumNodes(problem); ++i)
    printf("%s %d\n", names[i], starts[i]);
  printf("cost %lld bound %lld length %lld ii %d\n",
         (long long)gausScheduleCost(schedule),
         (long long)gausScheduleBound(schedule),
         (long long)gausScheduleLength(schedule), gausScheduleII(schedule));
  if (!gausVerify(problem, starts, 0, 0, &error))
    return fail(error);
  if (gausVerify(problem, tooEarly, 0, 0, &error))
    return 1;
  printf("%s\n", error);
  gausStringDestroy(error);
  char *report = gausScheduleReport(schedule, "text", &error);
  if (!report)
    return fail(error);
  printf("%s", report);
  gausStringDestroy(report);

  gausOptionsSet(options, "length", "4", NULL);
  if (gausSolve(problem, options, NULL, &error))
    return 1;
  printf("%s\n", error);
  gausStringDestroy(error);
  if (gausProblemRead("nothing.gml", &error))
    return 1;
  gausStringDestroy(error);
  arrays.latency = NULL;
  if (gausProblemCreate(&arrays, &error))
    return 1;
  printf("%s\n", error);
  gausStringDestroy(error);

  gausScheduleDestroy(schedule);
  gausOptionsDestroy(options);
  gausProblemDestroy(problem);
  return 0;
}
