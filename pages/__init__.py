"""One file is one screen: it reads results, draws and asks; it computes nothing."""
