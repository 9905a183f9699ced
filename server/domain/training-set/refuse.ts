import { ApplicationError } from "@/server/platform/guard/application-error";

/** Rows that cannot be learnt from, as the person who sent them reads it. */
export const refuseRows = (message: string, hint: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "rows-refused", hint, fields: { source: message } });
