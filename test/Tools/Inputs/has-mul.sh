#!/bin/sh
# Interesting (1) while the multiplication is there.
grep -q arith.muli "$1" && exit 1
exit 0
