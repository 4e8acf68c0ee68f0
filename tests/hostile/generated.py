"""Packs too large, or too odd, to be kept as files: each is made in a folder when its test runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

PACK = "pack kites 1.0.0\n"
_WORDS = ("", "on ", "in ", "to ", "of ", "from ")


def chain_of_fields(folder: Path) -> None:
    _write(folder, PACK, "entity flyer", "  field f0: int = 1", *(f"  field f{n}: int = f{n - 1} + 1" for n in range(1, 5000)))


def chain_of_references(folder: Path) -> None:
    fields = (f"  field f{n}: ref kite = f{n - 1}" for n in range(1, 5000))
    last = "  field flies: bool = active(f4999)"
    _write(folder, PACK, "kind kite", "kite box", "entity flyer", "  field f0: ref kite = box", *fields, last)


def many_entries(folder: Path) -> None:
    flyer = ("entity flyer", "  editable field held: ref kite", "  field reach: int", "  activate held")
    acting = (line for n in range(2000) for line in (f'kite a{n} "A kite"', "  add 1 to reach"))
    _write(folder, PACK, "kind kite", "  property span: int 0..9 = 1", *flyer, *acting)
    quiet = (line for n in range(2000) for line in (f"kite b{n}", f"  span: {n % 10}"))
    _write_file(folder / "more.brew", quiet)


def two_megabytes(folder: Path) -> None:
    _write(folder, PACK, "kind kite")
    text = "x" * 700
    _write_file(folder / "y.brew", (line for n in range(2650) for line in (f"kite a{n}", f'  text "{text}"')))


def too_large(folder: Path) -> None:
    _write(folder, PACK, "kind kite")
    _write_file(folder / "y.brew", ("# " + "x" * 5000 for _ in range(420)))


def gigabyte(folder: Path) -> None:
    _write(folder, PACK, "kind kite")
    with (folder / "y.brew").open("wb") as file:
        file.truncate(1 << 30)


def too_many_lines(folder: Path) -> None:
    _write(folder, PACK, "kind kite")
    _write_file(folder / "y.brew", ("#" for _ in range(25_000)))


def links_in_circles(folder: Path) -> None:
    _write(folder, PACK, "kind kite", "kite box")
    (folder / "itself.brew").symlink_to(folder / "itself.brew")
    (folder / "nowhere.brew").symlink_to(folder / "nothing")
    (folder / "inner").mkdir()
    (folder / "inner" / "above").symlink_to(folder)
    (folder / "folder.brew").mkdir()


def like_forwards(folder: Path) -> None:
    _write(folder, PACK, "kind kite", "kite a0", *(f"kite a{n} like a{n - 1}" for n in range(1, 2000)))


def like_backwards(folder: Path) -> None:
    _write(folder, PACK, "kind kite", *(f"kite a{n} like a{n + 1}" for n in range(2000)), "kite a2000")


def inheritance_chain(folder: Path) -> None:
    _write(folder, PACK, "kind k0", *(f"kind k{n} is k{n - 1}" for n in range(1, 1000)))


def inheritance_lattice(folder: Path) -> None:
    above = (f"kind {side}{n} is k{n - 1}, l{n - 1}" for n in range(1, 30) for side in "kl")
    _write(folder, PACK, "kind k0", "kind l0", *above)


def records_in_records(folder: Path) -> None:
    records = (line for n in range(1, 30) for line in (f"record r{n}", f"  field a: r{n - 1}", f"  field b: r{n - 1}"))
    _write(folder, PACK, "record r0", "  field reach: int", *records, "entity flyer", "  field top: r29")


def lists_in_lists(folder: Path) -> None:
    lists = ("  editable field a: list of r{}", "  editable field b: list of r{}")
    records = (line for n in range(1, 30) for line in (f"record r{n}", *(each.format(n - 1) for each in lists)))
    _write(folder, PACK, "record r0", *records, "entity flyer", "  editable field top: list of r29")


def phrase_product(folder: Path) -> None:
    slots = " ".join(f"{word}({name}: ref kite)" for word, name in zip(_WORDS, "abcdeg", strict=True))
    many = ", ".join(f"k{n}" for n in range(30))
    kites = (f"kite k{n}" for n in range(30))
    entity = ("entity flyer", "  field far: bool", "  all_of " + " ".join(word + many for word in _WORDS))
    _write(folder, PACK, "kind kite", *kites, f"phrase all_of {slots}", "  set far to true", *entity)


def at_in_at(folder: Path) -> None:
    numbers = ", ".join(map(str, range(1, 60)))
    ats = ("  " * level + f"at seasons {numbers}" for level in range(1, 6))
    entity = ("entity flyer", "  structural field seasons: int", "  field reach: int")
    _write(folder, PACK, *entity, *ats, "  " * 6 + "add 1 to reach")


def unknown_names(folder: Path) -> None:
    kites = (f"kite some_long_name_{n}" for n in range(4000))
    fields = (f"  field f{n}: int = some_lang_nome_{n}" for n in range(1000))
    _write(folder, PACK, "kind kite", *kites, "entity flyer", *fields)


def many_faults(folder: Path) -> None:
    _write(folder, PACK, "entity flyer", *(f"  bogus_{n} a" for n in range(9_500)))


def many_circles(folder: Path) -> None:
    pairs = (line for n in range(4000) for line in (f"  field a{n}: int = b{n}", f"  field b{n}: int = a{n}"))
    _write(folder, PACK, "entity flyer", *pairs)


def effects_on_all(folder: Path) -> None:
    record = ("record throw", "  field bonus: int", "kind trait", "kind kite")
    entity = ("entity flyer", "  each trait", "    field check: throw", "  editable field held: ref kite", "  activate held")
    traits = (f"trait t{n}" for n in range(2000))
    kites = (line for n in range(2000) for line in (f"kite k{n}", "  add 1 to every throw.bonus"))
    _write(folder, PACK, *record, *entity, *traits, *kites)


def options_in_options(folder: Path) -> None:
    levels = (
        "  " * (2 * level + offset) + line
        for level in range(25)
        for offset, line in ((1, "choose style: 1 of options"), (2, "option calm"))
    )
    _write(folder, PACK, "entity flyer", "  field reach: int", *levels, "  " * 51 + "add 1 to reach")


def _write(folder: Path, *lines: str) -> None:
    _write_file(folder / "x.brew", (line.rstrip("\n") for line in lines))


def _write_file(path: Path, lines: Iterable[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


MAKERS: dict[str, Callable[[Path], None]] = {
    maker.__name__: maker
    for maker in (
        chain_of_fields, chain_of_references, many_entries, two_megabytes, too_large, gigabyte, too_many_lines,
        links_in_circles, like_forwards, like_backwards, inheritance_chain, inheritance_lattice, records_in_records,
        lists_in_lists, phrase_product, at_in_at, unknown_names, many_faults, many_circles, effects_on_all, options_in_options,
    )
}  # fmt: skip
