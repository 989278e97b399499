"""How complaints move: how long the open ones wait, what they are about, which came back, where the chain breaks."""
