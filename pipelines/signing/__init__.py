"""What is put before a signer, and whether what was signed still stands."""
