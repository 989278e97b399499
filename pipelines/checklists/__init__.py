"""Checklists as people wrote them: editions and packs, what they name, cite and cover."""
