"""What may stand under `with` in a rule, by its measure.

A word that no measure reads, such as one misspelt, would make a rule milder unseen, so it is refused.
"""

BLOCK = ("grade", "sensory")
SIGNS = ("upper", "lower", "denervation", "limb_muscles")
PARAMETERS: dict[str, tuple[str, ...]] = {
    "antibody": ("antigen", "isotype"),
    "asymmetric_weakness": ("strong_above", "difference_if_strong", "difference_if_weak"),
    "biopsy": ("features",),
    "blood": ("test",),
    "complaint": ("what",),
    "csf_protein": ("normal_at_most",),
    "csf_protein_raised": ("below",),
    "csf_protein_without_cells": ("cells_below",),
    "demyelinated_nerves": (
        "items", "nerves", "grade", "durations", "latency_uln", "velocity_lln", "f_uln", "f_uln_if_small",
        "small_lln", "floor_lln", "dispersion", "dispersion_tibial",
    ),
    "distal_predominance": ("distal", "proximal"),
    "enlarged_nerves": ("sites",),
    "nerves_with_block": BLOCK,
    "nerves_with_fall_over_short_distance": ("nerves", "amplitude_drop", "step_mm", "sensory"),
    "nerves_with_slowing": (
        "nerves", "velocity_below_lln", "latency_above_uln", "f_above_uln", "distal_floor_mv",
    ),
    "regions_with": ("signs", *SIGNS),
    "segments_with_block": BLOCK,
    "sensory_loss": ("findings",),
    "sensory_nerves_abnormal": ("among", "limbs"),
    "signs_above": ("above", *SIGNS),
    "symmetric_weakness": ("mean_difference",),
    "treatment_response": ("agents",),
    "upper_motor_neuron_signs": ("signs",),
    "weak_nerves": ("nerves",),
}  # fmt: skip
"""A measure that is not listed takes none."""
