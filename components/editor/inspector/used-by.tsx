import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { Badge } from "@/components/ui/badge";
import { useSession } from "../session";

/** Pipelines that run this one as a step; nothing where there are none. */
export function UsedBy() {
  const t = useTranslations("editor.subPipeline");
  const trpc = useTRPC();
  const { pipelineId } = useSession();
  const users = useQuery(trpc.pipeline.usedBy.queryOptions({ id: pipelineId }, { staleTime: 15_000 }));
  if (!users.data || users.data.length === 0) return null;
  return (
    <section data-testid="used-by">
      <h3 className="mb-1 font-medium">{t("usedBy")}</h3>
      <ul className="flex flex-col gap-1">
        {users.data.map((user) => (
          <li key={user.pipelineId} className="flex items-center gap-2">
            <Link href={`/pipelines/${user.pipelineId}`} className="truncate hover:underline">
              {user.name}
            </Link>
            {user.published ? <Badge tone="ok">{t("published")}</Badge> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
