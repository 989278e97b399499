"""What customers write about, on a page: themes, examples, and what stands behind them."""
