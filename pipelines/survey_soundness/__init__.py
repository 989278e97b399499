"""Whether a survey can be relied on: what the methods say of its invitations, answers and customers in a period."""
