"""Files of any office into checked facts."""
