"""One decision after the other on the terminal, or from a pipe."""

from collections.abc import Container, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol, TextIO

import typer
from rich.table import Table
from rich.text import Text

from commands.common import err, out
from graph.errors import UsageError
from graph.ontology import ontology
from graph.store import Library

if TYPE_CHECKING:
    from graph.identity.review import Desk, Item, Quote, Side
    from graph.records import Judgement

PAIR_KEYS = {"s": "same", "d": "different", "u": "unsure", "1": "same", "2": "different", "3": "unsure"}
CLAIM_KEYS = {"r": "right", "w": "wrong", "u": "unsure", "1": "right", "2": "wrong", "3": "unsure"}
CORRECTIONS = {"t": "type", "n": "name"}
PAIR_HELP = "s 同一 same · d 不同 different · u 存疑 unsure"
CLAIM_HELP = "r 正确 right · w 错误 wrong · u 存疑 unsure"
MORE_HELP = "t 改类型 type · n 改名称 name · e 理由 why · k 跳过 skip · z 撤回 undo · q 退出 quit"
INTERRUPT, END = "\x03", "\x04"


def now() -> str:
    """The time as a judgement notes it: ISO 8601 in UTC, to the millisecond, so that decisions keep their order."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def plain(text: str) -> Text:
    """Text of a report for the terminal: no markup is read in it, and nothing in it steers the terminal."""
    return Text("".join(c if c.isprintable() else " " for c in text))


class Answer(NamedTuple):
    """A key, and what was said with it."""

    key: str
    said: str = ""


class Keys(Protocol):
    """Where answers come from."""

    def answer(self) -> Answer:
        """The next answer; the key `q` where there is no more."""

    def line(self, question: str, said: str) -> str:
        """What belongs to a key: `said` where it was given with it, else asked for."""


class Lines:
    """Answers from a pipe, a line each: the key, then what belongs to it."""

    def __init__(self, source: TextIO) -> None:
        self._lines: Iterator[str] = iter(source)

    def answer(self) -> Answer:
        """The next line that says something."""
        for line in self._lines:
            if line.strip():
                key, _, said = line.strip().partition(" ")
                return Answer(key.lower(), said.strip())
        return Answer("q")

    def line(self, question: str, said: str) -> str:
        """What the line said after its key."""
        return said


class TerminalKeys:
    """Answers from the keyboard, a key each."""

    def answer(self) -> Answer:
        """The next key pressed; Ctrl-C and Ctrl-D end."""
        try:
            key = typer.getchar()
        except (KeyboardInterrupt, EOFError):
            return Answer("q")
        return Answer("q" if key in (INTERRUPT, END) else key.lower())

    def line(self, question: str, said: str) -> str:
        """What is typed after the question; '' for nothing."""
        try:
            return out.input(f"{question}: ").strip()
        except (KeyboardInterrupt, EOFError):
            return ""


class Sitting:
    """A person going through a queue. Every decision is written before the next is asked for."""

    def __init__(self, library: Library, desk: "Desk", judgements: Sequence["Judgement"], who: str, keys: Keys) -> None:
        self._library, self._desk, self._who, self._keys = library, desk, who, keys
        self._judgements = list(judgements)
        self._settled = desk.settled(self._judgements)
        self._done: list[tuple[int, Judgement]] = []  # place in the queue, what was decided there
        self._why = ""

    def run(self, items: Sequence["Item"]) -> None:
        """Ask about each of `items`, until all are decided or skipped, or the person ends it."""
        at, fresh = 0, True
        while at < len(items) or self._done:
            if at < len(items) and self._settled.has(items[at]):
                at, fresh = at + 1, True
                continue
            if fresh:
                self._show(items, at)
            step = self._step(items[at], at) if at < len(items) else self._last(at)
            if step is None:
                break
            at, fresh = at + step, step != 0
        left = sum(not self._settled.has(item) for item in items)
        out.print(f"本次判断 {len(self._done)} 项，还剩 {left} 项。Decided: {len(self._done)}; left: {left}.")

    def _show(self, items: Sequence["Item"], at: int) -> None:
        if at < len(items):
            show_item(self._desk, items[at], at + 1, len(items))
        else:
            out.print("到头了。That was the last one.  z 撤回 undo · q 退出 quit")

    def _last(self, at: int) -> int | None:
        """After the last item: only the way back, or out."""
        key, _ = self._keys.answer()
        return None if key == "q" else self._undo(at) if key == "z" else 0

    def _step(self, item: "Item", at: int) -> int | None:
        """Take one answer: how far to go in the queue, 0 to ask again, None to end."""
        key, said = self._keys.answer()
        verdict = (CLAIM_KEYS if item.kind == "claim" else PAIR_KEYS).get(key)
        if verdict:
            self._decide(item, at, verdict, said)
            return 1
        if key in CORRECTIONS:
            self._correct(item, at, CORRECTIONS[key], said)
        elif key == "z":
            return self._undo(at)
        elif key == "e":
            self._why = self._keys.line("理由 why", said)
        elif key == "k":
            return 1
        elif key == "q":
            return None
        else:
            err.print(help_line(item), markup=False)
        return 0

    def _write(self, judgement: "Judgement", at: int) -> None:
        self._library.judge([judgement])
        self._judgements.append(judgement)
        self._settled = self._desk.settled(self._judgements)
        self._done.append((at, judgement))

    def _decide(self, item: "Item", at: int, verdict: str, why: str) -> None:
        from graph.identity.review import decide

        self._write(decide(item, verdict, self._settled, self._who, now(), why or self._why), at)
        self._why = ""
        out.print(f"  → {verdict}", style="green", markup=False)

    def _correct(self, item: "Item", at: int, kind: str, said: str) -> None:
        """Correct the type or name of one side: `1 Village`, `2 某某村`, asked for where it was not given."""
        from graph.identity.review import correct

        answer = self._keys.line(f"{'类型 type' if kind == 'type' else '名称 name'}: 1|2 + 新值 new value", said)
        side, _, value = answer.partition(" ")
        if side not in ("1", "2"):
            err.print("先写 1 或 2（哪一侧），再写新值。Say 1 or 2 for the side, then the new value.")
            return
        mention = self._desk.ends(item)[int(side) - 1]
        try:
            judgement = correct(
                kind, mention, type_code(value) if kind == "type" else value, self._settled, self._who, now()
            )
        except UsageError as error:
            err.print(str(error), style="red", markup=False)
            return
        self._write(judgement, at)
        out.print(f"  → {side}: {kind} = {judgement.verdict}", style="green", markup=False)

    def _undo(self, at: int) -> int:
        from graph.identity.review import withdraw

        if not self._done:
            err.print("本次还没有可撤回的判断。Nothing was decided in this sitting; see --list.")
            return 0
        place, judgement = self._done.pop()
        back = withdraw(judgement, self._who, now())
        self._library.judge([back])
        self._judgements.append(back)
        self._settled = self._desk.settled(self._judgements)
        out.print(f"  ↶ {judgement.verdict}", style="yellow", markup=False)
        return place - at


def type_code(said: str) -> str:
    """The code of an entity type named by its code or its label, else `said` itself."""
    types = ontology().entity_types.values()
    wanted = said.strip().casefold()
    named = {name: t.code for t in types for name in (*t.zh.split("/"), t.zh, t.en.casefold(), t.code.casefold())}
    return named.get(wanted, said)


def help_line(item: "Item") -> str:
    """The keys that answer an item."""
    return f"{CLAIM_HELP if item.kind == 'claim' else PAIR_HELP} · {MORE_HELP}"


def show_item(desk: "Desk", item: "Item", place: int, whole: int) -> None:
    """One thing to decide: what is asked, both sides with their sentences, why, and the keys."""
    one, other = desk.sides(item)
    out.rule(f"{place} / {whole}", align="left")
    out.print(asked(item, one, other))
    if said := desk.evidence(item):
        out.print(quoted(said))
    table = Table.grid(expand=True, padding=(0, 2))
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    known = {(said.report.id, said.start)} if said else set()
    table.add_row(side_text("1", one, known), side_text("2", other, known))
    out.print(table)
    out.print(Text(f"得分 score {item.score:.2f}", style="bold"))
    for reason in desk.reasons(item):
        share = f"+{reason.share:.2f}" if reason.share else "  ✗  "
        text = reason.zh if reason.zh == reason.en else f"{reason.zh}  {reason.en}"
        out.print(Text(f"  {share} ") + plain(text))
    out.print(help_line(item), style="dim", markup=False)


def asked(item: "Item", one: "Side", other: "Side") -> Text:
    """The question, in one line."""
    if item.kind == "claim":
        relation = ontology().relation(item.type)
        arrow = "↔" if relation.symmetric else "→"
        said = Text.assemble(("这条关系对吗？ Is it right?  ", "bold"), f"{relation.zh} {relation.en}:  ")
        return said + plain(one.name) + Text(f" {arrow} ") + plain(other.name)
    state = "现为同一实体 now one entity" if item.together else "现为两个实体 now two entities"
    return Text.assemble(("是同一个吗？ Are they the same?  ", "bold"), state)


def side_text(number: str, side: "Side", shown: Container[tuple[str, int]] = ()) -> Text:
    """One side: its name, what is known of it, and the sentences that speak of it, but for those `shown` already."""
    kind = ontology().entity_type(side.type)
    text = Text.assemble((f"{number}  ", "cyan"), (plain(side.name).plain, "bold"), (f"  {kind.zh} {kind.en}\n", "dim"))
    facts = (side.within, side.code, "、".join(side.aliases))
    known = "  ".join(fact for fact in facts if fact)
    if known:
        text += plain(known) + Text("\n")
    counts = f"提及 mentions {side.mentions}  关系 claims {side.claims}  报道 reports {side.reports}\n"
    text += Text(counts, style="dim")
    for quote in side.quotes:
        if (quote.report.id, quote.start) not in shown:
            text += quoted(quote) + Text("\n")
    return text


def quoted(quote: "Quote") -> Text:
    """A sentence with its marks, and where it stands."""
    text = Text("“")
    for piece, marked in quote.pieces():
        part = plain(piece)
        part.stylize("bold yellow" if marked else "")
        text += part
    report = quote.report
    where = " ".join(part for part in (report.title or report.stem, report.publisher, report.date) if part)
    cite = plain(f"  —— {where} [{quote.start}–{quote.end}]")
    cite.stylize("dim")
    return text + Text("”\n") + cite


def shown_ends(desk: "Desk", judgement: "Judgement") -> str:
    """What a judgement is about, in words where the library holds it."""
    return " ~ ".join(_named(desk, one) for one in (judgement.subject, judgement.object) if one)


def _named(desk: "Desk", identifier: str) -> str:
    if identifier in desk.mentions:
        return desk.mentions[identifier].name
    claim = desk.claims.get(identifier)
    if claim is None:
        return identifier
    relation = ontology().relation(claim.type)
    return f"{desk.mentions[claim.head].name} {relation.zh} {desk.mentions[claim.tail].name}"
