"""What happened: files read into checked facts."""
