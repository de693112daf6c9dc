"""What people read: tables, pictures, pages; from a plan only."""
