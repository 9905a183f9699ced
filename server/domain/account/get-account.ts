import { viewerProcedure } from "@/server/platform/trpc/procedures";

/** Who is signed in. */
export const getAccount = viewerProcedure.query(async ({ ctx }) => {
  const { userId, role } = ctx.member;
  const user = await ctx.database.prisma.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      name: true,
      email: true,
      twoFactorEnabled: true,
      accounts: { where: { providerId: "credential" }, select: { password: true } },
    },
  });
  const hasPassword = user.accounts.some((account) => account.password !== null);
  return { name: user.name, email: user.email, hasPassword, hasTwoFactor: user.twoFactorEnabled, role };
});
