"""Everything that the server answers beside Streamlit's own paths, ready to be handed to `st.App`."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount

from briefing.links import given_address
from door.api import Api
from door.settings import Place, limits_of
from door.work import Work
from model.common.errors import InputError


def routes(base: str) -> list[BaseRoute]:
    """The routes. `base` is the path under which the dashboard stands on its host, '' for none.

    A setting of the environment that cannot be used ends the start with one line.
    """
    try:
        limits, address = limits_of(), given_address(None)
    except InputError as problem:
        raise SystemExit(f"error: {problem}") from None
    place = Place(f"/{base.strip('/')}".rstrip("/"), address)
    work = Work(limits.workers, limits.waiting)
    return [Mount(f"{place.base}/api", Api(place, limits, work).app())]
