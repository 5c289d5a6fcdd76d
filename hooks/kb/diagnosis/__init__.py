"""From cards to the decision tree of a topic, and its pages."""
