"""The words of a PDF, read as a program that copies text does: by the table its font brings."""

import re
import zlib


def words(document: bytes) -> str:
    """All of it, in the order it is drawn, one piece of text a line."""
    streams = [
        _inflated(found) for found in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    ]
    (table,) = [_table(stream) for stream in streams if b"beginbfchar" in stream or b"beginbfrange" in stream]
    drawn = b"\n".join(stream for stream in streams if b" Tj" in stream or b" TJ" in stream)
    return "\n".join(
        _read(piece, table) for piece in re.findall(rb"\(((?:\\.|[^\\)])*)\)\s*Tj", drawn, re.DOTALL)
    )


def _inflated(stream: bytes) -> bytes:
    try:
        # not `zlib.decompress`: the stream's last byte may have passed for the end of a line
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _table(stream: bytes) -> dict[int, str]:
    found = {}
    for code, letters in re.findall(rb"<([0-9A-Fa-f]{4})>\s+<([0-9A-Fa-f]+)>\s*\n", stream):
        found[int(code, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    return found


def _read(piece: bytes, table: dict[int, str]) -> str:
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    plain = re.sub(rb"\\(.)", lambda found: escapes.get(found[1], found[1]), piece, flags=re.DOTALL)
    return "".join(table[plain[at] * 256 + plain[at + 1]] for at in range(0, len(plain), 2))
