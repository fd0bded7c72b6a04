//! One file a command: the imperative shell. The clock and the environment enter here.
