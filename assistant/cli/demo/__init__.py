"""An invented newsroom, and questions about it."""

from pathlib import Path

NEWSROOM = Path(__file__).parent / "newsroom"
QUESTIONS = Path(__file__).parent / "questions.txt"
