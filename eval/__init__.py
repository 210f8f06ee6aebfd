"""How far the answers can be trusted: gold questions, measures, a report."""
