"""Dataclasses that are cheap to define: what `dataclasses` offers, without writing and compiling six functions for each class.

With some hundred classes that was most of what a new process did before its first sheet. Here a function that makes objects is
written out when the first object is made; the others are closures over the names of the fields. A type checker knows the
decorator of the standard library, and `fields`, `replace`, `is_dataclass` and `copy` take these classes for their own.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter, ge, gt, le, lt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass, field, replace
    from typing import Any, TypeAlias

__all__ = ["dataclass", "field", "replace"]

Put: TypeAlias = "Callable[[Any, Any], None]"
"""Sets one field of an object, of frozen objects as well."""

_NOTHING: Any = object()
_NOT_INHERITED = {"__dict__", "__weakref__"}


class _Given:
    """What `field` was called with."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(self, *, default: Any = _NOTHING, default_factory: Any = None, repr: bool = True, compare: bool = True) -> None:  # noqa: A002 - as the standard library names it
        self.default, self.default_factory, self.repr, self.compare = default, default_factory, repr, compare

    def value(self, name: str, named: dict[str, Any]) -> Any:
        """Give the value of a field that is not given by its place; `_NOTHING` where there is none."""
        if name in named:
            return named[name]
        return self.default if self.default_factory is None else self.default_factory()


def _replace(instance: Any, /, **changes: Any) -> Any:
    return type(instance)(**{name: getattr(instance, name) for name in type(instance).__match_args__} | changes)


def _dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> Callable[[type], type]:
    def define(cls: type) -> type:
        given = {name: _as_given(vars(cls).get(name, _NOTHING)) for name in cls.__annotations__}
        names = tuple(given)
        late = [*_ALWAYS, *(_COMPARED if eq else ()), *(_ORDERED if order else ()), *(_FROZEN if frozen else ())]
        methods: dict[str, Any] = {name: _FIRST[name] for name in late}
        if frozen:
            methods |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
        elif eq:
            methods["__hash__"] = None
        body = {name: value for name, value in vars(cls).items() if name not in _NOT_INHERITED and name not in given}
        extra = {"__qualname__": cls.__qualname__, "__match_args__": names, "__dataclass_fields__": _Fields(given)}
        if slots:
            extra["__slots__"] = names
        made: type = type(cls)(cls.__name__, cls.__bases__, {**methods, **extra, **body})
        _unfinished[made] = given, frozen, slots
        return made

    return define


_ALWAYS, _COMPARED, _ORDERED = ("__init__", "__repr__"), ("__eq__", "__hash__"), ("__lt__", "__le__", "__gt__", "__ge__")
_FROZEN = ("__getstate__", "__setstate__")
_MOST_UNWRITTEN = 20
_unfinished: dict[type, tuple[dict[str, _Given], bool, bool]] = {}

# ---- methods that are there from the start: most classes are never asked for them before the first sheet


def _first(name: str) -> Any:
    """Give a method that finishes the class of its object, and lets the method that comes in its place do the work."""

    def method(self: Any, *values: Any, **named: Any) -> Any:
        for sort in type(self).__mro__:
            if vars(sort).get(name) is method:
                _finish(sort)
                return getattr(sort, name)(self, *values, **named)
        # Another thread has been faster.
        return getattr(type(self), name)(self, *values, **named)

    return method


_FIRST = {name: _first(name) for name in (*_ALWAYS, *_COMPARED, *_ORDERED, *_FROZEN)}


def _finish(made: type) -> None:
    """Give a class its own methods, but for those that are written out in it."""
    given, frozen, slots = _unfinished[made]
    names = tuple(given)
    puts = [_put(made, name, slots=slots) for name in names]
    compared = _getter([name for name in names if given[name].compare])
    methods = {
        "__init__": _init(made, names, puts, given, plain=not frozen),
        "__repr__": _repr([name for name in names if given[name].repr]),
        **_comparing(compared),
        **_stored(_getter(names), puts),
    }
    for name, method in methods.items():
        if vars(made).get(name) is _FIRST[name]:
            setattr(made, name, method)


def _as_given(value: Any) -> _Given:
    return value if isinstance(value, _Given) else _Given(default=value)


def _put(made: type, name: str, *, slots: bool) -> Put:
    put: Put = vars(made)[name].__set__ if slots else lambda self, value: object.__setattr__(self, name, value)
    return put


def _getter(names: list[str] | tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Give what reads some fields as a tuple."""
    match len(names):
        case 0:
            return lambda _self: ()
        case 1:
            one = attrgetter(names[0])
            return lambda self: (one(self),)
    return attrgetter(*names)


def _init(made: type, names: tuple[str, ...], puts: list[Put], given: dict[str, _Given], *, plain: bool) -> Callable[..., None]:
    """Give what makes the first objects. It takes its time, but to write a function out takes as long as for twenty of them."""
    count = 0

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807
        nonlocal count
        count += 1
        found = [*values, *(given[name].value(name, named) for name in names[len(values) :])]
        if (
            count <= _MOST_UNWRITTEN
            and len(found) == len(names)
            and named.keys() <= set(names[len(values) :])
            and not any(each is _NOTHING for each in found)
        ):
            for put, value in zip(puts, found, strict=True):
                put(self, value)
            return
        made.__init__ = _written(names, puts, given, plain=plain)  # type: ignore[misc]
        made.__init__(self, *values, **named)  # type: ignore[misc]

    return __init__


def _written(names: tuple[str, ...], puts: list[Put], given: dict[str, _Given], *, plain: bool) -> Callable[..., None]:
    """Write the function that makes an object out, as the standard library does: only names of fields stand in its text."""
    known: dict[str, Any] = {"_NOTHING": _NOTHING}
    parameters, lines = ["self"], ["    pass"]
    for name, put in zip(names, puts, strict=True):
        default, factory, value = given[name].default, given[name].default_factory, name
        if factory is not None:
            value, default = f"_factory_{name}() if {name} is _NOTHING else {name}", _NOTHING
        is_needed = factory is None and default is _NOTHING
        parameters.append(name if is_needed else f"{name}=_default_{name}")
        lines.append(f"    self.{name} = {value}" if plain else f"    _put_{name}(self, {value})")
        known |= {f"_default_{name}": default, f"_factory_{name}": factory, f"_put_{name}": put}
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *lines]), known)
    made: Callable[..., None] = known["__init__"]
    return made


def _repr(names: list[str]) -> Callable[[Any], str]:
    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _comparing(values: Callable[[Any], tuple[Any, ...]]) -> dict[str, Any]:
    def comparison(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
        return lambda self, other: compare(values(self), values(other)) if type(other) is type(self) else NotImplemented

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    ordered = {f"__{compare.__name__}__": comparison(compare) for compare in (lt, le, gt, ge)}
    return {"__eq__": __eq__, "__hash__": __hash__, **ordered}


def _stored(values: Callable[[Any], tuple[Any, ...]], puts: list[Put]) -> dict[str, Any]:
    """Give how frozen objects are pickled and copied."""

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return list(values(self))

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for put, value in zip(puts, state, strict=True):
            put(self, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}


def _refuse_set(self: Any, name: str, _value: Any) -> None:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


class _Fields:
    """The fields as the standard library has them, made when it asks."""

    __slots__ = ("given",)

    def __init__(self, given: dict[str, _Given]) -> None:
        self.given = given

    def __get__(self, _instance: object, made: type) -> dict[str, Any]:
        import dataclasses

        body: dict[str, Any] = {"__annotations__": made.__annotations__, "__module__": made.__module__}
        for name, given in self.given.items():
            default = {"default": given.default} if given.default is not _NOTHING else {}
            factory = {"default_factory": given.default_factory} if given.default_factory is not None else {}
            body[name] = dataclasses.field(repr=given.repr, compare=given.compare, **default, **factory)
        found: dict[str, Any] = vars(dataclasses.dataclass(type(made.__name__, (), body)))["__dataclass_fields__"]
        setattr(made, "__dataclass_fields__", found)  # noqa: B010 - a type checker knows no such name here
        return found


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Given, _replace
