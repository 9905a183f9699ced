/** Prisma's word for a value that another row already has. */
export const isTaken = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "P2002";
