"""Log lines: one JSON object each for machines, or a line of text for a person who looks on."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from api.settings import Settings

FIELDS = ("method", "path", "status", "ms", "request_id")
"""What a line about a request carries, beside time, level, logger and message."""


class JsonLines(logging.Formatter):
    """Each record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()


class TextLines(logging.Formatter):
    """Each record as a line for people: a request as `GET /v1/search 200 1.2 ms`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        if hasattr(record, "status") and hasattr(record, "ms"):
            said = f"{getattr(record, 'method', '')} {getattr(record, 'path', '')} {record.status} {record.ms} ms"
        else:
            said = record.getMessage()
        line = f"{datetime.fromtimestamp(record.created).astimezone():%H:%M:%S} {record.levelname.lower():7} {said}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configure(settings: Settings) -> None:
    """Send this program's and the server's log lines to standard error, in the form that the settings name."""
    chosen = settings.log_format or ("text" if sys.stderr.isatty() else "json")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if chosen == "json" else TextLines())
    for name in ("standards_graph", "uvicorn", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers = [handler] if name != "uvicorn.error" else []
        logger.setLevel(settings.log_level)
        logger.propagate = name == "uvicorn.error"
    # Requests have their own line; the server's would repeat it, with the words that were asked.
    logging.getLogger("uvicorn.access").disabled = True
