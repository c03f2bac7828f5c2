"""The application: settings and store in, one FastAPI application out. Nothing here is global."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator
from importlib import metadata, resources

from fastapi import Depends, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.staticfiles import StaticFiles

from api import faults, pages, validators
from api.opened import OpenedStore
from api.parameters import known_only
from api.remembered import Remembering
from api.routes import (
    asked,
    briefs,
    catalogue,
    changes,
    documentation,
    entities,
    health,
    portfolios,
    questions,
    reaching,
)
from api.routes.description import DESCRIPTION, SUMMARY, TAGS, TITLE
from api.settings import Settings
from api.traffic import Traffic
from graph.errors import StoreError
from graph.store import Store

log = logging.getLogger("standards_graph.server")


def create_app(settings: Settings | None = None, store: Store | None = None) -> FastAPI:
    """An application that serves the store which `settings` names (without them: the environment), read-only.

    A `store` that is given is used instead, and left open at the end. Where the store cannot be opened the application starts all the
    same: each answer is then a problem 503 with the reason, and `/readyz` says so too.
    """
    settings = settings or Settings()
    opened = OpenedStore(settings.store, store, private=settings.shows_private)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            opened.get()
        except StoreError as error:
            log.warning("Not ready: %s", error)
        yield
        opened.close()

    app = FastAPI(
        title=TITLE,
        summary=SUMMARY,
        description=DESCRIPTION,
        version=metadata.version("standards-graph"),
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        lifespan=lifespan,
        docs_url=None,  # the framework's own fetches its viewer from outside
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.opened = opened
    app.state.edition = validators.edition()
    app.state.parameter_names = {}
    app.state.templates = pages.environment()
    checked = [Depends(known_only), Depends(validators.check)]
    for router in (
        entities.router,
        questions.router,
        reaching.router,
        portfolios.router,  # its workbook before the forms that all answers have
        asked.router(),
        briefs.router,
        changes.router,
        catalogue.router,
    ):
        app.include_router(router, dependencies=checked)
    app.include_router(health.router)
    app.include_router(documentation.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=str(resources.files("api") / "static")), name="static")
    faults.register(app)
    app.add_middleware(Remembering, opened=opened, edition=app.state.edition)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET", "HEAD"], expose_headers=["ETag"]
        )
    app.add_middleware(Traffic, hosts=settings.hosts)
    return app
