"""What the readers have learnt: the weights of the digit recognizer."""
