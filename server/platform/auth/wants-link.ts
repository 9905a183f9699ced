import type { Database } from "@/server/platform/db/database";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether the start prints a link that signs the owner in. Whoever reads the terminal or its log can use it, so once a password is set it is made only where
 * it was asked for (`npm start -- --link`).
 */
export const wantsLink = async (
  { prisma }: Pick<Database, "prisma">,
  environment: Environment = process.env,
): Promise<boolean> =>
  environment.PIPEWRIGHT_PRINT_LINK === "1" ||
  (await prisma.account.count({ where: { password: { not: null }, user: { memberships: { some: {} } } } })) === 0;
