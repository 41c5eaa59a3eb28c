// Placeholder: deleted with the first file of the target.
