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
_MOST_UNWRITTEN = 40


class _Given:
    """What `field` was called with."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(self, *, default: Any = _NOTHING, default_factory: Any = None, repr: bool = True, compare: bool = True) -> None:  # noqa: A002 - as the standard library names it
        self.default, self.default_factory, self.repr, self.compare = default, default_factory, repr, compare

    def value(self) -> Any:
        """Give the value of a field that is not given; `_NOTHING` where there is none."""
        return self.default if self.default_factory is None else self.default_factory()


def _replace(instance: Any, /, **changes: Any) -> Any:
    return type(instance)(**{name: getattr(instance, name) for name in type(instance).__match_args__} | changes)


def _dataclass(*, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False) -> Callable[[type], type]:
    methods = _methods(frozen=frozen, eq=eq, order=order)

    def define(cls: type) -> type:
        body = {name: value for name, value in vars(cls).items() if name not in _NOT_INHERITED}
        defaults = {name: body.pop(name, _NOTHING) for name in cls.__annotations__}
        definition = _Definition(defaults, frozen=frozen, slots=slots)
        body |= {"__qualname__": cls.__qualname__, "__match_args__": tuple(defaults), "__dataclass_fields__": definition}
        if slots:
            body["__slots__"] = tuple(defaults)
        made: type = type(cls)(cls.__name__, cls.__bases__, {**methods, **body})
        definition.made = made
        _definitions[made] = definition
        return made

    return define


class _Definition:
    """One class: its fields, and how its methods are made; most classes are never asked for them before the first sheet."""

    __slots__ = ("_given", "defaults", "frozen", "made", "names", "slots")

    def __init__(self, defaults: dict[str, Any], *, frozen: bool, slots: bool) -> None:
        self.defaults, self.frozen, self.slots = defaults, frozen, slots
        self.names = tuple(defaults)
        self.made: type = object
        self._given: dict[str, _Given] | None = None

    @property
    def given(self) -> dict[str, _Given]:
        """What `field` was called with, or would have been."""
        if self._given is None:
            every = self.defaults.items()
            self._given = {name: each if isinstance(each, _Given) else _Given(default=each) for name, each in every}
        return self._given

    def puts(self) -> list[Put]:
        """Give what sets the fields of an object, one after the other."""
        return [_put(self.made, name, slots=self.slots) for name in self.names]

    def compared(self) -> Callable[[Any], tuple[Any, ...]]:
        """Give what reads the fields that are compared."""
        return _getter([name for name in self.names if self.given[name].compare])

    def __get__(self, _instance: object, made: type) -> dict[str, Any]:
        """Give the fields as the standard library has them, made when it asks."""
        import dataclasses

        body: dict[str, Any] = {"__annotations__": made.__annotations__, "__module__": made.__module__}
        for name, given in self.given.items():
            default = {"default": given.default} if given.default is not _NOTHING else {}
            factory = {"default_factory": given.default_factory} if given.default_factory is not None else {}
            body[name] = dataclasses.field(repr=given.repr, compare=given.compare, **default, **factory)
        found: dict[str, Any] = vars(dataclasses.dataclass(type(made.__name__, (), body)))["__dataclass_fields__"]
        setattr(made, "__dataclass_fields__", found)  # noqa: B010 - a type checker knows no such name here
        return found


_definitions: dict[type, _Definition] = {}


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


# ---- how each method is made


def _init(of: _Definition) -> Callable[..., None]:
    """Give what makes the first objects. It takes its time, but to write a function out takes as long as for forty of them."""
    names, given, puts = of.names, of.given, of.puts()
    count = 0

    def __init__(self: Any, *values: Any, **named: Any) -> None:  # noqa: N807
        nonlocal count
        count += 1
        missing = names[len(values) :]
        found = [*values, *(named[name] if name in named else given[name].value() for name in missing)]
        is_sound = len(found) == len(names) and named.keys() <= set(missing) and all(each is not _NOTHING for each in found)
        if count <= _MOST_UNWRITTEN and is_sound:
            for put, value in zip(puts, found, strict=True):
                put(self, value)
            return
        of.made.__init__ = _written(of, puts)  # type: ignore[misc]
        of.made.__init__(self, *values, **named)  # type: ignore[misc]

    return __init__


def _written(of: _Definition, puts: list[Put]) -> Callable[..., None]:
    """Write the function that makes an object out, as the standard library does: only names of fields stand in its text."""
    known: dict[str, Any] = {"_NOTHING": _NOTHING}
    parameters, lines = ["self"], ["    pass"]
    for name, put in zip(of.names, puts, strict=True):
        default, factory, value = of.given[name].default, of.given[name].default_factory, name
        if factory is not None:
            value, default = f"_factory_{name}() if {name} is _NOTHING else {name}", _NOTHING
        is_needed = factory is None and default is _NOTHING
        parameters.append(name if is_needed else f"{name}=_default_{name}")
        lines.append(f"    _put_{name}(self, {value})" if of.frozen else f"    self.{name} = {value}")
        known |= {f"_default_{name}": default, f"_factory_{name}": factory, f"_put_{name}": put}
    exec("\n".join([f"def __init__({', '.join(parameters)}):", *lines]), known)
    made: Callable[..., None] = known["__init__"]
    return made


def _repr(of: _Definition) -> Callable[[Any], str]:
    names = [name for name in of.names if of.given[name].repr]

    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _eq(of: _Definition) -> Callable[[Any, object], bool]:
    values = of.compared()

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _hash(of: _Definition) -> Callable[[Any], int]:
    values = of.compared()

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


def _comparison(compare: Callable[[Any, Any], bool]) -> Callable[[_Definition], Callable[[Any, Any], bool]]:
    def comparison(of: _Definition) -> Callable[[Any, Any], bool]:
        values = of.compared()
        return lambda self, other: compare(values(self), values(other)) if type(other) is type(self) else NotImplemented

    return comparison


def _getstate(of: _Definition) -> Callable[[Any], list[Any]]:
    """Give how frozen objects are pickled and copied."""
    values = _getter(of.names)

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return list(values(self))

    return __getstate__


def _setstate(of: _Definition) -> Callable[[Any, list[Any]], None]:
    puts = of.puts()

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for put, value in zip(puts, state, strict=True):
            put(self, value)

    return __setstate__


_ALWAYS: dict[str, Callable[[_Definition], Any]] = {"__init__": _init, "__repr__": _repr}
_COMPARED: dict[str, Callable[[_Definition], Any]] = {"__eq__": _eq, "__hash__": _hash}
_ORDERED = {f"__{compare.__name__}__": _comparison(compare) for compare in (lt, le, gt, ge)}
_STORED: dict[str, Callable[[_Definition], Any]] = {"__getstate__": _getstate, "__setstate__": _setstate}


def _first(name: str, make: Callable[[_Definition], Any]) -> Any:
    """Give what stands for a method of a class until it is called: then the method is made, and takes its place."""

    def method(self: Any, *values: Any, **named: Any) -> Any:
        for sort in type(self).__mro__:
            if vars(sort).get(name) is method:
                setattr(sort, name, make(_definitions[sort]))
                return getattr(sort, name)(self, *values, **named)
        # Another thread has been faster.
        return getattr(type(self), name)(self, *values, **named)

    return method


_FIRST = {name: _first(name, make) for name, make in (_ALWAYS | _COMPARED | _ORDERED | _STORED).items()}


def _methods(*, frozen: bool, eq: bool, order: bool) -> dict[str, Any]:
    """Give the methods that classes start with."""
    names = [*_ALWAYS, *(_COMPARED if eq else ()), *(_ORDERED if order else ()), *(_STORED if frozen else ())]
    methods: dict[str, Any] = {name: _FIRST[name] for name in names}
    if frozen:
        methods |= {"__setattr__": _refuse_set, "__delattr__": _refuse_delete}
    elif eq:
        methods["__hash__"] = None
    return methods


def _refuse_set(self: Any, name: str, _value: Any) -> None:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: Any, name: str) -> None:  # noqa: ARG001
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


if not TYPE_CHECKING:
    dataclass, field, replace = _dataclass, _Given, _replace
