"""Trains language models for whoever asks over HTTP. Knows nothing of the app that asks."""

VERSION = "0.1.0"
