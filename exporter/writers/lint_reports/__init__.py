"""What the linter found, as a person, a program, a code review or a browser reads it."""
