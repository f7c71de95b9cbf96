"""Policy numbers: the schemes that hospitals use, and the look-alikes that are never a policy."""

from __future__ import annotations

import re

# NUR-231, P-55, ADM.HR.203, P-NS-1063.6, M03-01-768, GV/002, IC 014
LETTERED = r"[A-Z][A-Z0-9]{0,6}(?:[-./][A-Z]{1,6}){0,3}[-./ ]?\d{1,5}(?:[-.]\d{1,4}){0,3}[A-Za-z]?"
DOTTED = r"\d{1,4}(?:\.\d{1,4}){1,3}[A-Za-z]?"  # 13.07, 3.4.2, 1108.06
DASHED = r"\d{1,4}(?:-\d{1,4}){1,3}[A-Za-z]?"  # 2008-080
PLAIN = r"\d{2,8}[A-Za-z]?"  # 166, 4176668
_WHOLE = re.compile(r"(?=.{1,24}$)\d[\w./-]*(?: \d[\w./-]*)+")  # "91 86": parted by spaces alone
_NUMBER = re.compile(rf"#?\s*((?:{LETTERED})|(?:{DOTTED})|(?:{DASHED})|(?:{PLAIN})|\d)(?![\w])")

# Laws, standards, codes, scores, drugs, equipment: what is numbered like a policy and is none.
_NOT_POLICIES = re.compile(
    r"A1C|AES|RSA|AAMI|AB|ACLS|ANSI|APR|ASA|ASHRAE|ASTM|AUG|BLS|BSL|C|CAP|CDC|CFR|"
    r"CHAPTER|CLIA|CMS|CO|COVID|CPT|CVE|D|DEC|DEA|DOB|DRG|DSM|EN|EO|EP|ESI|EXT|"
    r"FAX|FDA|FEB|FIPS|FIO|FM|FORM|FY|G|GAD|GCS|GDP|H|HB|HCFA|HCPCS|HIPAA|HL|HR|"
    r"HTTP|ICD|IEC|IEEE|IL|IP|IPV|ISBN|ISO|JAN|JUL|JUN|LEVEL|MAR|MAY|MERS|MRI|"
    r"MRN|MS|N|NDC|NFPA|NIST|NOV|NPG|NPSG|O|OCT|OMB|OSHA|PAGE|PGY|PH|PHASE|PHQ|"
    r"PIN|PL|PM|PMID|PO|POST|Q|QT|RFC|ROOM|S|SARS|SB|SCO|SEP|SHA|SOC|SP|SPO|SSN|"
    r"ST|STEP|T|TABLE|TEL|TLS|TYPE|UL|UN|URL|US|USC|USP|UTC|V|VERSION|VITAMIN|"
    r"W|WIN|X|Z|ZIP|SECTION|APPENDIX|PART|FIGURE|FIG|REV|VOL|NO|AM|AS|OR|AND|"
    r"IN|TO|OF|AT|BY|ON|IF|IS|II|III|IV|VI|VII"
)
# Human Resources, Medical Staff, Pharmacy and the like also number policies: HR-310, and not HR 72.
_DEPARTMENT = re.compile(r"(?:HR|MS|PH|EP|PM|PO)[-.]\d{3}(?!\d)")
_STANDARD = re.compile(r"^[A-Z]{2,5}\.\d{2}\.\d{2}\.\d{2}")  # Joint Commission: EC.02.01.01


def own_number(value: str) -> str:
    """The policy number at the start of a header's value, "" when there is none."""
    value = value.strip()
    if _WHOLE.fullmatch(value) and not is_year(value):
        return value
    match = _NUMBER.match(value)
    if match is None or is_year(match[1]):
        return ""
    return match[1]


def is_policy_number(written: str) -> bool:
    """Say whether letters and digits may be a policy's number, and not a law's or standard's."""
    if _DEPARTMENT.match(written):
        return True
    prefix = re.split(r"[-./ \d]", written, maxsplit=1)[0].upper()
    return not _NOT_POLICIES.fullmatch(prefix) and not _STANDARD.match(written)


def is_year(written: str) -> bool:
    return len(written) == 4 and written[:2] in {"19", "20"} and written.isdecimal()


def same_number(a: str, b: str) -> bool:
    return _bare(a) == _bare(b)


def _bare(number: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", number.upper())
