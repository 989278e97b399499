"""What `measure.py` rests on: facts and their trust, periods, and a KPI's query for many groups at once."""
