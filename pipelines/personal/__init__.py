"""What belongs to a person: pseudonyms in place of identifiers, identities kept apart, and how a person is erased."""
