"""The state of the review page: what can be decided, what has been, who decides; and writing a decision.

The desk stays as it was when the reader came, so that a decision need not derive the library anew; it is made again
where reports came or went, and when the reader asks.
"""

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from graph.identity.review import Desk, Item, Settled, correct, decide, pair_id, withdraw
from graph.ontology.vocabulary import Language
from graph.records import Judgement
from graph.store import Library
from views import frame
from views.links_component import page_links

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PIN, DONE = "review-state", "review-done"  # the state of the library that the desk shows; what this session decided


@dataclass(frozen=True)
class Room:
    """What the page works on. `stale` says that there are decisions which the desk does not show yet."""

    library: Library
    desk: Desk
    judgements: Sequence[Judgement]
    settled: Settled
    stale: bool


@st.cache_resource(show_spinner=False, max_entries=2)
def _desk(path: str, state: str, _library: Library) -> Desk:
    """`path` and `state` are what it is kept under."""
    return Desk.load(_library)


def enter(lang: Language) -> Room:
    """The desk of this session with what has been decided since; ends the page where there is no library."""
    page_links("")
    library = frame.library(lang)
    state = library.version
    desk = _desk(frame.library_path(), st.session_state.setdefault(PIN, state), library)
    if desk.reports.keys() != library.known_sources().keys():
        st.session_state[PIN] = state
        desk = _desk(frame.library_path(), state, library)
    judgements = library.judgements()
    return Room(library, desk, judgements, desk.settled(judgements), st.session_state[PIN] != state)


def rebuild() -> None:
    """Let the desk be made again from the library as it stands."""
    st.session_state.pop(PIN, None)


# -- who ------------------------------------------------------------------------------------------------------------


def signed_in() -> str:
    """Name of the signed-in user, '' where nobody is or no sign-in is set up."""
    user = st.user.to_dict()
    return str(user.get("email") or user.get("name") or "") if user.get("is_logged_in") else ""


def may_write() -> bool:
    """Whether decisions may be written: on this machine always, elsewhere by signed-in people only."""
    return st.get_option("server.address") in LOOPBACK or bool(signed_in())


def who() -> str:
    """Who decides: the signed-in user, else the name given on the page, else the one logged in on this machine."""
    return signed_in() or str(st.session_state.get("review-who", "")).strip() or getpass.getuser()


# -- writing --------------------------------------------------------------------------------------------------------


def now() -> str:
    """The time as a judgement notes it: ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def write(room: Room, judgement: Judgement) -> None:
    """Write a judgement, and keep it for the undo key."""
    if not may_write():
        return
    room.library.judge([judgement])
    st.session_state.setdefault(DONE, []).append(judgement)


def judge(room: Room, item: Item, verdict: str, items: Sequence[Item]) -> None:
    """Decide an item of `items`, and go on to the next."""
    why = str(st.session_state.pop("review-why", "")).strip()
    write(room, decide(item, verdict, room.settled, who(), now(), why))
    go_on(room, item, items)


def go_on(room: Room, item: Item, items: Sequence[Item]) -> None:
    """Let the address name the next of `items` that is still open, after `item` and then from the beginning."""
    settled = room.desk.settled(room.library.judgements())
    at = next((place for place, other in enumerate(items) if other.id == item.id), -1)
    following = (other for other in (*items[at + 1 :], *items[: max(at, 0)]) if not settled.has(other))
    show(next(following, None))


def show(item: Item | None) -> None:
    """Let the address name this item."""
    if item is not None:
        st.query_params["item"] = item.id
    else:
        st.query_params.pop("item", None)


def amend(room: Room, kind: str, mention: str, key: str) -> None:
    """Write the corrected type or name that the widget `key` holds."""
    value = str(st.session_state.get(key) or "").strip()
    if value:
        write(room, correct(kind, mention, value, room.settled, who(), now()))


def undo(room: Room) -> None:
    """Take the last decision of this session back, and show its item again."""
    done: list[Judgement] = st.session_state.get(DONE, [])
    if done and may_write():
        last = done.pop()
        room.library.judge([withdraw(last, who(), now())])
        if last.kind in ("identity", "claim"):
            st.query_params["item"] = pair_id(last.subject, last.object) if last.object else last.subject


def take_back(room: Room, judgement: Judgement) -> None:
    """Take a decision of the list back; what stood before it stands again."""
    if may_write():
        room.library.judge([withdraw(judgement, who(), now())])
        done: list[Judgement] = st.session_state.get(DONE, [])
        st.session_state[DONE] = [j for j in done if j.id != judgement.id]
        rebuild()
