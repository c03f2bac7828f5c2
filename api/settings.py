"""What can be set from outside: each value is one environment variable that begins with ``STANDARDS_GRAPH_``.

========================== ==================================== ===================================================
variable                   without it                           what it sets
========================== ==================================== ===================================================
STANDARDS_GRAPH_STORE      a file in the user's data folder     address of the store
STANDARDS_GRAPH_HOST       127.0.0.1                            address to listen on
STANDARDS_GRAPH_PORT       8000                                 port to listen on
STANDARDS_GRAPH_HOSTS      loopback names when on loopback      names under which the server may be called
STANDARDS_GRAPH_PRIVATE    yes on loopback, else no             whether private datasets are shown
STANDARDS_GRAPH_ORIGINS    none                                 other sites whose pages may read the API (CORS)
STANDARDS_GRAPH_WORKERS    1                                    processes that answer
STANDARDS_GRAPH_LOG_LEVEL  INFO                                 least important messages to log
STANDARDS_GRAPH_LOG_FORMAT text on a terminal, else json        how log lines are written
========================== ==================================== ===================================================

Lists are written with commas: ``STANDARDS_GRAPH_HOSTS=graph.example.org,localhost``.
"""

from __future__ import annotations

import ipaddress
import os
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

PREFIX = "STANDARDS_GRAPH_"

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""Names by which a browser on the same machine calls it."""


class Settings(BaseModel):
    """The settings of one server; what is not given is as the environment says.

    Raises pydantic.ValidationError, which names the variable, for a value that cannot be used.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    # Where the graph is kept: sqlite:///folder/file.sqlite. Unset, `graph.open` knows the place.
    store: str | None = Field(None, description="address of the store")

    # Loopback unless told otherwise: reading needs no key, so who can connect can read.
    host: str = Field("127.0.0.1", description="address to listen on")

    # 0 takes any free port.
    port: int = Field(8000, ge=0, le=65535, description="port to listen on")

    # Guards a server on loopback against pages of other sites that resolve their own name to 127.0.0.1. Set it when a proxy
    # on this machine passes its own name on; "*" turns the guard off.
    hosts: tuple[str, ...] = Field((), description="names under which the server may be called")

    # Teams load lists that are not for everybody. Unset, they are shown on loopback alone.
    private: bool | None = Field(None, description="whether private datasets are shown")

    # None by default: pages of other sites cannot read this API.
    origins: tuple[str, ...] = Field((), description="other sites whose pages may read the API")

    # Each reads the store for itself, so that more processors answer more at once.
    workers: int = Field(1, ge=1, le=64, description="processes that answer")

    # Python's names of levels.
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="least important messages to log"
    )

    # One JSON object a line for machines; text for people. Unset, it depends on whether a person is looking.
    log_format: Literal["json", "text"] | None = Field(None, description="how log lines are written")

    @model_validator(mode="before")
    @classmethod
    def _from_environment(cls, given: dict[str, Any]) -> dict[str, Any]:
        said = {
            name.upper().removeprefix(PREFIX).lower(): value
            for name, value in os.environ.items()
            if name.upper().startswith(PREFIX)
        }
        return {**{name: said[name] for name in cls.model_fields if name in said}, **given}

    @field_validator("hosts", "origins", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    def environment(self) -> dict[str, str]:
        """The settings as variables, for processes that are started to serve with them.

        >>> Settings(port=8080, hosts=("a", "b")).environment()["STANDARDS_GRAPH_HOSTS"]
        'a,b'
        """
        return {
            f"{PREFIX}{name.upper()}": ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in self.model_dump().items()
            if value is not None
        }

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can connect.

        >>> Settings(host="127.0.0.1").on_loopback, Settings(host="0.0.0.0").on_loopback
        (True, False)
        """
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return False

    @property
    def shows_private(self) -> bool:
        """Whether answers include private datasets: as set, else only where none but this machine can ask."""
        return self.on_loopback if self.private is None else self.private
