"""What an office adds to reportlint."""
