// Preloaded into the processes that write into the data folder, and inherited by all that they start: what they make is for its owner alone.
process.umask(0o077);
