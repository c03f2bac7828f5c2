"""The questions: one module for each; pure and typed.

A question takes a store and typed parameters, and returns an answer: ranked items with their scores, the parts of
each score, the evidence, the subgraph to draw, and caveats. It uses ``graph`` and nothing else of this project.
"""
