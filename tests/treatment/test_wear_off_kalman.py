"""The filter and the smoother beside dense Gaussian conditioning."""

import numpy as np
import pytest

from ranvier.treatment.wear_off.kalman import Moves, Seen, followed, read_off, smoothed

DAYS, SIZE = 9, 4


def problem(seed=3):
    """Four states, of which one leads another, and a dozen readings, some days with none and some with three."""
    random = np.random.default_rng(seed)
    root = random.standard_normal((SIZE, SIZE))
    moves = Moves(
        random.standard_normal(SIZE),
        root @ root.T + np.eye(SIZE),
        np.array([1.0, 0.9, 1.0, 0.7]),
        np.array([-1, -1, 3, -1]),
        np.array([0.1, 0.2, 0.0, 0.3]),
    )
    day = np.array([0, 0, 2, 3, 3, 3, 6, 7])
    row = random.standard_normal((len(day), SIZE))
    row[2, 1] = 0.0
    return moves, Seen(day, row, random.standard_normal(len(day)) * 2, random.uniform(0.2, 1.0, len(day)))


def dense(moves, seen, until):
    """Mean and covariance of all states of all days given the readings up to a day, and the density of these."""
    step = np.diag(moves.keep)
    for i, lead in enumerate(moves.lead):
        if lead >= 0:
            step[i, lead] += 1.0
    mean = np.zeros(DAYS * SIZE)
    cov = np.zeros((DAYS * SIZE, DAYS * SIZE))
    mean[:SIZE], cov[:SIZE, :SIZE] = moves.mean, moves.cov
    for t in range(1, DAYS):
        now, before = slice(t * SIZE, (t + 1) * SIZE), slice((t - 1) * SIZE, t * SIZE)
        mean[now] = step @ mean[before]
        cov[now, : t * SIZE] = step @ cov[before, : t * SIZE]
        cov[: t * SIZE, now] = cov[now, : t * SIZE].T
        cov[now, now] = step @ cov[before, before] @ step.T + np.diag(moves.noise)
    there = seen.day <= until
    rows = np.zeros((there.sum(), DAYS * SIZE))
    for n, day in enumerate(seen.day[there]):
        rows[n, day * SIZE : (day + 1) * SIZE] = seen.row[n]
    spread = rows @ cov @ rows.T + np.diag(seen.var[there])
    off = seen.value[there] - rows @ mean
    gain = np.linalg.solve(spread, rows @ cov).T
    told = -0.5 * (off @ np.linalg.solve(spread, off) + np.linalg.slogdet(2 * np.pi * spread)[1])
    return mean + gain @ off, cov - gain @ rows @ cov, told


def day_of(t):
    return slice(t * SIZE, (t + 1) * SIZE)


@pytest.mark.parametrize("t", range(DAYS))
def test_the_filter_is_the_dense_condition_on_what_was_read_up_to_the_day(t):
    moves, seen = problem()
    path = followed(moves, seen, DAYS)
    mean, cov, told = dense(moves, seen, t)
    assert path.mean[t] == pytest.approx(mean[day_of(t)], abs=1e-8)
    assert path.cov[t] == pytest.approx(cov[day_of(t), day_of(t)], abs=1e-8)
    assert path.likelihood[: t + 1].sum() == pytest.approx(told, abs=1e-8)


def test_the_smoother_is_the_dense_condition_on_all():
    moves, seen = problem()
    back = smoothed(moves, followed(moves, seen, DAYS))
    mean, cov, _ = dense(moves, seen, DAYS)
    for t in range(DAYS):
        assert back.mean[t] == pytest.approx(mean[day_of(t)], abs=1e-8)
        assert back.cov[t] == pytest.approx(cov[day_of(t), day_of(t)], abs=1e-8)


def test_days_without_a_reading_at_the_end_are_only_expected():
    moves, seen = problem()
    path = followed(moves, seen, DAYS)
    whole, cut = smoothed(moves, path), smoothed(moves, path, 8)
    assert cut.mean == pytest.approx(whole.mean, abs=1e-8)
    assert cut.cov == pytest.approx(whole.cov, abs=1e-8)


def test_sums_of_the_states_are_read_off():
    moves, seen = problem()
    path = followed(moves, seen, DAYS)
    rows = np.random.default_rng(1).standard_normal((DAYS, 2, SIZE))
    mean, var = read_off(path.mean, path.cov, rows)
    assert mean == pytest.approx(np.einsum("tri,ti->tr", rows, path.mean))
    assert var == pytest.approx(np.einsum("tri,tij,trj->tr", rows, path.cov, rows))


def test_a_wild_reading_moves_the_state_no_further_than_a_bad_one():
    moves, seen = problem()
    off = [
        followed(moves, seen._replace(value=np.where(np.arange(8) == 2, wild, seen.value)), DAYS, 3.0).mean[2]
        for wild in (1e3, 1e6, 1e9)
    ]
    bound = 3.0 * np.sqrt(dense(moves, seen, 1)[1][day_of(2), day_of(2)].diagonal())
    before = dense(moves, seen, 1)[0][day_of(2)]
    assert all((np.abs(each - before) <= bound).all() for each in off)
    assert off[2] == pytest.approx(before, abs=1e-4)


def test_readings_that_are_as_expected_are_not_cut():
    moves, seen = problem()
    assert followed(moves, seen, DAYS, 1e6).mean == pytest.approx(followed(moves, seen, DAYS).mean, abs=1e-12)
