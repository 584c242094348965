"""The library of tasks a pair may take up, and the objectives a program starts from."""
