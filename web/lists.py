"""Lists: narrowed by a filter form, sorted by a heading, page by page. All of it stands in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django_filters import FilterSet

PER_PAGE = 30


@dataclass(frozen=True)
class Listing:
    """What base_list.html draws. `target` is the id (and partial) that htmx replaces."""

    page: Page[Any]
    query: QueryDict
    filter: FilterSet | None = None
    sorts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    target: str = "rows"

    @property
    def rows(self) -> list[Any]:
        return list(self.page.object_list)

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count

    @property
    def narrowed(self) -> bool:
        """True when a filter is set: an empty list then means something else."""
        return any(self.query.get(name) for name in self.filter.form.fields) if self.filter else False

    def address(self, **changes: str | int | None) -> str:
        """The query of this list with some values changed (None takes one out)."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        return f"?{query.urlencode()}"

    def sorted_by(self, key: str) -> str:
        """The query that sorts by this heading; a second press turns the order round."""
        return self.address(sort=f"-{key}" if self.sort == key else key, page=None)

    def order_of(self, key: str) -> str:
        """The heading's `aria-sort`."""
        return {key: "ascending", f"-{key}": "descending"}.get(self.sort, "none")

    @property
    def pages(self) -> list[tuple[int | str, str]]:
        """Page numbers with their addresses; a gap is "…" with none."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [(number, self.address(page=number) if isinstance(number, int) else "") for number in numbers]

    @property
    def previous(self) -> str:
        return self.address(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self.address(page=self.page.next_page_number()) if self.page.has_next() else ""


def turned(ordering: tuple[str, ...]) -> tuple[str, ...]:
    """The same ordering the other way."""
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in ordering)


def listing(
    request: HttpRequest,
    queryset: QuerySet[Any],
    *,
    filter_class: type[FilterSet] | None = None,
    sorts: Mapping[str, tuple[str, ...]] | None = None,
    sort: str = "",
    per_page: int = PER_PAGE,
    target: str = "rows",
) -> Listing:
    """Narrow, sort and cut a queryset as the address says.

    `sorts` maps a heading's key to an ordering (`{"name": ("name_key", "pk")}`); a sort that is not there is
    ignored, and so is a page that does not exist.
    """
    narrowed = filter_class(request.GET, queryset=queryset, request=request) if filter_class else None
    found = narrowed.qs if narrowed else queryset
    sorts = sorts or {}
    asked = request.GET.get("sort", sort)
    if asked.removeprefix("-") in sorts:
        ordering = sorts[asked.removeprefix("-")]
        found = found.order_by(*(turned(ordering) if asked.startswith("-") else ordering))
    page = Paginator(found, per_page).get_page(request.GET.get("page"))
    return Listing(page, request.GET, narrowed, sorts, asked, target)
