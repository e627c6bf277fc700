"""Work in the background."""

from cases.models import QueuedJob
from cases.outbox import Job
from tests.factories.base import CheckedFactory


class QueuedJobFactory(CheckedFactory):
    class Meta:
        model = QueuedJob

    name = Job.REMIND
