"""Made-up centers that cheat, each in one way and to a degree, and honest look-alikes: what rules are tried on.

Many such centers go into one warehouse side by side, so that one build judges all of them.
"""
