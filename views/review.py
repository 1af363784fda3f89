"""Decide what the program is unsure of: one pair of names or one claim at a time, with the sentences of both sides."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from graph.errors import NotFoundError
from graph.identity.review import Item, Side
from graph.ontology import ontology
from views import frame, review_made, review_parts, review_room
from views.html import address, esc, link
from views.text import plain, say, type_label

ANSWERS = {"identity": ("same", "different", "unsure"), "claim": ("right", "wrong", "unsure")}

lang = frame.language()
room = review_room.enter(lang)
desk = room.desk


def forget() -> None:
    """With another choice the queue begins anew."""
    st.query_params.pop("item", None)


def choose(kinds: DeltaGenerator, types_: DeltaGenerator) -> list[Item]:
    """What the choices at the top let through, decided or not."""
    tie = frame.tied("kind", frame.one_of(list(ANSWERS)))
    kind = kinds.segmented_control(
        say("review.kind", lang),
        list(ANSWERS),
        default=tie.value,
        key=tie.key,
        format_func=lambda code: say(f"review.kind_{code}", lang),
        label_visibility="collapsed",
        on_change=forget,
    )
    frame.keep("kind", kind or "")
    asked = st.query_params.get("entity", "")
    entity = desk.entities.of_mention.get(asked, asked)
    whole = desk.matching(kind or "", "", entity)
    known = [*ontology().entity_types, *ontology().relations]
    types = sorted({item.type for item in whole}, key=known.index)
    tie = frame.tied("type", frame.one_of(types))
    of_type = types_.selectbox(
        say("review.type", lang),
        types,
        index=tie.index(types),
        key=tie.key,
        format_func=lambda code: review_parts.kind_type_label(code, lang),
        placeholder=say("review.all_types", lang),
        label_visibility="collapsed",
        on_change=forget,
    )
    frame.keep("type", of_type or "")
    if entity:
        found = desk.entities.by_id.get(entity)
        about = say("review.about", lang, name=found.name if found else entity)
        st.html(f"<p class='ag-meta'>{esc(about)} {link(say('review.all', lang), address('review', lang))}</p>")
    return [item for item in whole if not of_type or item.type == of_type]


def current(items: list[Item]) -> Item | None:
    """The item that the address names, else the first that is open."""
    asked = st.query_params.get("item", "")
    if asked:
        try:
            return desk.item(asked)
        except NotFoundError:
            frame.missing("review.missing", lang)
    return next((item for item in items if not room.settled.has(item)), None)


def progress(item: Item, items: list[Item]) -> None:
    """Which of how many this is, and how many are decided."""
    place = next((n for n, other in enumerate(items, 1) if other.id == item.id), 0)
    decided = sum(room.settled.has(other) for other in items)
    said = say("review.place", lang, n=place, total=len(items)) if place else say("review.outside", lang)
    share = decided / max(1, len(items)) * 100
    st.html(
        f"<div class='ag-progress'><b>{esc(said)}</b><i><s style='width:{share:.1f}%'></s></i>"
        f"<span>{esc(say('review.decided', lang, n=decided))}</span></div>"
    )


def buttons(item: Item, items: list[Item]) -> None:
    """The answers, and the ways on and back."""
    standing = room.settled.on(item)
    if standing:
        said = say("review.standing", lang, verdict=say(f"verdict.{standing.verdict}", lang), who=standing.who)
        st.html(f"<p class='ag-note'>{esc(said)}</p>")
    closed = not review_room.may_write()
    columns = st.columns([3, 3, 3, 2, 2], gap="small")
    for place, (column, verdict) in enumerate(zip(columns, ANSWERS[item.kind], strict=False), 1):
        column.button(
            say(f"verdict.{verdict}", lang),
            key=f"answer-{verdict}",
            shortcut=str(place),
            type="primary" if place == 1 else "secondary",
            width="stretch",
            disabled=closed,
            on_click=review_room.judge,
            args=(room, item, verdict, items),
        )
    columns[3].button(
        say("review.skip", lang),
        key="skip",
        shortcut="k",
        type="tertiary",
        width="stretch",
        on_click=review_room.go_on,
        args=(room, item, items),
    )
    undo(columns[4])
    if closed:
        st.html(f"<p class='ag-note'>{esc(say('review.sign_in', lang))}</p>")


def undo(place: DeltaGenerator) -> None:
    """The way back to the last decision of this session."""
    place.button(
        say("review.undo", lang),
        key="undo",
        shortcut="z",
        type="tertiary",
        width="stretch",
        disabled=not review_room.may_write() or not st.session_state.get(review_room.DONE),
        on_click=review_room.undo,
        args=(room,),
    )


def corrections(one: Side) -> list[str]:
    """What people corrected on one side since the desk was made, and before."""
    found = (room.settled.verdicts.get((kind, one.mention, "")) for kind in ("type", "name"))
    return [review_parts.verdict_label(judgement, lang) for judgement in found if judgement]


def amend(one: Side, number: int) -> None:
    """Correct the type or the name of one side."""
    with st.popover(say("review.amend", lang), width="content"):
        held = desk.mentions[one.mention]
        key = f"amend-{number}-{held.id}"
        types = list(ontology().entity_types)
        st.selectbox(
            say("review.amend_type", lang),
            types,
            index=types.index(held.type),
            key=f"{key}-type",
            format_func=partial(type_label, language=lang),
        )
        closed = not review_room.may_write()
        args = (room, "type", held.id, f"{key}-type")
        save = say("review.save", lang)
        st.button(save, key=f"{key}-save-type", on_click=review_room.amend, args=args, disabled=closed)
        st.text_input(
            say("review.amend_name", lang, form=plain(held.form)), key=f"{key}-name", placeholder=plain(held.name)
        )
        args = (room, "name", held.id, f"{key}-name")
        st.button(save, key=f"{key}-save-name", on_click=review_room.amend, args=args, disabled=closed)


def ask(item: Item, items: list[Item]) -> None:
    """One decision: the question, the answers, both sides, the reasons."""
    sides, said = desk.sides(item), desk.evidence(item)
    progress(item, items)
    st.html(review_parts.question(desk, item, sides, lang))
    buttons(item, items)
    for number, (column, one) in enumerate(zip(st.columns(2, gap="medium"), sides, strict=True), 1):
        with column:
            st.html(review_parts.side(one, number, lang, said, corrections(one)))
            amend(one, number)
    left, right = st.columns(2, gap="medium")
    left.html(review_parts.why(item, desk.reasons(item), lang))
    with right:
        st.text_input(say("review.why", lang), key="review-why", placeholder=say("review.why_hint", lang))
        if not review_room.signed_in():
            st.text_input(say("review.who", lang), key="review-who", placeholder=review_room.who())


title, tabs, kinds, types_ = st.columns([2, 3, 3, 4], vertical_alignment="center")
title.html(f"<h1>{esc(say('review.title', lang))}</h1>")
parts = ["queue", "made"]
tie = frame.tied("show", lambda said: said if said in parts else parts[0])
part = tabs.segmented_control(
    say("review.title", lang),
    parts,
    default=tie.value,
    key=tie.key,
    required=True,
    format_func=lambda name: say(f"review.{name}", lang),
    label_visibility="collapsed",
)
frame.keep("show", part if part == "made" else "")
if part == "made":
    review_made.listed(room, lang)
    st.stop()

chosen = choose(kinds, types_)
shown = current(chosen)
if shown is None:
    st.html(f"<p class='ag-note'>{esc(say('review.nothing', lang))}</p>")
    undo(st.columns([2, 9])[0])
else:
    ask(shown, chosen)
if room.stale:
    st.button(say("review.rebuild", lang), type="tertiary", key="rebuild", on_click=review_room.rebuild)
