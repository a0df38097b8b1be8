"""MMN weighed against its mimics: findings, their likelihoods, and what follows from those that are known."""
