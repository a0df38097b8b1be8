"""Treatment: drugs as data, what becomes of a dose, what it does to the attack on the node, and the plan."""
