"""Trained models of the readers: the weights of the digit recognizer."""
