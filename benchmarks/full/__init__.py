"""The published system at full size: loading it, a day's update, every question over HTTP, a crowd, and networkx beside it."""
