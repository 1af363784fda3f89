"""The list of decisions made, each with its undo; decisions taken away and brought in as a file."""

import streamlit as st

from graph.identity.judgements import to_jsonl, unknown
from graph.identity.review import made, read_lines
from graph.ontology.vocabulary import Language
from views import review_parts, review_room
from views.html import esc
from views.review_room import Room
from views.text import plain, say

SHOWN = 100


def listed(room: Room, lang: Language) -> None:
    """The decisions, the latest first, and the file."""
    _file(room, lang)
    found = made(room.judgements)
    if not found:
        st.html(f"<p class='ag-quiet'>{esc(say('review.none_made', lang))}</p>")
        return
    stands = sum(standing for _, standing in found)
    st.html(f"<p class='ag-quiet'>{esc(say('review.made_count', lang, n=len(found), s=stands))}</p>")
    for judgement, standing in found[:SHOWN]:
        text, button = st.columns([6, 1], vertical_alignment="center")
        said = esc(review_parts.verdict_label(judgement, lang))
        note = f"<span>{esc(judgement.why)}</span>" if judgement.why else ""
        gone = "" if standing else f"<span>{esc(say('review.gone', lang))}</span>"
        text.html(
            f"<div class='ag-made{'' if standing else ' ag-past'}'><b>{said}</b>"
            f"{review_parts.about(room.desk, judgement, lang)}<span class='ag-quiet'><span>{esc(judgement.who)}</span>"
            f"<span>{esc(judgement.when[:16].replace('T', ' '))}</span>{note}{gone}</span></div>"
        )
        if standing:
            button.button(
                say("review.take_back", lang),
                key=f"back-{judgement.id}",
                disabled=not review_room.may_write(),
                on_click=review_room.take_back,
                args=(room, judgement),
            )
    if len(found) > SHOWN:
        st.html(f"<p class='ag-quiet'>{esc(say('review.first_made', lang, n=SHOWN))}</p>")


def _file(room: Room, lang: Language) -> None:
    left, right = st.columns([1, 3], vertical_alignment="top")
    left.download_button(
        say("review.export", lang),
        data=lambda: to_jsonl(room.library.judgements()),
        file_name="judgements.jsonl",
        mime="application/x-ndjson",
        on_click="ignore",
    )
    with right.popover(say("review.import", lang)):
        given = st.file_uploader(say("review.import_hint", lang), type=["jsonl"], key="review-file")
        if given is not None and st.button(say("review.import_now", lang), disabled=not review_room.may_write()):
            _bring_in(room, given.getvalue(), lang)


def _bring_in(room: Room, data: bytes, lang: Language) -> None:
    """Take in a file of judgements, and say how many came, wait, or could not be read."""
    try:
        found, faults = read_lines(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        found, faults = [], [str(error)]
    known = {j.id for j in room.judgements}
    room.library.judge(found)
    waiting = unknown(found, room.library.mentions(), room.library.claims())
    review_room.rebuild()
    st.success(
        plain(say("review.imported", lang, n=sum(j.id not in known for j in found), total=len(found), w=len(waiting)))
    )
    for fault in faults:
        st.error(plain(say("review.import_fault", lang, detail=fault)))
