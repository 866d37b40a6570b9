"""What moderators write in the panel: the local contacts, checked before the database does.

The panel says in English what the database refuses; these sentences come first, beside the field.
"""

from typing import Any

from piccolo.columns import Column
from piccolo_api.crud.hooks import Hook, HookType
from starlette.exceptions import HTTPException

from marketplace.vocabulary.contacts import cleaned, problems
from marketplace.vocabulary.tables import LocalContact

NAMES = tuple(column._meta.name for column in LocalContact._meta.columns if column._meta.name != "id")


def _refuse_what_is_wrong(values: dict[str, Any]) -> None:
    """Raises HTTPException 422 in the form the panel shows."""
    wrong = [{"loc": ["body", field], "msg": message} for field, message in problems(values)]
    if wrong:
        raise HTTPException(422, wrong)  # type: ignore[arg-type]  # the panel reads a list


async def before_save(row: LocalContact) -> LocalContact:
    """A new contact."""
    values = cleaned({name: getattr(row, name) for name in NAMES})
    _refuse_what_is_wrong(values)
    for name, value in values.items():
        setattr(row, name, value)
    return row


async def before_patch(row_id: int, values: dict[Any, Any]) -> dict[Any, Any]:
    """Changes to one: the whole row must be right once they are made."""
    if not values or not all(isinstance(column, Column) and column._meta.name in NAMES for column in values):
        raise HTTPException(422, [{"loc": ["body", ""], "msg": "Rien à changer."}])  # type: ignore[arg-type]
    sent = cleaned({column._meta.name: value for column, value in values.items()})
    row = await LocalContact.objects().get(LocalContact.id == row_id)
    stored = {name: getattr(row, name) for name in NAMES} if row else {}
    _refuse_what_is_wrong(stored | sent)
    return {column: sent[column._meta.name] for column in values}


HOOKS = [Hook(HookType.pre_save, before_save), Hook(HookType.pre_patch, before_patch)]
