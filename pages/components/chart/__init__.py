"""Figures drawn: how every chart looks, its points and periods, and what stands behind it."""
