import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { Select, SelectItem } from "@/components/ui/select";
import type { FieldProps } from "./field-props";

/** As many as a workspace's list gives at once; a base beyond them that is chosen already is still shown. */
const most = 100;

/** A knowledge base of the workspace, by name, with how many passages it has. */
export function KnowledgeBaseField({ value, onChange, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.knowledgeBase");
  const trpc = useTRPC();
  const list = useQuery(trpc.knowledge.list.queryOptions({ limit: most }, { staleTime: 15_000 }));
  const chosen = typeof value === "string" ? value : "";
  const bases = list.data?.items ?? [];
  const isKnown = bases.some(({ id }) => id === chosen);

  if (list.isSuccess && bases.length === 0 && chosen === "") {
    return (
      <p className="text-muted text-xs">
        {t("none")}{" "}
        <Link href="/knowledge" className="text-accent-text underline">
          {t("create")}
        </Link>
      </p>
    );
  }
  return (
    <Select
      {...control}
      aria-label={control ? undefined : label}
      value={chosen}
      onValueChange={onChange}
      disabled={disabled}
      placeholder={t("choose")}
    >
      {chosen !== "" && !isKnown ? (
        <SelectItem value={chosen}>{list.isSuccess ? t("gone") : t("loading")}</SelectItem>
      ) : null}
      {bases.map(({ id, name, chunkCount }) => (
        <SelectItem key={id} value={id}>
          {t("named", { name, count: chunkCount })}
        </SelectItem>
      ))}
    </Select>
  );
}
