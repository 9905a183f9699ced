import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { readUsageLimits } from "@/server/platform/route/usage-limits";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { accesses, byDeploymentInput, languages, type PageSettings, setPageInput, themes } from "./page.types";
import { hashPagePassword } from "./page-password";

const requireDeployment = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const found = await prisma.deployment.findFirst({
    where: { id, workspaceId },
    select: { id: true, slug: true, page: true },
  });
  if (found === null) throw notFound("deployment");
  return found;
};

/** How a deployment's page is set up; of one that never was, what it would begin with. The password is never given back. */
export const getPage = viewerProcedure
  .input(byDeploymentInput)
  .query(async ({ ctx: { database, workspaceId }, input: { deploymentId } }): Promise<PageSettings> => {
    const { slug, page } = await requireDeployment(database, workspaceId, deploymentId);
    const base = baseUrl(readAddress());
    const url = `${base}/p/${slug}`;
    return {
      enabled: page?.enabled ?? false,
      access: accesses.find((each) => each === page?.access) ?? "public",
      hasPassword: (page?.passwordHash ?? null) !== null,
      title: page?.title ?? "",
      welcome: page?.welcome ?? "",
      accent: page?.accent ?? "",
      theme: themes.find((each) => each === page?.theme) ?? "auto",
      language: languages.find((each) => each === page?.language) ?? "auto",
      origins: page?.origins ?? [],
      perMinute: page?.perMinute ?? 10,
      limits: readUsageLimits(page?.limits) ?? {},
      url,
      embed: `<script src="${base}/api/pages/${slug}/embed" async></script>`,
    };
  });

/** Sets a page up. Whoever is in by other means than those that hold from now on has to come in again. */
export const setPage = editorProcedure
  .input(setPageInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { deploymentId, password, ...input } }) => {
    const { slug, page } = await requireDeployment(database, workspaceId, deploymentId);
    const passwordHash = password === undefined ? (page?.passwordHash ?? null) : await hashPagePassword(password);
    if (input.access === "password" && passwordHash === null) {
      const message = "Choose a password.";
      throw new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", fields: { password: message } });
    }
    const isOther = page === null || page.access !== input.access || password !== undefined || !input.enabled;
    const generation = (page?.generation ?? 0) + (isOther ? 1 : 0);
    const data = { ...input, passwordHash, generation };
    await database.prisma.publicPage.upsert({
      where: { deploymentId },
      create: { ...data, deploymentId, workspaceId },
      update: data,
    });
    const { enabled, access } = input;
    await recordAudit(database, {
      member,
      action: "page.set",
      subject: `deployment:${deploymentId}`,
      data: { slug, enabled, access, origins: input.origins.length, passwordChanged: password !== undefined },
    });
    return { enabled };
  });
