"""The register of documents: entries, approval, readers, requests, ageing."""
