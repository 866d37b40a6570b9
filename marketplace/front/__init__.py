"""Pages that gather several features: home, the list of missions, a mission, an association, one's space."""
