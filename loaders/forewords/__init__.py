"""Forewords of standards (前言), Chinese or translated, cut from PDFs as text: who proposed, answers for and drafted what."""

from loaders.forewords.model import Foreword
from loaders.forewords.reading import read
from loaders.forewords.source import FOREWORDS, Forewords

__all__ = ["FOREWORDS", "Foreword", "Forewords", "read"]
