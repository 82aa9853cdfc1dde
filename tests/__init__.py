"""The tests; what they share is in support.py, learners.py and widget_cases.py."""
