"""How runs hang together: whole plots, blocks, existing and extra runs, their order."""
