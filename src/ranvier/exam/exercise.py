"""The test after exercise: block that appears when a strong contraction has loaded the nerve with sodium."""

from collections.abc import Sequence
from dataclasses import replace

from ranvier.anatomy import motor_nerve
from ranvier.body import Body, MotorSupply
from ranvier.exam.motor import Recording
from ranvier.exam.studies import numbers
from ranvier.findings.measure import measured_site
from ranvier.findings.study import ExerciseTest, MotorSite
from ranvier.nerve.activity import Firing, burden
from ranvier.nerve.activity import numbers as activity


def exercise_test(
    recording: Recording,
    sites: Sequence[str],
    seconds: float | None = None,
    rest_s: float | None = None,
    rate_hz: float | None = None,
) -> ExerciseTest:
    """Responses before and after a maximal contraction of one muscle, at a distal and a proximal site.

    The muscle's axons fire at `rate_hz` for `seconds`; all sites are stimulated `rest_s` after it. What
    changes in the muscle itself, and the velocity of healthy axons, are left out.

    Raises UnknownNameError for an unknown site, ValueError for an effort nobody can make.
    """
    table, nerve = numbers("exercise"), motor_nerve(recording.nerve)
    firing = Firing(
        activity()["contraction"]["rate"] if rate_hz is None else rate_hz,
        table["seconds"] if seconds is None else seconds,
        table["rest"] if rest_s is None else rest_s,
    )
    ordered = sorted((nerve.site(site) for site in sites), key=nerve.sites.index)
    return ExerciseTest(
        recording.side,
        recording.nerve,
        recording.muscle,
        seconds=firing.seconds,
        before=responses(replace(recording, part="before exercise"), ordered),
        after=responses(after(recording, firing), ordered),
    )


def responses(recording: Recording, sites: Sequence[str]) -> tuple[MotorSite, ...]:
    """The response at each site, with its markers."""
    return tuple(measured_site(recording.site(recording.electrode(site))) for site in sites)


def after(recording: Recording, firing: Firing) -> Recording:
    """The same recording on a body whose muscle has just fired so."""
    session = recording.session
    tired = spent(recording.body, recording, firing)
    return replace(recording, session=replace(session, body=tired), part="after exercise")


def spent(body: Body, recording: Recording, firing: Firing) -> Body:
    """The body with the load of firing in the ill axons of one muscle."""
    supply = recording.supply
    foci, affected = burden(body.pathway(supply), firing)
    key = next(key for key, each in body.motor.items() if each is supply)
    loaded: MotorSupply = supply.ill(foci, affected) if foci else supply
    return replace(body, motor={**body.motor, key: loaded})
