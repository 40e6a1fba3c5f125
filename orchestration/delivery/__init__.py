"""Taking reports and alerts to people: one settings file, three ways, and a log that keeps each from going twice."""
