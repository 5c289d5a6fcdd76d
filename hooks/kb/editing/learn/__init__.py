"""What practice teaches: a help desk's export and a web server's log, as counts that name nobody."""

from kb.editing.learn.report import lessons
from kb.editing.learn.tickets import NoTickets

__all__ = ["NoTickets", "lessons"]
