"""A local Slack workspace: Web API and Socket Mode over loopback, for trying and testing apps."""
