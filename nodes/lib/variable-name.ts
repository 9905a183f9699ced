import { z } from "zod";

/** Longest name of a variable, an input field or an output. */
export const variableNameLength = 64;

/** Letters of any script, digits, `_` and `-`; begins with a letter or a single underscore. */
export const variableNamePattern = /(?!__)[\p{L}_][\p{L}\p{M}\p{N}_-]{0,63}/u;
const whole = new RegExp(`^${variableNamePattern.source}$`, "u");

/** Names that every object already has (`constructor`, `toString`) are no variables: looking them up finds something nobody sent. */
export const isVariableName = (name: string): boolean => whole.test(name) && !(name in Object.prototype);

/** `error` is the name of the port that a step's error policy adds. */
export const variableName = z
  .string()
  .min(1)
  .max(variableNameLength)
  .refine(isVariableName, "Use letters, digits, _ and -, beginning with a letter.")
  .refine((name) => name !== "error", "`error` is taken by the port for failures; choose another name.");
