/** Called by Next once, before the server takes its first request. */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  // Written as one condition, because the bundler takes it away together with what it guards where there is no Node.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startUp } = await import("./server/app");
    const { StartRefusal, startRefusedStatus } = await import("./server/platform/settings/start-refusal");
    try {
      await startUp();
    } catch (error) {
      if (error instanceof StartRefusal) {
        console.error(`\n${error.message}`);
        process.exit(startRefusedStatus);
      }
      // A server that goes on without a database would answer every page with an error; the start script starts it again.
      console.error("Pipewright could not start:", error);
      process.exit(1);
    }
  }
};
