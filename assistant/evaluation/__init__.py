"""How good the answers are: questions whose answer is known, asked of an archive, in figures."""
