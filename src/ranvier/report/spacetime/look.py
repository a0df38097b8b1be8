"""The colours and letters of the figure, in light and in dark."""

STYLE = """
.spacetime {
  --paper: #fff; --ink: #1b2430; --dim: #5b6675; --wash: #fbeaea;
  --trace: #2f5d8a; --myelin: #b9c6d4; --ill: #a3141c;
}
@media (prefers-color-scheme: dark) {
  .spacetime {
    --paper: #14181e; --ink: #e8ebef; --dim: #a3adba; --wash: #3a2023;
    --trace: #8fc0f0; --myelin: #4b5866; --ill: #ff8a80;
  }
}
.spacetime text { fill: var(--ink); font: 14px system-ui, sans-serif; font-variant-numeric: tabular-nums }
.spacetime text.big { font-size: 18px; font-weight: 600 }
.spacetime text.dim { fill: var(--dim) }
.spacetime text.ill { fill: var(--ill); font-weight: 600 }
.spacetime .trace { fill: var(--paper); stroke: var(--trace); stroke-width: 1.3; stroke-linejoin: round }
.spacetime .trace.ill { fill: var(--wash); stroke: var(--ill) }
.spacetime .mark { fill: none; stroke: var(--ill); stroke-width: 2.6 }
.spacetime .twin { fill: none; stroke: var(--dim); stroke-width: 2; stroke-linecap: round }
.spacetime .twin { stroke-dasharray: 1 5 }
"""
