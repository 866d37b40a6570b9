"""Words as the index knows them: the same on both engines, when written and when asked for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import Stemmer

MOST_WORDS = 8  # of a query
LONGEST_QUERY = 300  # characters looked at
LONGEST_WORD = 40
REMEMBERED = 50_000  # words: most texts are made of the same ones
SHORTEST_PREFIX = 2

_STEMMER = Stemmer.Stemmer("french")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})
SINGLE_WORD = re.compile(r"[^\W_]+")
_FEMININE = re.compile(r"ere(?=s?$)")
# folded; words of one letter are left out too (l', d', à, y)
_STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """au aux avec ce ces cet cette dans de des du elle elles en est et etre eux il ils je la le les leur
        leurs lui ma mais me meme mes moi mon ne nos notre nous on ont ou par pas pour qu que quel quelle qui
        sa sans se ses son sont sur ta te tes toi ton tu un une vos votre vous""",
    )
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query: a text has it when it has one of these tokens, or one that starts with `typed`."""

    alternatives: tuple[str, ...]
    is_prefix: bool  # the last word may not be finished
    typed: str  # folded
    shown: str  # as it was typed, in lower case


def fold(text: str) -> str:
    """Lower case, without accents nor ligatures."""
    flat = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", flat) if not unicodedata.combining(c))


@lru_cache(maxsize=REMEMBERED)
def fold_word(word: str) -> str:
    """A word's folded letters: folding may leave what is none, a fraction becomes « 1⁄2 »."""
    return "".join(SINGLE_WORD.findall(fold(word)))[:LONGEST_WORD]


def words_of(text: str) -> list[tuple[str, str]]:
    """The words that count, in order: (in lower case, folded). Apostrophes and hyphens part them."""
    return [known for shown in _split(text) if (known := _counted(shown))]


def index_text(text: str) -> str:
    """A text's tokens, each once, in order, parted by one space."""
    return " ".join(dict.fromkeys(chain.from_iterable(map(_tokens, _split(text)))))


def _split(text: str) -> list[str]:
    return SINGLE_WORD.findall(unicodedata.normalize("NFC", text).lower())


@lru_cache(maxsize=REMEMBERED)
def _counted(shown: str) -> tuple[str, str] | None:
    """(shown, folded), None for a word that is left out."""
    folded = fold_word(shown)
    if (len(folded) > 1 or folded.isdigit()) and folded not in _STOP_WORDS:
        return shown[:LONGEST_WORD], folded
    return None


@lru_cache(maxsize=REMEMBERED)
def _tokens(shown: str) -> tuple[str, ...]:
    known = _counted(shown)
    return _stems(*known) if known else ()


def query_words(text: str) -> list[Word]:
    """What a text must have to answer: at most eight words, none when nothing that counts was typed."""
    words = words_of(text[:LONGEST_QUERY])[:MOST_WORDS]
    return [
        Word(
            alternatives=tuple(dict.fromkeys((*_stems(shown, folded), *_accented_stem(folded)))),
            is_prefix=place == len(words) - 1 and len(folded) >= SHORTEST_PREFIX,
            typed=folded,
            shown=shown,
        )
        for place, (shown, folded) in enumerate(words)
    ]


@lru_cache(maxsize=REMEMBERED)
def _stems(shown: str, folded: str) -> tuple[str, ...]:
    # Neither alone: accents help the stemmer (régulier, régulière), and people leave them out.
    both = (
        "".join(SINGLE_WORD.findall(fold(_STEMMER.stemWord(shown))))[:LONGEST_WORD],
        _STEMMER.stemWord(folded),
    )
    return tuple(dict.fromkeys(token for token in both if token)) or (folded,)


def _accented_stem(folded: str) -> list[str]:
    # « reguliere » typed in haste: only with its accent does the stemmer bring it to régulier
    accented = _FEMININE.sub("ère", folded)
    return [] if accented == folded else [fold_word(_STEMMER.stemWord(accented))]
