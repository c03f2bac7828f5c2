"""What standards-graph costs in time, measured as its users meet it: command and HTTP, on the shipped data.

``python -m benchmarks`` runs all; ``python -m benchmarks NAME ...`` runs some. Each module here that is named
``bench_*`` has a function ``run`` that yields measurements. Nothing in the tests depends on a time.
"""
