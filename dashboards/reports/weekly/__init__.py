"""The weekly operator report: facts of a week, answers in words, pictures, and three forms of one document."""
