"""What publishers print, read from the web or from saved pages: new published rows, nothing decided yet."""
