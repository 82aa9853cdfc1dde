"""For a class: hand out lessons, grade what comes back, and see which mistakes were made. See TEACHING.md."""
