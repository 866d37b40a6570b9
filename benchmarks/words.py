"""A language to search in: our own labels and invented words, used as often as words of a language are."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from marketplace.discovery.normalise import index_text, words_of
from marketplace.vocabulary.activities import ACTIVITIES
from marketplace.vocabulary.audiences import AUDIENCES
from marketplace.vocabulary.domains import DOMAINS
from marketplace.vocabulary.skills import SKILLS

VOCABULARY = 30_000
SMALL_WORDS = re.findall(
    r"\w+",
    """de la les des et à en une pour dans le un du avec sur par au vous nous qui que est sont aux ce ces
    cette votre nos notre leur leurs ou se sa son ses il elle on""",
)
ONSETS = re.findall(r"\w+", "b c ch d f fr g gr j l m n p pl pr qu r s t tr v br cr")
VOWELS = re.findall(r"\w+", "a e i o u é è ai ou eau oi an en on in")
ENDINGS = re.findall(r"\w+", "r tion ment té ge eur euse able ique ette isme er s t le nce lle")
WORDS_OF_A_TEXT = 300


@dataclass(frozen=True, slots=True)
class Language:
    """Its words, the most used first (Zipf: the n-th is used 1/n as often as the first)."""

    words: Sequence[str]
    weights: Sequence[float]  # added up

    def text(self, rng: random.Random, length: int) -> list[str]:
        """Words of a text, one after the other."""
        return rng.choices(self.words, cum_weights=self.weights, k=length)


@cache
def language() -> Language:
    """The same one in every run."""
    rng = random.Random("a language")
    known = dict.fromkeys(
        shown for labels in (ACTIVITIES, SKILLS, AUDIENCES, DOMAINS) for label in labels.values()
        for shown, _ in words_of(label)
    )  # fmt: skip
    content = list(known)
    rng.shuffle(content)
    seen = {*content, *SMALL_WORDS}
    while len(content) < VOCABULARY - len(SMALL_WORDS):
        word = _invented(rng)
        if word not in seen:
            seen.add(word)
            content.append(word)
    words = [*SMALL_WORDS, *content]
    return Language(words, list(accumulate(1 / rank for rank in range(1, len(words) + 1))))


def _invented(rng: random.Random) -> str:
    syllables = [str(rng.choice(ONSETS) + rng.choice(VOWELS)) for _ in range(rng.randint(1, 3))]
    return "".join([*syllables, rng.choice(ENDINGS)])


def sentence(words: Sequence[str]) -> str:
    """These words as a text: a capital, a full stop now and then."""
    parts = [" ".join(words[at : at + 15]) for at in range(0, len(words), 15)]
    return ". ".join(part[:1].upper() + part[1:] for part in parts)


@cache
def tokens_of(word: str) -> tuple[str, ...]:
    """What discovery indexes of one word; kept, as a million texts have the same words."""
    return tuple(index_text(word).split())


def indexed(text: str) -> str:
    """`index_text(text)`, sooner: words stand apart, so each is normalised by discovery only once."""
    words = text.replace(".", " ").lower().split()
    found = [token for word in words for token in tokens_of(word)]
    return " ".join(dict.fromkeys(found))
