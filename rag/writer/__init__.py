"""Writers turn evidence into claims. The extractive one needs no language model."""
