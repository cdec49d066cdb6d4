"""Writes random problems of every SSP kind: random_ssp.py COUNT SEED."""

import random
import sys

KINDS = ["Problem", "CyclicProblem", "ChainingProblem",
         "SharedOperatorsProblem", "SharedResourcesProblem", "ModuloProblem",
         "ChainingCyclicProblem"]


def write(index, kind):
    pick = random.Random(f"{sys.argv[2]}/{index}")
    chaining, limits = "Chaining" in kind, kind[0] in "SM"
    cyclic = kind in ("CyclicProblem", "ModuloProblem", "ChainingCyclicProblem")
    types, rsrcs = pick.randint(1, 4), pick.randint(1, 3)
    library = pick.choice(["", " @lib"])
    print(f'ssp.instance @i{index} of "{kind}" {{\n  library{library} {{')
    for k in range(types):
        latency = pick.randint(1 if limits else 0, 4)
        props = [f"latency<{latency}>"]
        if chaining:
            first = pick.randint(0, 24) / 10
            second = pick.randint(0, 24) / 10 if latency else first
            props += [f"incDelay<{first} : f32>", f"outDelay<{second} : f32>"]
        if limits and pick.random() < 0.2:
            props.append(f"limit<{pick.randint(1, 3)}>")
        print(f"    operator_type @T{k} [{', '.join(props)}]")
    print("  }\n  resource {")
    for k in range(rsrcs if limits else 0):
        print(f"    resource_type @T{k} [limit<{pick.randint(1, 3)}>]")
    print("  }\n  graph {")
    n = pick.randint(1, 25)
    arity = [pick.randint(0, 2) for _ in range(n)]
    for i in range(n):
        def dist(back):
            least = 1 if back else 0
            far = pick.randint(least, 3) if cyclic else 0
            return f" [dist<{far}>]" if far else ""
        deps = []
        sources = [j for j in range(n) if arity[j] and
                   (j < i or (cyclic and not chaining))]
        for j in sorted(pick.sample(sources, min(len(sources), pick.randint(0, 3)))):
            number = f"#{pick.randrange(arity[j])}" if arity[j] > 1 else ""
            far = "" if chaining else dist(j >= i)
            deps.append(f"%v{j}{number}{far}")
        for j in pick.sample(range(n), min(n, pick.randint(0, 2))):
            if j < i or cyclic:
                deps.append(f"@o{j}{dist(j >= i)}")
        result = {0: "", 1: f"%v{i} = ", 2: f"%v{i}:2 = "}[arity[i]]
        uses = [f"@T{k}" for k in range(rsrcs) if pick.random() < 0.4]
        uses = f" uses[{', '.join(uses)}]" if limits and uses else ""
        print(f"    {result}operation<@T{pick.randrange(types)}> @o{i}"
              f"({', '.join(deps)}){uses}")
    print("  }\n}")


for number in range(int(sys.argv[1])):
    write(number, KINDS[number % len(KINDS)])
