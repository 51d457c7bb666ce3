"""Jobs for tests of the worker: they take their time, leave marks, or end their own process."""
