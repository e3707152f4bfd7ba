"""Pages of lists: one at a time, or every entry by iterating."""

from __future__ import annotations

from typing import Any, Callable, Dict, Generic, Iterator, List, Optional, TypeVar

from ._response import ResponseInfo

T = TypeVar("T")
Query = Dict[str, Any]


def next_query(query: Query, body: Dict[str, Any]) -> Optional[Query]:
    """What to ask for next; None at the end. A cursor skips and repeats nothing, so it goes before page numbers."""
    same = {name: value for name, value in query.items() if name not in ("page", "cursor")}
    if isinstance(body.get("next_cursor"), str):
        return {**same, "cursor": body["next_cursor"]}
    pagination = body.get("pagination")
    if query.get("cursor") is not None or not pagination or pagination["page"] >= pagination["total_pages"]:
        return None
    return {**same, "page": pagination["page"] + 1}


class Page(Generic[T]):
    """One page. Iterated, every entry of this page and of those after it."""

    def __init__(self, body: Dict[str, Any], response: ResponseInfo, query: Query, turn: Callable[[Query], "Page[T]"]) -> None:
        #: The whole answer.
        self.body = body
        self.response = response
        self._query = query
        self._turn = turn

    @property
    def data(self) -> List[T]:
        """The entries of this page."""
        return self.body["data"]

    @property
    def pagination(self) -> Optional[Dict[str, int]]:
        return self.body.get("pagination")

    @property
    def next_cursor(self) -> Optional[str]:
        return self.body.get("next_cursor")

    @property
    def total(self) -> Optional[int]:
        """How many there are on all pages, where the list says so."""
        pagination = self.pagination
        return pagination["total"] if pagination else self.body.get("total")

    @property
    def has_next(self) -> bool:
        return next_query(self._query, self.body) is not None

    def next(self) -> Optional["Page[T]"]:
        """The page after this one; None at the end."""
        query = next_query(self._query, self.body)
        return None if query is None else self._turn(query)

    def pages(self) -> Iterator["Page[T]"]:
        """This page and every one after it."""
        page: Optional[Page[T]] = self
        while page is not None:
            yield page
            page = page.next()

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.data
