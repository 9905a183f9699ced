// Preloaded into the app: ends it when its standard input closes, which happens however the process that started it ended.
if (process.env.PIPEWRIGHT_PARENT_STDIN) {
  // Only for this process, not for those it starts.
  delete process.env.PIPEWRIGHT_PARENT_STDIN;
  process.stdin.on("error", () => process.exit(1));
  process.stdin.once("end", () => process.exit(1)).resume();
}
