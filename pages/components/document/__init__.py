"""Documents of the register: one, its forms, its readers, and those asked for."""
