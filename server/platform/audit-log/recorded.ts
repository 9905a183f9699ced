import { AsyncLocalStorage } from "node:async_hooks";

interface Recorded {
  done: boolean;
}

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightRecorded?: AsyncLocalStorage<Recorded> } = globalThis;
const storage = (): AsyncLocalStorage<Recorded> => {
  shared.pipewrightRecorded ??= new AsyncLocalStorage();
  return shared.pipewrightRecorded;
};

/** Runs a change; afterwards `recorded()` says whether it wrote itself into the audit log. */
export const watchRecording = async <Result>(
  change: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly recorded: boolean }> => {
  const state: Recorded = { done: false };
  const result = await storage().run(state, change);
  return { result, recorded: state.done };
};

/** Called by whoever writes into the audit log. */
export const noteRecorded = (): void => {
  const state = storage().getStore();
  if (state !== undefined) state.done = true;
};
