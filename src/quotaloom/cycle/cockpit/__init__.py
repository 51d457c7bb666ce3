"""The cockpit's modules: funnel, customers, team, each made of measures of the dictionary."""
