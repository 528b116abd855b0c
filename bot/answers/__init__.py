"""A Question and the Dataset into one frozen Answer. Look-ups only: everything was derived at load."""
