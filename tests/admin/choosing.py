"""To choose rows of a list and to confirm, as the pages of bulk work have it."""

from cases.models import BulkItem, BulkRun

LIST, TASKS = "/admin/cases/individual/", "/admin/cases/task/"


def choose(client, act, rows, where=LIST, **more):
    """Tick rows in a list and go on; give the address of the page that asks."""
    ticked = [str(getattr(row, "pk", row)) for row in rows]
    data = {"action": act, "index": "0", "_selected_action": ticked, **more}
    answer = client.post(where, data)
    return answer.url


def confirm(client, url, **given):
    return client.post(url, given)


def run_of(url):
    return BulkRun.objects.get(pk=url.rstrip("/").rsplit("/", 1)[1])


def outcomes(url):
    rows = BulkItem.objects.filter(run=run_of(url)).order_by("position")
    return [(item.outcome, item.why) for item in rows]
