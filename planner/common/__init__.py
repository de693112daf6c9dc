"""What every room uses: errors, files, worker processes."""
