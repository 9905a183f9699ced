/** Prisma's word for a value that another row already has. */
export const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "P2002";

/** PostgreSQL's word for it, where a statement goes past Prisma. */
export const uniqueViolation = "23505";
