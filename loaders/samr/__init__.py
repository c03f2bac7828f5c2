"""The platforms of the market regulator for standards: saved responses and pages of national, industry and local platforms."""
