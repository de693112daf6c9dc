"""Why a cadre goes or not, why a target is missed, why no plan exists."""
