"""The signed audit pack of one subsidy, made from the published marts alone."""
