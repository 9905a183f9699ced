import type { TunedModel, TunedModelVersion } from "@/generated/prisma/client";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { stages } from "./tuned-model.types";

export type ResolvedVersion = TunedModelVersion & { readonly tunedModel: TunedModel };

const isStage = (text: string): text is (typeof stages)[number] => (stages as readonly string[]).includes(text);

/** `<slug>@<stage or number>` -> the version; of a stage with several the newest. Throws `NodeFailure` ("registry-unknown"). */
export const resolveReference = async (
  { prisma }: Database,
  workspaceId: string,
  reference: string,
): Promise<ResolvedVersion> => {
  const [, slug, which] = /^([^@]+)@([^@]+)$/.exec(reference) ?? [];
  const unknown = (why: string) => new NodeFailure("registry-unknown", why);
  if (slug === undefined || which === undefined) {
    throw unknown(
      `"${reference}" names no registered model. A reference is a model and a stage or version, such as intent@production.`,
    );
  }
  const model = await prisma.tunedModel.findUnique({
    where: { workspaceId_slug: { workspaceId, slug } },
    include: {
      versions: {
        where: isStage(which) ? { stage: which } : { number: /^[1-9]\d{0,8}$/.test(which) ? Number(which) : -1 },
        orderBy: { number: "desc" },
        take: 1,
      },
    },
  });
  if (model === null) throw unknown(`No model called "${slug}" is registered.`);
  const { versions, ...tunedModel } = model;
  const [version] = versions;
  if (version === undefined) {
    throw unknown(
      isStage(which)
        ? `The model "${slug}" has no version in the stage ${which}.`
        : `The model "${slug}" has no version ${which}.`,
    );
  }
  return { ...version, tunedModel };
};
