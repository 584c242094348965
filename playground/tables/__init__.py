"""What Slack writes down: methods with their scopes and tiers, events with their scopes, limits."""
