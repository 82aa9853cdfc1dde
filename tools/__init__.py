"""What is run by hand: measuring, soaking, taking the picture of the README."""
