import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import type { FormFieldControl } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";

/** A select knows no empty value. */
const none = "-";

/** One of the workspace's credentials, by name; empty where there is none. */
export function CredentialPicker({
  control,
  value,
  onValueChange,
}: {
  readonly control: FormFieldControl;
  readonly value: string;
  readonly onValueChange: (name: string) => void;
}) {
  const t = useTranslations("editor.credential");
  const kind = useTranslations("settings.credentials.kind");
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.credential.list.queryOptions(undefined, { staleTime: 15_000 }));
  return (
    <Select {...control} value={value || none} onValueChange={(next) => onValueChange(next === none ? "" : next)}>
      <SelectItem value={none}>{t("noneChosen")}</SelectItem>
      {data.map(({ id, name, settings }) => (
        <SelectItem key={id} value={name}>
          {settings ? `${name} · ${kind(settings.kind)}` : name}
        </SelectItem>
      ))}
    </Select>
  );
}
