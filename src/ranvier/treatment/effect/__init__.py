"""What treatment does: to the attack on the node, and through it to strength."""
