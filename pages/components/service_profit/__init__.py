"""The service-profit chain on a page: its correlations, at which lag, and the units behind them."""
