from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ranvier.patient import When, days_between

DATES = st.dates()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-04", date(2021, 4, 1), date(2021, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2021-04-12", date(2021, 4, 12), date(2021, 4, 12)),
    ],
)
def test_a_time_of_the_calendar_is_all_the_days_it_can_mean(text, first, last):
    assert When(text).days == (first, last)
    assert When(text).months_since_onset is None


@pytest.mark.parametrize(("text", "months"), [("month 14", 14), ("month 0", 0), ("month -2.5", -2.5)])
def test_a_month_counts_from_onset_and_has_no_days(text, months):
    assert When(text).months_since_onset == months
    assert When(text).days is None


def test_an_unknown_time_has_neither():
    assert (When("unknown").days, When("unknown").months_since_onset) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "21", "2021-4", "2021-04-1", "12.04.2021", "2021/04/12", "04/2021", "2021-04-12T", "2021-04-12T9:00", "2021-04-12T24:00",
        "2021-04-12T10:60", "2021-04-12 10:00", "2021-04T10:00", "2021-04-12T10:00:00", "٢٠٢١",
        "month", "month x", "month 1,5", "14 months", "Unknown", "yesterday", "2021\n", " 2021", "month 1e5",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match="write 2021, 2021-04, 2021-04-12"):
        When(text)


@pytest.mark.parametrize("text", ["2021-02-30", "2023-02-29", "2021-13", "2021-00", "2021-01-00", "0000"])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError, match="not a day of the calendar"):
        When(text)


def test_calendar_times_sort_before_offsets_and_those_before_the_unknown():
    texts = ["unknown", "month 3", "2024-05", "month -1", "2023", "2024-04-30"]
    assert sorted(texts, key=lambda t: When(t).order) == [
        "2023", "2024-04-30", "2024-05", "month -1", "month 3", "unknown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "of_day"),
    [("2021-04-12T00:00", 0), ("2021-04-12T06:00", 0.25), ("2021-04-12T23:59", 1439 / 1440)],
)
def test_a_time_of_day_is_a_share_of_its_day(text, of_day):
    day = date(2021, 4, 12).toordinal()
    assert When(text).days == (date(2021, 4, 12), date(2021, 4, 12))
    assert When(text).day_number == pytest.approx(day + of_day, abs=1e-9)
    assert When(text).day_numbers == (When(text).day_number,) * 2


@pytest.mark.parametrize("text", ["2021", "2021-04", "month 3", "unknown"])
def test_what_names_no_single_day_has_no_day_number(text):
    assert When(text).day_number is None


def test_times_of_one_day_sort_by_the_clock_after_the_day_itself():
    texts = ["2021-04-12T18:00", "2021-04-13", "2021-04-12T08:30", "2021-04-12"]
    assert sorted(texts, key=lambda t: When(t).order) == [
        "2021-04-12", "2021-04-12T08:30", "2021-04-12T18:00", "2021-04-13",
    ]  # fmt: skip


def test_half_a_day_apart_is_half_a_day():
    apart = days_between(When("2021-04-12T06:00").day_numbers, When("2021-04-12T18:00"))
    assert apart == pytest.approx((0.5, 0.5), abs=1e-9)


@given(DATES, DATES)
def test_exact_dates_are_as_many_days_apart_as_the_calendar_says(one, other):
    apart = max((other - one).days, 0)
    assert days_between(When(str(one)).day_numbers, When(str(other))) == (apart, apart)


@given(DATES, DATES)
def test_a_vaguer_date_holds_what_the_exact_one_says(one, other):
    fewest, most = days_between(When(str(one)[:4]).day_numbers, When(str(other)[:7]))
    assert fewest <= max((other - one).days, 0) <= most


def test_a_month_offset_needs_no_onset_date():
    assert days_between(None, When("month 12")) == (365.25, 365.25)


@pytest.mark.parametrize(
    ("onset", "later"), [(None, "2021"), ("unknown", "2021"), ("2021", "unknown"), (None, "unknown")]
)
def test_days_between_are_unknown_where_one_end_is(onset, later):
    assert days_between(When(onset).day_numbers if onset else None, When(later)) is None


@given(st.text(max_size=12))
def test_no_text_raises_anything_but_a_value_error(text):
    try:
        said = str(When(text))
    except ValueError as error:
        said = str(error)
    assert text in said
