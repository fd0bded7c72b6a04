//! The command line: arguments, terminal, exit codes. The only place that prints.
