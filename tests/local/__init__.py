"""The launcher, as journeys of real processes in a copy of the working tree."""
