"""What is given to a load, opened: files, and what lies in folders and archives, one input after the other."""

from loaders.inputs.limits import HEAD, LARGEST_TEXT, LONGEST_LINE
from loaders.inputs.opened import Head, Input, Piece
from loaders.inputs.text import decoded
from loaders.inputs.walking import walk

__all__ = ["HEAD", "LARGEST_TEXT", "LONGEST_LINE", "Head", "Input", "Piece", "decoded", "walk"]
