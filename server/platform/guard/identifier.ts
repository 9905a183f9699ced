import { z } from "zod";

/** An id from the database, as a client sends it back. Whether it is theirs is asked together with the workspace. */
export const identifier = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/, "This is not an id.");
