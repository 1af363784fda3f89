"""The subcommands of `alliance`, thin: parse, call, print."""
