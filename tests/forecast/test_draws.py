"""The generic search: mode, curvature and draws of densities whose answer is known."""

import numpy as np
import pytest
from scipy import stats

from ranvier.forecast.mode import bend, downhill, peak
from ranvier.forecast.posterior import posterior

COVARIANCE = np.array([[1.0, 0.6, 0.0], [0.6, 2.0, -0.3], [0.0, -0.3, 0.5]])
CENTRE = np.array([0.3, -1.0, 2.0])


def normal(at):
    away = at - CENTRE
    return -0.5 * np.einsum("bi,ij,bj->b", away, np.linalg.inv(COVARIANCE), away)


def skewed(at):
    """A log-gamma variable (skewed) beside a normal one that follows its square (bent)."""
    return 4 * at[:, 0] - np.exp(at[:, 0]) - 0.5 * (at[:, 1] - at[:, 0] ** 2) ** 2


def test_a_normal_density_is_found_whole():
    found = posterior(normal, np.zeros(3), np.random.default_rng(1))
    assert found.mode == pytest.approx(CENTRE, abs=1e-6)
    assert found.covariance == pytest.approx(COVARIANCE, abs=1e-4)
    assert np.cov(found.draws.T) == pytest.approx(COVARIANCE, abs=0.3)
    assert not found.poor


def test_the_mode_of_a_skewed_density():
    assert peak(skewed, np.zeros(2))[0] == pytest.approx([np.log(4), np.log(4) ** 2], abs=1e-6)


def test_draws_of_a_skewed_density_have_its_quantiles():
    found = posterior(skewed, np.zeros(2), np.random.default_rng(1), 2000)
    wanted = np.log(stats.gamma(4).ppf([0.05, 0.5, 0.95]))
    assert np.quantile(found.draws[:, 0], [0.05, 0.5, 0.95]) == pytest.approx(wanted, abs=0.12)
    laplace = np.log(4) - 1.645 * np.sqrt(found.covariance[0, 0])
    assert abs(laplace - wanted[0]) > 0.12


def test_slope_and_curvature_by_differences():
    at = np.array([[0.7, -0.2]])
    slope = [4 - np.exp(0.7) + 2 * 0.7 * (-0.2 - 0.49), -(-0.2 - 0.49)]
    assert -downhill(skewed, at[0])[1] == pytest.approx(slope, abs=1e-6)
    cross = -2 * 0.7
    own = np.exp(0.7) - 2 * (-0.2 - 0.49) + 4 * 0.49
    assert bend(skewed, at[0]) == pytest.approx(np.array([[own, cross], [cross, 1.0]]), abs=1e-4)


def test_a_density_that_does_not_exist_at_the_start_is_refused():
    with pytest.raises(ValueError, match="not finite where the search begins"):
        peak(lambda at: np.full(len(at), -np.inf), np.zeros(2))


def test_equal_seeds_give_equal_draws():
    once, again = (posterior(skewed, np.zeros(2), np.random.default_rng(5), 50) for _ in range(2))
    assert np.array_equal(once.draws, again.draws)
