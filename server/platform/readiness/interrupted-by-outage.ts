import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import { OutageError, outageOf, outages } from "./outage";

/** The code of a step that an outage cut off: the same call may succeed later. */
const code = "interrupted";

/** What a step needs the database for. Where an outage keeps it from working, the step fails as interrupted, not as broken. */
export const interruptedByOutage = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const outage = isNodeFailure(error) ? null : outageOf(error);
    if (outage === null) throw error;
    throw new NodeFailure(code, outages[outage].message, { hint: outages[outage].hint, cause: error });
  }
};

/** A failure that an outage is to blame for says nothing about what was run: it is thrown, so that it is run again. */
export const throwIfInterrupted = (failure: { readonly code: string } | null): void => {
  if (failure?.code === code) throw new OutageError("database-gone");
};
