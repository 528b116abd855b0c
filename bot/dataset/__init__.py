"""The dataset: published figures read from files, everything else derived once at load."""
