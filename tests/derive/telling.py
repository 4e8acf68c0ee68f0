"""All that a derivation is made of, told in plain data, so that two can be compared."""


def told(derivation):
    """Everything that a structure and its contributions are, with its order."""
    structure, contributions = derivation.structure, derivation.contributions
    return {
        "instances": [_told(each) for each in structure.instances],
        "paths": list(structure.by_path),
        "elements": [
            (owner.path, name, [each.path for each in several]) for (owner, name), several in structure.elements.items()
        ],
        "running": [(entry.id, several) for entry, several in _by_path(structure.running)],
        "questions": [question.path for _owner, question in structure.questions],
        "opened": [(each.owner.path, id(each.block)) for each in structure.opened],
        "waiting": [(each.owner.path, id(each.block)) for each in structure.waiting],
        "findings": list(map(str, structure.findings)),
        "deciding": sorted(instance.join(name) for instance, name in structure.deciding),
        "single": [(owner.path, name, list(map(_place, several))) for (owner, name), several in contributions.single.items()],
        "sweeping": [
            (name, [(shape, owner.path, number) for shape, (owner, number, _aim) in several])
            for name, several in contributions.sweeping.items()
        ],
        "floating": [
            (name, [(owner.path, id(effect)) for owner, effect, _of in several])
            for name, several in contributions.floating.items()
        ],
    }


def _by_path(running):
    return [(entry, [each.path for each in several]) for entry, several in running.items()]


def _place(each):
    return each.place, getattr(each.it, "path", str(each.it)), each.of_entry


def _told(instance):
    picks = {
        name: [(pick.name, pick.acting and pick.acting.path) for pick in question.picks]
        for name, question in instance.questions.items()
    }
    members = [list(instance.fields), list(instance.parts), picks, [id(effect) for effect, _of in instance.effects]]
    callers = [each.owner.path for each in instance.called_by]
    return (
        instance.path,
        sorted(instance.shapes),
        instance.holder.path,
        instance.position,
        instance.origin,
        list(instance.collections),
        callers,
        members,
    )


def told_in_any_order(derivation):
    """The same, but that no order counts in which things came to be."""
    return {name: sorted(map(_unordered, each), key=repr) for name, each in told(derivation).items()}


def _unordered(told):
    if isinstance(told, tuple | list):
        return tuple(_sorted(each) if isinstance(each, list) else each for each in told)
    return told


def _sorted(several):
    return sorted((_sorted(each) if isinstance(each, list) else each for each in several), key=repr)


# ---- values


def keys(derivation):
    return [(instance, name) for instance in derivation.structure.instances for name in instance.fields]


def read_all(derivation):
    for key in keys(derivation):
        derivation.computation.value(*key)


def values(derivation):
    """Every value with all its terms, by id."""
    return {
        instance.join(name): _combined(derivation.computation.combined(instance, name)) for instance, name in keys(derivation)
    }


def _combined(combined):
    terms = [(term.operation, _shown(term.value), None if term.by is None else term.by.place) for term in combined.terms]
    lost = [(each.offer.operation, _shown(each.offer.value), each.reason) for each in combined.lost]
    return _shown(combined.value), terms, lost


def _shown(value):
    if isinstance(value, tuple | frozenset):
        return sorted(map(_shown, value))
    return getattr(value, "path", None) or str(value)
