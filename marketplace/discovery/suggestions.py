"""« Essayez : bénévole »: the indexed word that a mistyped one is one letter away from."""

from marketplace import db
from marketplace.discovery.normalise import LONGEST_QUERY, SINGLE_WORD, Word, fold_word, query_words

SHORTEST_TYPED = 4
MOST_LOOKED_AT = 2000  # words that share a first letter, the most used first


async def suggestion(text: str) -> str:
    """The text with each unknown word replaced, or '' when there is nothing better to try."""
    better: dict[str, str] = {}
    for word in query_words(text):
        found = await _neighbour(word) if len(word.typed) >= SHORTEST_TYPED else ""
        if found:
            better[word.typed] = found
    if not better:
        return ""
    return SINGLE_WORD.sub(
        lambda match: better.get(fold_word(match[0]), match[0]), text[:LONGEST_QUERY].strip()
    )


async def _neighbour(word: Word) -> str:
    """The most used word one letter away, or '' also for a word that is known itself."""
    typed = word.typed
    if await db.fetch("SELECT 1 AS one FROM search_word WHERE word = {} LIMIT 1", typed):
        return ""
    # The second letter too: the first may be one too many, or the two may have changed places.
    rows = await db.fetch(
        """SELECT word, shown FROM search_word WHERE letter IN ({}, {}) AND length BETWEEN {} AND {}
        ORDER BY uses DESC, word LIMIT {}""",
        typed[0],
        typed[1],
        len(typed) - 1,
        len(typed) + 1,
        MOST_LOOKED_AT,
    )
    return next((row["shown"] for row in rows if one_edit_apart(typed, row["word"])), "")


def one_edit_apart(typed: str, word: str) -> bool:
    """Whether one letter more, less or other, or two neighbours exchanged, makes one of the other."""
    start = 0
    while start < min(len(typed), len(word)) and typed[start] == word[start]:
        start += 1
    rest, other = typed[start:], word[start:]
    if not rest and not other:
        return False
    exchanged = rest[:2] == other[1::-1] and len(other) > 1 and rest[2:] == other[2:]
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or exchanged
