// Placeholder: deleted with the first test of the target.
