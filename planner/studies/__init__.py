"""Several plans: compared, or swept over a grid."""
