"""Pages for people, rendered on the server, readable without script, in English and Chinese."""

from api.pages.rendering import environment, problem, render, wanted
from api.pages.routes import router

__all__ = ["environment", "problem", "render", "router", "wanted"]
