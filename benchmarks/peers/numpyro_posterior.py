"""The posterior of one patient by NUTS (numpyro), written anew: nothing of ranvier takes part.

Reads a JSON of the doses, readings and priors from standard input, prints means and SDs of every number, in
SDs from typical. IgG is summed over doses in closed form; the attack follows its target in steps of a quarter
of a day.
"""

import json
import sys
import time

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import expit, logit
from jax.scipy.stats import norm
from numpyro.infer import MCMC, NUTS

STEP = 0.25


def value(prior: dict, step):
    """A number from its step."""
    moved = prior["between"] * step
    if prior["scale"] == "plain":
        return prior["typical"] + moved
    if prior["scale"] == "logit":
        return expit(logit(prior["typical"]) + moved)
    return prior["typical"] * jnp.exp(moved)


def igg(known: dict, own: dict, days):
    """IgG above the own level: two compartments, infusions at a constant rate, g/L."""
    out, there, back = (
        own["clearance"] / own["central"],
        known["exchange"] / own["central"],
        known["exchange"] / known["peripheral"],
    )
    total, root = out + there + back, jnp.sqrt((out + there + back) ** 2 - 4 * out * back)
    fast, slow = (total + root) / 2, (total - root) / 2
    found = 0.0
    for rate, share in ((fast, (fast - back) / (fast - slow)), (slow, (back - slow) / (fast - slow))):
        for dose in known["doses"]:
            since = jnp.maximum(days - dose["day"], 0.0)
            ran, after = jnp.minimum(since, dose["days_long"]), jnp.maximum(since - dose["days_long"], 0.0)
            found += (
                dose["grams"]
                * share
                * jnp.exp(-rate * after)
                * (1 - jnp.exp(-rate * ran))
                / (rate * dose["days_long"])
            )
    return found / own["central"]


def attack(known: dict, own: dict, grid):
    """The attack factor on an even grid, exact for a target linear in between."""
    above = igg(known, own, grid)
    target = 1 - own["most"] * above / (own["half"] + above)
    rate = own["turnover"]
    kept = jnp.exp(-rate * STEP)

    def move(now, ends):
        slope = (ends[1] - ends[0]) / STEP
        aim = ends[0] - slope / rate
        after = aim + slope * STEP + (now - aim) * kept
        return after, after

    _, rest = jax.lax.scan(move, target[0], jnp.stack([target[:-1], target[1:]], axis=1))
    return jnp.concatenate([target[:1], rest])


def model(known: dict) -> None:
    """Steps are normal, the wholes of both hands correlated; readings are normal with a few far wider."""
    priors = known["priors"]
    steps = {
        each["name"]: numpyro.sample(each["name"], dist.Normal(0, 1))
        for each in priors
        if "whole" not in each["name"]
    }
    wholes = [each["name"] for each in priors if "whole" in each["name"]]
    r = known["whole_together"]
    spread = (1 - r) * jnp.eye(len(wholes)) + r
    both = numpyro.sample("wholes", dist.MultivariateNormal(jnp.zeros(len(wholes)), spread))
    steps |= {name: both[n] for n, name in enumerate(wholes)}
    own = {each["name"]: value(each, steps[each["name"]]) for each in priors}
    last = max(max(each["day"]) for each in known["readings"])
    grid = known["origin"] + STEP * jnp.arange(int((last - known["origin"]) / STEP) + 2)
    factor = attack(known, own, grid)
    lost = jnp.cumsum(factor) * STEP / 365.25
    total = 0.0
    for each in known["readings"]:
        days, seen = jnp.array(each["day"]), jnp.array(each["value"])
        if each["measure"] == "IgG":
            shown = own["own IgG"] + igg(known, own, days)
            sd = known["igg_noise"] * shown
        else:
            name = each["measure"]
            here = jnp.interp(days, grid, factor)
            least = own[f"{name} least"]
            share = least + (1 - least) * norm.cdf(
                (own[f"{name} depth"] - jnp.log(here)) / own[f"{name} width"]
            )
            level = own[f"{name} whole"] * share * jnp.exp(-own["decline"] * jnp.interp(days, grid, lost))
            level *= jnp.exp(own[f"{name} trend"] * (days - days.mean()) / 365.25)
            shown = level * (1 - own["grip gain"] * jnp.exp(-jnp.arange(len(days)) / own["grip practised"]))
            sd = jnp.sqrt((own[f"{name} noise"] * shown) ** 2 + known["floor"] ** 2)
        usual = jnp.log(1 - known["stray"]) + norm.logpdf(seen, shown, sd)
        wide = jnp.log(known["stray"]) + norm.logpdf(seen, shown, known["stray_times"] * sd)
        total += jnp.logaddexp(usual, wide).sum()
    numpyro.factor("readings", total)


def main() -> None:
    """Sample and print."""
    jax.config.update("jax_enable_x64", True)
    known = json.load(sys.stdin)
    start = time.process_time()
    sampler = MCMC(
        NUTS(model, target_accept_prob=0.9),
        num_warmup=known["warmup"],
        num_samples=known["samples"],
        progress_bar=False,
    )
    sampler.run(jax.random.PRNGKey(0), known)
    draws = dict(sampler.get_samples())
    wholes = [each["name"] for each in known["priors"] if "whole" in each["name"]]
    draws |= {name: draws["wholes"][:, n] for n, name in enumerate(wholes)}
    del draws["wholes"]
    worth = {
        name: float(numpyro.diagnostics.effective_sample_size(each[None])) for name, each in draws.items()
    }
    print(
        json.dumps(
            {
                "numpyro": numpyro.__version__,
                "cpu_s": time.process_time() - start,
                "divergences": int(sampler.get_extra_fields()["diverging"].sum()),
                "mean": {name: float(each.mean()) for name, each in draws.items()},
                "sd": {name: float(each.std()) for name, each in draws.items()},
                "least_effective": min(worth.values()),
            }
        )
    )


if __name__ == "__main__":
    main()
