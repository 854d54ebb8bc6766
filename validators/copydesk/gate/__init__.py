"""What counts: findings that a baseline knows, and what changed between two versions."""
