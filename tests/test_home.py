"""The home folder: one place for everything, a secret of its own, settings that speak."""

import os
import stat
import time
from datetime import UTC, date, datetime

import pytest

from gross.app import create_app
from gross.domain.calendar import local_day, moment
from gross.domain.errors import Refused
from gross.home import default_path, open_home


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path):
    first = open_home(tmp_path / "new" / "home")
    assert first.secret == open_home(first.path).secret
    assert len(first.secret) == 64
    assert stat.S_IMODE((first.path / "secret").stat().st_mode) == 0o600


def test_gross_home_names_the_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("GROSS_HOME", str(tmp_path))
    assert default_path() == tmp_path


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text('hospital = "St. Elsewhere"\nballot_days = 3\n')
    monkeypatch.setenv("GROSS_BALLOT_DAYS", "5")
    settings = open_home(tmp_path).settings
    assert (settings.hospital, settings.ballot_days, settings.notice_days) == (
        "St. Elsewhere",
        5,
        14,
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('colour = "green"', "colour, which is no setting"),
        ('ballot_days = "soon"', "must be a int"),
        ("behind_https = 2", "must be a bool"),
        ("= nonsense", "is not valid TOML"),
        ('date_order = "ymd"', "date_order is 'ymd'; use mdy or dmy, or none"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, content, says):
    (tmp_path / "settings.toml").write_text(content)
    with pytest.raises(Refused, match=says):
        open_home(tmp_path)


@pytest.mark.parametrize(
    ("content", "day_first"),
    [
        ("", None),
        ('date_order = "mdy"', False),
        ('date_order = "dmy"', True),
        ("day_first = true", True),  # as settings were written before
        ("day_first = false", False),
        ('day_first = true\ndate_order = "mdy"', False),
    ],
)
def test_the_order_of_dates_is_none_until_the_hospital_says_it(tmp_path, content, day_first):
    (tmp_path / "settings.toml").write_text(content)
    assert open_home(tmp_path).settings.day_first is day_first


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_used(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="cannot be used"):
        open_home(tmp_path / "home")


def test_a_file_in_the_way_is_a_sentence(tmp_path):
    (tmp_path / "home").write_text("x")
    with pytest.raises(Refused, match="cannot be used"):
        open_home(tmp_path / "home")


def test_a_time_zone_that_is_none_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("GROSS_TIMEZONE", "Mars/Olympus")
    with pytest.raises(Refused, match="must name a zone"):
        open_home(tmp_path)


def test_the_hospital_s_zone_decides_the_day(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text('timezone = "Pacific/Auckland"')
    monkeypatch.setenv("TZ", "UTC")
    late = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    try:
        create_app(open_home(tmp_path))
        assert local_day(late) == date(2026, 3, 2)
        assert moment(late) == "2 March 2026, 11:30 NZDT"
    finally:
        monkeypatch.undo()
        time.tzset()
