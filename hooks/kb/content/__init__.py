"""What editors wrote: bytes to typed, indexed cards."""
