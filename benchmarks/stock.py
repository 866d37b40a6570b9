"""What the loaders store: rows made by other processes, and how far they are."""

import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import datetime

from benchmarks.missions import BATCH, PER_ASSOCIATION, Batch, Row, batch, communes, public_id
from benchmarks.words import SMALL_WORDS, language
from marketplace.discovery.normalise import fold_word

AHEAD = 4  # batches written in advance


def batches(missions: int, seed: int, now: datetime) -> Iterator[Batch]:
    """All of them, in order, made by other processes while the last ones are stored."""
    firsts = deque(range(1, missions + 1, BATCH))
    waiting: deque[Future[Batch]] = deque()
    with ProcessPoolExecutor(2) as pool:
        while firsts or waiting:
            while firsts and len(waiting) < AHEAD:
                first = firsts.popleft()
                waiting.append(pool.submit(batch, first, min(BATCH, missions + 1 - first), seed, now))
            yield waiting.popleft().result()


def associations(missions: int, now: datetime) -> list[Row]:
    """Those the missions are of; one in fifty is suspended."""
    at = communes()[0]
    texts = ("legal_kind", "rna", "siret", "purpose", "address", "website", "contact_phone", "insurer",
             "safeguarding_name", "safeguarding_contact", "charter_version")  # fmt: skip
    return [
        dict.fromkeys(texts, "") | {
            "id": number, "public_id": public_id("association", number), "name": f"Association {number}",
            "status": "suspended" if number % 50 == 0 else "verified", "contact_email": "a@example.org",
            "commune_code": at[number % len(at)].code, "commune_name": at[number % len(at)].name,
            "postcode": "", "department": at[number % len(at)].department, "created_at": now,
        }
        for number in range(1, missions // PER_ASSOCIATION + 2)
    ]  # fmt: skip


def search_words(missions: int) -> list[Row]:
    """The words to suggest."""
    found = {fold_word(word): word for word in reversed(language().words) if word not in SMALL_WORDS}
    return [
        {"word": word, "shown": shown, "letter": word[0], "length": len(word), "uses": missions // rank}
        for rank, (word, shown) in enumerate(reversed(found.items()), 2)
        if len(word) >= 4
    ]


def tell(what: str, done: int, of: int, began: float) -> None:
    """One line of progress."""
    print(f"  {what}: {done:,} of {of:,}, {time.monotonic() - began:.0f} s", flush=True)
