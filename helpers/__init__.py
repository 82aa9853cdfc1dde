"""The code behind the lessons: plain NumPy for the computing, matplotlib and SVG for the pictures."""
