"""To-dos and notes."""

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait

from cases import clock
from cases.models import Note, Task
from cases.vocabulary.casework import TaskState
from tests.factories.base import RecordFactory
from tests.factories.individuals import IndividualFactory


class TaskFactory(RecordFactory):
    class Meta:
        model = Task

    class Params:
        done = Trait(state=TaskState.DONE, done_at=LazyAttribute(lambda _task: clock.now()))

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    title = Sequence(lambda n: f"Call the shelter, {n}")


class NoteFactory(RecordFactory):
    class Meta:
        model = Note

    individual = SubFactory(IndividualFactory, organisation=SelfAttribute("..organisation"))
    text = "Spoke with the grandmother."
