"""The planning mathematics: frames and arrays in, frames and findings out."""
