"""The cockpit: are we on track, where not, what now; and our figures against finance's."""
