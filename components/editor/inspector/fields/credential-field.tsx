import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import type { FieldProps } from "./field-props";
import { ModelPopover } from "./model-popover";

/** A credential of the workspace, by name. */
export function CredentialField({ value, onChange, control, label, disabled }: FieldProps) {
  const t = useTranslations("editor.credential");
  const kind = useTranslations("settings.credentials.kind");
  const trpc = useTRPC();
  const query = useQuery(trpc.credential.list.queryOptions(undefined, { staleTime: 15_000 }));
  const chosen = typeof value === "string" ? value : "";
  const known = (query.data ?? []).find(({ name }) => name === chosen);
  const missing = chosen !== "" && known === undefined && !query.isPending;
  return (
    <ModelPopover
      value={chosen}
      choices={[
        { value: "", keywords: [], content: <span className="text-faint">{t("noneChosen")}</span> },
        ...(query.data ?? []).map(({ name, settings, hosts }) => ({
          value: name,
          keywords: [...hosts],
          content: (
            <>
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="shrink-0 text-faint text-xs">{settings ? kind(settings.kind) : null}</span>
            </>
          ),
        })),
      ]}
      onPick={onChange}
      search={t("search")}
      none={{ text: t("none"), href: "/settings#credentials", action: t("open") }}
      control={control}
      label={label}
      disabled={disabled}
    >
      <span className={cn("min-w-0 flex-1 truncate", chosen === "" && "text-faint", missing && "text-error")}>
        {chosen === "" ? t("noneChosen") : chosen}
      </span>
      {missing ? <span className="shrink-0 text-error text-xs">{t("gone")}</span> : null}
    </ModelPopover>
  );
}
