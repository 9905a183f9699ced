import type { Access } from "./access";

/**
 * Which guard a procedure's middleware is. Filled where the guards are made and read where all procedures are listed, so
 * that a procedure built past the guards is found by what it is made of, not by what it says of itself.
 */
export const guardMarks = new WeakMap<object, Access>();

/** The middleware that writes changes into the audit log. */
export const auditMarks = new WeakSet<object>();

/** The access a list of middlewares demands, or null where none of them is a guard. */
export const accessOf = (middlewares: readonly object[]): Access | null => {
  for (const middleware of middlewares) {
    const access = guardMarks.get(middleware);
    if (access !== undefined) return access;
  }
  return null;
};
