"""Citations of law and of standards: patterns, and one way to write each."""

from __future__ import annotations

import re
from collections.abc import Callable

# Words of which a text must hold one for the pattern to be tried; the pattern; how it is written.
Citation = tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]]

_PARAGRAPHS = r"((?:\s?\([a-zA-Z0-9]{1,4}\)){0,6})"
_SECTION = r"(?:(?:§+|[Pp]arts?|[Ss]ections?|[Ss]ubparts?|[Ss]ec\.)\s*)*"
# Parts of the Code of Federal Regulations that hospitals cite by the section alone.
_TITLES = (
    (re.compile(r"16[0-4]\."), "45"),
    (re.compile(r"4(?:0[0-9]|1[0-9]|2[0-6]|3[0-9]|8[0-9]|9[0-9])\."), "42"),
    (re.compile(r"19(?:04|10|26)\."), "29"),
)
_NUMBER = r"\d[\dA-Za-z]*(?:[.:-]\d[\dA-Za-z]*)*"
# By its letters alone: title before or none, one way to write it.
_STATES = (
    r"RCW|WAC|ORS|OAR|KRS|NRS|NAC|COMAR|ORC|OAC|RSMo|MCL|MCA|IDAPA|N\.?J\.?A\.?C|N\.?J\.?S\.?A"
    r"|O\.?C\.?G\.?A|N\.?C\.?G\.?S|A\.?R\.?S|C\.?R\.?S|HRS|NMSA|NMAC|SDCL"
)
_STATE_HINTS = tuple(_STATES.replace(r"\.?", "").split("|")) + tuple(
    f"{letters[0]}." for letters in ("NJ", "OC", "NC", "AR", "CR")
)
_TITLED_STATES = r"CCR|NYCRR|CMR|TAC|KAR|CSR|Pa\.\s?Code|Ill\.\s?Adm\.\s?Code|Va\.?\s?C|VAC|IAC"
_CODES = (
    r"Health\s+(?:and|&)\s+Safety|Penal|Welfare\s+(?:and|&)\s+Institutions|Business\s+(?:and|&)\s+"
    r"Professions|Public\s+Health|Mental\s+Hygiene|Administrative|Revised|Occupations|Labor|Civil"
    r"|Family|Insurance|Government|Evidence|General"
)
_STATE_NAMES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Cal\.|Colorado|Connecticut|Delaware|Florida|Fla\.|Georgia"
    r"|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan"
    r"|Minnesota|Minn\.|Mississippi|Missouri|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)"
    r"|N\.?Y\.?|North\s(?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode\sIsland|South\s(?:Carolina"
    r"|Dakota)|Tennessee|Tex(?:as|\.)|Utah|Vermont|Virginia|Va\.|Washington|West\sVirginia|Wis(?:consin|\.)|Wyoming"
)
_ACT_WORD = r"[A-Z][\w’'-]+"


def _tight(written: str) -> str:
    return re.sub(r"\s", "", written)


def _spaced(written: str) -> str:
    return " ".join(written.replace("&", "and").split())


def _by_section(match: re.Match[str]) -> str:
    """Write "§164.308(a)(1)" with its title; a part that nobody cites alone gives nothing."""
    title = next((title for part, title in _TITLES if part.match(match[1])), "")
    return f"{title} CFR {match[1]}{_tight(match[2])}" if title else ""


def _statute(match: re.Match[str]) -> str:
    state = f"{_spaced(match[1])} " if match[1] else ""
    return f"{state}{_spaced(match[2])} {match[3]}{_tight(match[4])}"


LAWS: tuple[Citation, ...] = (
    (
        ("CFR", "C.F.R", "C. F", "C F"),
        re.compile(
            rf"\b(\d{{1,2}})\s*C\.?\s?F\.?\s?R\.?,?\s*{_SECTION}"
            rf"(\d{{1,4}}(?:\.\s?\d{{1,4}}[a-z]?)?){_PARAGRAPHS}"
        ),
        lambda at: f"{at[1]} CFR {_tight(at[2])}{_tight(at[3])}",
    ),
    (
        ("CFR", "C.F.R", "§"),
        # "and 164.312(b)" after a citation of the same title, "Parts 160 and 164"
        re.compile(
            r"(?<=[\d)])(?:,\s*(?:and\s+)?|\s*(?:and|&|;)\s+)"
            rf"(?:§\s*)?((?:16[0-4]|48[2-9]|49[3-5])\.\d{{1,4}}){_PARAGRAPHS}"
        ),
        _by_section,
    ),
    (
        ("§", "HIPAA", "Rule"),
        re.compile(
            rf"(?:§+\s*|\b(?:HIPAA|Security Rule|Privacy Rule)[^.\n]{{0,40}}?\s)"
            rf"(\d{{3,4}}\.\d{{1,4}}){_PARAGRAPHS}"
        ),
        _by_section,
    ),
    (
        ("164.3", "164.5"),
        re.compile(r"(?<![\d.])(164\.[35]\d\d)(\s?\([a-z]\)(?:\s?\([a-zA-Z0-9]{1,4}\)){0,4})"),
        _by_section,
    ),
    (
        ("OSHA",),
        re.compile(rf"\bOSHA(?:'s)?(?:\s+[Ss]tandards?|\s+[Rr]egulations?)?\s*[§(]?\s*(19\d\d\.\d{{1,4}}){_PARAGRAPHS}"),
        _by_section,
    ),
    (
        ("USC", "U.S.C", "U. S", "U S"),
        re.compile(rf"\b(\d{{1,2}})\s*U\.?\s?S\.?\s?C\.?(?:\s?A\.)?,?\s*{_SECTION}(\d{{1,5}}[a-z]{{0,2}}(?:-\d{{1,3}})?){_PARAGRAPHS}"),
        lambda at: f"{at[1]} USC {at[2]}{_tight(at[3])}",
    ),
    (
        ("Public", "Pub", "P.L", "P. L"),
        re.compile(r"\b(?:Public\s+Law|Pub\.?\s?L\.?|P\.\s?L\.)\s*(?:No\.?\s*)?(\d{2,3})\s?[-–]\s?(\d{1,4})\b"),
        lambda at: f"Public Law {at[1]}-{at[2]}",
    ),
    (
        ("CCR", "CMR", "CRR", "TAC", "KAR", "CSR", "Code", "VAC", "IAC", "Va"),
        re.compile(rf"\b(?:Title\s+)?(\d{{1,3}}),?\s+({_TITLED_STATES})\b\.?,?\s*{_SECTION}({_NUMBER}){_PARAGRAPHS}"),
        lambda at: f"{at[1]} {_tight(at[2])} {at[3]}{_tight(at[4])}",
    ),
    (
        _STATE_HINTS,
        re.compile(rf"\b({_STATES})\.?\s*{_SECTION}({_NUMBER}){_PARAGRAPHS}"),
        lambda at: f"{at[1].replace('.', '')} {at[2]}{_tight(at[3])}",
    ),
    (
        ("Code", "Law"),
        re.compile(
            rf"(?:\b({_STATE_NAMES})\s+)?\b((?:{_CODES})\s+(?:Code|Law)),?"
            rf"\s*{_SECTION}({_NUMBER}){_PARAGRAPHS}"
        ),
        _statute,
    ),
    (
        ("Stat", "Code"),
        re.compile(rf"\b({_STATE_NAMES})\s+(Stat(?:utes?|\.)|Code(?:\s+Ann\.)?|Gen\.\s?Stat\.),?\s*(?:§+\s*|[Ss]ections?\s+|[Cc]h(?:apter|\.)\s+)?({_NUMBER}){_PARAGRAPHS}"),
        _statute,
    ),
    (
        ("MGL", "M.G.L", "G.L"),
        re.compile(r"\bM\.?G\.?L\.?,?\s*[Cc](?:h(?:apter)?)?\.?\s*(\d{1,3}[A-Z]?),?\s*(?:§+|[Ss](?:ec(?:tion)?)?\.?)\s*(\d{1,4}[A-Z]?(?:\s?½)?)"),
        lambda at: f"MGL c. {at[1]} § {at[2]}",
    ),
    (
        ("Act",),
        re.compile(rf"\b((?:{_ACT_WORD}\s+(?:(?:and|of|to|the|in|at|for|with|etc\.?)\s+){{0,2}}){{1,7}}Act)(?:\s+of|,)?\s+((?:18|19|20)\d\d)\b"),
        lambda at: f"{' '.join(at[1].split()).removeprefix('The ')} {at[2]}",
    ),
    (
        ("HIPAA", "HITECH", "EMTALA", "CLIA", "GDPR", "FERPA"),
        re.compile(r"\b(HIPAA|HITECH|EMTALA|CLIA|GDPR|FERPA)\b(?!\w)"), lambda at: at[1]),
)  # fmt: skip

STANDARDS: tuple[Citation, ...] = (
    (
        (".0",),
        re.compile(
            r"\b((?:APR|CTS|DC|EC|EM|HR|IC|IM|LD|LS|MM|MS|NPG|NPSG|NR|PC|PI|RC|RI|TS|UP|WT)"
            r"\.\d{2}\.\d{2}\.\d{2})(?:,?\s*\(?EPs?\s*(\d{1,2}))?"
        ),
        lambda at: f"Joint Commission {at[1]}" + (f" EP {at[2]}" if at[2] else ""),
    ),
    (
        ("NFPA",),
        re.compile(r"\bNFPA\s?(?:Standard\s|#\s?)?(\d{1,4}[A-Z]?)(?![\d.]\d)(?:\s?[:(-]\s?((?:19|20)\d\d)\b)?"),
        lambda at: f"NFPA {at[1]}" + (f":{at[2]}" if at[2] else ""),
    ),
    (
        ("USP",),
        re.compile(r"\bUSP\s*(?:[Gg]eneral\s+)?(?:[Cc]hapters?\s*)?[<〈(‹]?\s?(\d{2,4})\b\s?[>〉)›]?"),
        lambda at: f"USP <{at[1]}>",
    ),
    (
        ("ISO", "IEC"),
        re.compile(r"\b(ISO(?:/(?:IEC|TS|TR|IEEE))?|IEC)\s?(\d{3,5}(?:-\d{1,3})?)(?:\s?:\s?(\d{4}))?\b"),
        lambda at: f"{at[1]} {at[2]}" + (f":{at[3]}" if at[3] else ""),
    ),
    (
        ("NIST",),
        re.compile(r"\bNIST\s*(?:SP|Special\s+Publication)?\s*(800-\d{1,3}[A-Z]?)\b(?:,?\s*[Rr]ev(?:ision|\.)?\s*(\d))?"),
        lambda at: f"NIST SP {at[1]}" + (f" Rev. {at[2]}" if at[2] else ""),
    ),
    (("FIPS",), re.compile(r"\bFIPS\s*(?:PUB\s*)?(\d{2,3}(?:-\d)?)\b"), lambda at: f"FIPS {at[1]}"),
    (
        ("AAMI",),
        re.compile(r"\b(?:ANSI\s?/\s?)?AAMI\s*(?:ANSI\s*)?(ST\d{1,3}|RD\d{1,3}|TIR\d{1,3})\b"),
        lambda at: f"ANSI/AAMI {at[1]}",
    ),
    (
        ("ANSI",),
        re.compile(r"\bANSI(?:/ISEA|/ASSE)?\s*(Z\d{2,3}(?:\.\d{1,3})?)\b"),
        lambda at: f"ANSI {at[1]}",
    ),
    (
        ("ASHRAE",),
        re.compile(r"\bASHRAE\s*(?:Standard\s*)?(\d{2,3}(?:\.\d)?)\b"),
        lambda at: f"ASHRAE {at[1]}"),
    (("ASTM",), re.compile(r"\bASTM\s*([A-G]\d{1,4})\b"), lambda at: f"ASTM {at[1]}"),
    (
        ("PCI",),
        re.compile(r"\bPCI[ -]DSS(?:\s*[vV]?(\d\.\d(?:\.\d)?))?"),
        lambda at: "PCI DSS" + (f" {at[1]}" if at[1] else ""),
    ),
    (
        ("Tag", "tag"),
        re.compile(r"\b(?:CMS\s+)?[Tt]ags?\s+([AKFECV])-?(\d{3,4})\b"),
        lambda at: f"CMS Tag {at[1]}-{at[2].zfill(4)}",
    ),
    (
        ("HITRUST",),
        re.compile(r"\bHITRUST\s+(?:CSF\s+)?(\d{2}\.[a-z])\b"), lambda at: f"HITRUST CSF {at[1]}"),
)  # fmt: skip
