"""Thirty headers of real documents, labelled from reading the documents themselves."""

import pytest

from gross.intake import read
from tests.intake.shared import data

UPDATED = "basecamp+policies/privacy_regulations_dpa_"
FORKS = "docs/"
GOV = "docs/alphagov__govuk-developer-docs/"

# Folder, file, title, what else its header says; fields that are not named here it does not say.
TRUTHS = [
    ("office-files", "18F+handbook/downloads_EFT_Enrollment_Form.pdf",
     "ELECTRONIC FUNDS TRANSFER (EFT) ENROLLMENT FORM", {"kind": "form"}),
    ("office-files", f"{UPDATED}Basecamp_Data_Processing_Addendum_v202007.pdf",
     "BASECAMP DATA PROCESSING ADDENDUM", {"last_revised": "2020-07"}),
    ("office-files", f"{UPDATED}Basecamp_Data_Processing_Addendum_v202010.pdf",
     "BASECAMP DATA PROCESSING ADDENDUM", {"last_revised": "2020-10"}),
    ("office-files", f"{UPDATED}Basecamp_Data_Processing_Addendum_v202010_executable.pdf",
     "BASECAMP DATA PROCESSING ADDENDUM", {"last_revised": "2020-10"}),
    ("office-files", f"{UPDATED}Basecamp_Data_Processing_Addendum_v202212.pdf",
     "37SIGNALS DATA PROCESSING ADDENDUM", {"last_revised": "2022-12-23"}),
    ("office-files", f"{UPDATED}Data_Processing_Addendum_current.pdf",
     "37SIGNALS DATA PROCESSING ADDENDUM", {"last_revised": "2023-04-20"}),
    ("office-files", "catalyzeio+policies/source_sections_breach.log.pdf", "Breach Log", {}),
    ("office-files", "18F+handbook/downloads_TEMPLATE_Team_charter.docx",
     "[Project name] team charter", {}),
    ("hipaa-forks", f"{FORKS}hexcare__policies/23-Qolty_hipaa_business_associate_agreement.md",
     'Qolty HIPAA Business Associate Agreement ("BAA")', {}),
    ("hipaa-forks", f"{FORKS}SelfCareCatalysts__policies/data_retention_policy.md",
     "Data Retention Policy", {"kind": "policy"}),
    ("hipaa-forks", f"{FORKS}onyxsupplies__policies/11-incident_response_policy.md",
     "Incident Response Policy", {"kind": "policy"}),
    ("hipaa-forks", f"{FORKS}Nutriadmin__hipaa-policies/16-vulnerability_scanning_policy.md",
     "Vulnerability Scanning Policy", {"kind": "policy"}),
    ("hipaa-forks", f"{FORKS}zanebenefits__HIPAA-policies/facility_access_policy.md",
     "Facility Access Policy", {"kind": "policy"}),
    ("hipaa-versions", "docs/auditing_policy_2019-07-02.txt", "Auditing Policy",
     {"kind": "policy"}),
    ("hipaa-versions", "docs/disaster_recovery_policy_2019-07-02.txt",
     "Disaster Recovery Policy", {"kind": "policy"}),
    ("hipaa-versions", "docs/incident_response_policy_2018-02-02.txt",
     "Incident Response Policy", {"kind": "policy"}),
    ("hipaa-versions", "docs/auditing_policy_2015-09-30.txt", "Auditing Policy",
     {"kind": "policy"}),
    ("hipaa-versions", "docs/vulnerability_scanning_policy_2019-03-26.txt",
     "Vulnerability Scanning Policy", {"kind": "policy"}),
    ("hipaa-versions", "docs/hipaa_mapping_to_catalyze_controls_2014-09-22.txt",
     "HIPAA Mappings to Catalyze Controls", {}),
    ("security-policies", "docs/Lullabot_communications_gpg.txt",
     "Using PGP/GPG for Secure Communications", {}),
    ("security-policies", "docs/Lullabot_access_passwords.txt",
     "PINs, Passcodes and Passwords", {}),
    ("security-policies", "docs/Lullabot_access_shared_passwords.txt", "Shared Passwords", {}),
    ("security-policies", "docs/Lullabot_handbook-management.txt",
     "Security Handbook Management", {}),
    ("security-policies", "docs/strongdm_example_narratives_products.txt",
     "Products and Services Narrative", {}),
    ("security-policies", "docs/strongdm_example_narratives_security.txt",
     "Security Architecture Narrative", {}),
    ("retirements", f"{GOV}9a2e9dfc__source__manual__install-development-vm.html.md",
     "Install the development VM", {"last_reviewed": "2020-01-22", "area": "Development VM"}),
    ("retirements", f"{GOV}f90d8637__source__manual__tag-content-with-facet-values.html.md",
     "How to tag content with facet values",
     {"last_reviewed": "2019-10-08", "area": "Publishing"}),
    ("retirements", f"{GOV}9a2e9dfc__source__manual__ssh-from-vm.html.md",
     "SSH into GOV.UK servers from the VM",
     {"last_reviewed": "2019-09-10", "area": "Development VM"}),
    ("retirements", f"{GOV}03ec9a75__source__manual__alerts__reboot-required-by-apt.html.md",
     "reboot required by apt", {"last_reviewed": "2019-07-10", "area": "Icinga alerts"}),
    ("retirements", f"{GOV}1d39f149__source__manual__monitor-sidekiq-workers.html.md",
     "Monitor Sidekiq queues for your application",
     {"last_reviewed": "2019-07-12", "area": "Monitoring"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "file", "title", "said"), TRUTHS, ids=[file for _, file, _, _ in TRUTHS]
)
def test_a_real_header_is_read(folder, file, title, said):
    path = data(folder) / file
    reading = read(path.name, path.read_bytes(), day_first=None)

    dates = {name: str(date) for name, date in reading.dates.items()}
    assert reading.title == title
    assert reading.number == ""
    assert {**dates, **reading.fields} == said
