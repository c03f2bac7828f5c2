"""What the graph is, and where it is kept.

The schema as data, the identity of standards and organisations, and the store with its engines live here. This
package knows nothing of the other three, and is the only one that contains SQL or Cypher.
"""
