// Preloaded into the app: ends it when its standard input closes, which happens however the process that started it ended.

/** A parent that stops the app in order closes the input and sends a signal, in either order. */
const SIGNAL_MAY_FOLLOW_MS = 100;
/** The app's own listener answers callers and stores what has happened, and needs no longer for that. */
const LEAVING_MS = 9_000;

if (process.env.PIPEWRIGHT_PARENT_STDIN) {
  // Only for this process, not for those it starts.
  delete process.env.PIPEWRIGHT_PARENT_STDIN;
  let leaving = false;
  process.on("SIGTERM", () => {
    leaving = true;
    // Until the app listens too, nothing is under way.
    if (process.listenerCount("SIGTERM") === 1) process.exit(0);
  });
  const parentGone = () => {
    // Windows knows no SIGTERM: there the closing input is the request.
    if (process.platform === "win32") process.emit("SIGTERM");
    else
      setTimeout(() => {
        if (!leaving) process.exit(1);
      }, SIGNAL_MAY_FOLLOW_MS);
    setTimeout(() => process.exit(1), LEAVING_MS).unref();
  };
  process.stdin.once("error", parentGone).once("end", parentGone).resume();
}
