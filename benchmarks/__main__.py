"""Run all measurements that can run here, and say loudly what is missing."""

from __future__ import annotations

import sys

from benchmarks import generated, hipaa_forks, reading, search


def main() -> int:
    done = [hipaa_forks.main(), generated.main(), search.main(), reading.main()]
    if not all(done):
        print("\nSOME MEASUREMENTS DID NOT RUN: see MISSING above.", file=sys.stderr)
    return 0 if all(done) else 1


sys.exit(main())
