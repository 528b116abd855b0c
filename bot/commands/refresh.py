"""`alumina data refresh`: the publishers' newest figures, page by page."""

from contextlib import aclosing

from rich.console import Console
from rich.progress import Progress

from bot.commands import TEXTS
from bot.errors import UsageError
from bot.messages.supply import intake_lines
from bot.profile import profile
from bot.settings import Settings
from bot.sources.refreshes import FIRST_YEAR, PUBLISHER, PageResult
from bot.store.engine import store
from bot.store.figures import Figures, base_record
from bot.supply.take import Depot, refreshed

TOLD = TEXTS["refresh"]


async def refresh(settings: Settings, since: int | None) -> int:
    """Takes in what there is, a few lines a page; 1 where a page could not be had."""
    if since is not None and not FIRST_YEAR <= since <= settings.today().year:
        raise UsageError(f"--since takes a year from {FIRST_YEAR} on: the site's lists begin there.")
    base = base_record(settings)
    if profile().publisher != PUBLISHER:
        raise UsageError(TOLD["other_publisher"].format(publisher=PUBLISHER))
    pages = failed = 0
    async with store(settings) as engine:
        depot = Depot(base, Figures(engine), settings.today())
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)

            def show(done: int, total: int, name: str) -> None:
                bar.update(task, completed=done, total=total, description=name)

            found = refreshed(settings, depot, settings.now, since=since, progress=show)
            async with aclosing(found) as reports:
                async for report in reports:
                    pages, failed = pages + 1, failed + (report.what == "failed")
                    print(_said(report), flush=True)
                    for line in intake_lines(report.intake) if report.intake else ():
                        print(f"  {line}", flush=True)
    print(f"{pages} pages looked at, {failed} of them failed." if pages else TOLD["nothing_new"])
    return 1 if failed else 0


def _said(report: PageResult) -> str:
    """The page's name, or the sentence on why nothing of it was taken."""
    if report.parcel:
        return report.parcel.name
    month = report.month.name if report.month else ""
    return report.why or TOLD[report.what].format(address=report.address, month=month)
