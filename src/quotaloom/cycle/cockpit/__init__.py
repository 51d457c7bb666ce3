"""The modules of the cockpit: funnel, customers, products, team; all of them made of measures."""
