"""Answers for people at a terminal: tables and trees in colour, Chinese aligned, sources numbered below."""
