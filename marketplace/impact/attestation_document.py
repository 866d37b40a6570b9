"""An attestation as a PDF of one page: always the same bytes for the same row and language."""

from datetime import datetime
from importlib.resources import files
from unicodedata import normalize

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from marketplace import settings
from marketplace.applications.attendance_policies import duration
from marketplace.impact.attestation_policies import shown_code
from marketplace.impact.attestation_tables import Attestation
from marketplace.text import _, language
from marketplace.web import dates, urls

# The letters of every European name, Greek and Cyrillic too. One weight: making the bold one takes seconds.
FONT = files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
INK, SOFT, BRAND = (32, 48, 43), (86, 102, 96), (11, 93, 78)
MARGIN_MM, LABEL_MM = 25, 52


def written(attestation: Attestation) -> bytes:
    """The document. Takes a tenth of a second: call it in a thread."""
    pdf = _blank(attestation.made_at)
    pdf.set_title(_("Attestation de bénévolat"))
    _line(pdf, settings.current().site_name, 12, BRAND, 6)
    _rule(pdf)
    _line(pdf, _("Attestation de bénévolat"), 26, INK, 10)
    _line(pdf, _("D’après les présences notées par l’association,"), 12, INK, 3)
    _line(pdf, f"{attestation.first_name} {attestation.family_name}", 20, INK, 3)
    _line(pdf, _("a donné bénévolement de son temps :"), 12, INK, 6)
    for label, value in facts(attestation):
        _fact(pdf, label, value)
    pdf.ln(8)
    _rule(pdf)
    for words in notes(attestation):
        _line(pdf, words, 10, SOFT, 3)
    return bytes(pdf.output())


def facts(attestation: Attestation) -> list[tuple[str, str]]:
    """What the document attests, in words."""
    return [
        (_("Association"), attestation.association_name),
        (_("Année"), str(attestation.year)),
        (_("Temps donné"), duration(attestation.minutes)),
        (_("Participations"), str(attestation.participations)),
        (_("Faite le"), dates.short_day(attestation.made_at)),
        (_("Code"), shown_code(attestation.code)),
    ]


def notes(attestation: Attestation) -> list[str]:
    """How to check it, and what it is worth."""
    link = urls.absolute("impact.check_attestation", code=attestation.code)
    return [
        _("Pour vérifier cette attestation, ouvrez {link}").format(link=link),
        _(
            "Le temps est celui que l’association a noté, pour les participations de l’année civile. "
            "Le nom est celui du compte, ce jour-là."
        ),
        _(
            "Pour le compte d’engagement citoyen, ces heures restent à déclarer sur Le Compte bénévole : "
            "ce document ne remplace pas la déclaration."
        ),
    ]


def _blank(made_at: datetime) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.add_font("text", fname=str(FONT))
    pdf.set_creation_date(made_at)
    pdf.set_producer(settings.current().site_name)
    pdf.set_lang(language())
    pdf.set_margin(MARGIN_MM)
    pdf.c_margin = 0  # words begin where the lines do
    pdf.add_page()
    return pdf


def _line(pdf: FPDF, words: str, points: float, colour: tuple[int, int, int], after_mm: float) -> None:
    pdf.set_font("text", size=points)
    pdf.set_text_color(*colour)
    composed = normalize("NFC", words)  # letters with their accents, as the font draws them
    pdf.multi_cell(0, points * 0.5, composed, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(after_mm)


def _fact(pdf: FPDF, label: str, value: str) -> None:
    top = pdf.get_y()
    pdf.set_font("text", size=11)
    pdf.set_text_color(*SOFT)
    pdf.cell(LABEL_MM, 7, label)
    pdf.set_xy(MARGIN_MM + LABEL_MM, top)
    pdf.set_text_color(*INK)
    pdf.set_font("text", size=12)
    pdf.multi_cell(0, 7, normalize("NFC", value), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _rule(pdf: FPDF) -> None:
    pdf.set_draw_color(*BRAND)
    pdf.set_line_width(0.6)
    pdf.line(MARGIN_MM, pdf.get_y(), pdf.w - MARGIN_MM, pdf.get_y())
    pdf.ln(8)
