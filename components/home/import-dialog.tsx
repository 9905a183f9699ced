import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { parseYaml } from "@/components/editor/openapi/parse-yaml";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { isLocale } from "@/i18n/locale";
import { catalog } from "@/nodes/index";
import { graphLimits } from "@/runtime/graph/document";
import { fromPortable, type ReadPipeline } from "@/runtime/graph/portable";

const mostTold = 20;
const longestName = 120;

/** Makes a pipeline of a file, after saying what the file could not carry. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("pipelines.import");
  const locale = useLocale();
  const router = useRouter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const [read, setRead] = useState<ReadPipeline | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const create = useMutation(
    trpc.pipeline.create.mutationOptions({
      onError: tellError,
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: trpc.pipeline.list.pathKey() });
        router.push(`/pipelines/${id}`);
      },
    }),
  );
  const take = async (file: File | undefined) => {
    setRead(null);
    setFault(null);
    if (file === undefined) return;
    if (file.size > graphLimits.bytes) {
      setFault(t("tooLarge", { most: graphLimits.bytes / 1024 / 1024 }));
      return;
    }
    try {
      const found = fromPortable(await parseYaml(await file.text()), catalog);
      if (found.ok) setRead(found.value);
      else setFault(t("wrong", { reason: found.error }));
    } catch (error) {
      setFault(t("wrong", { reason: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "" }));
    }
  };
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      action={t("action")}
      busy={create.isPending}
      onClose={onClose}
      onSubmit={() => {
        if (read === null) setFault((before) => before ?? t("none"));
        else
          create.mutate({
            name: (read.name.trim() || t("untitled")).slice(0, longestName),
            document: read.document,
            locale: isLocale(locale) ? locale : "en",
          });
      }}
    >
      <FormField label={t("file")} error={fault ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="file"
            accept=".yaml,.yml,.json"
            onChange={(event) => void take(event.target.files?.[0])}
            data-testid="import-file"
          />
        )}
      </FormField>
      {read ? <Report read={read} /> : null}
    </FormDialog>
  );
}

/** What came over, and what somebody has to choose or write again. */
function Report({ read }: { readonly read: ReadPipeline }) {
  const t = useTranslations("pipelines.import");
  const lines = [
    ...read.unknown.map(({ step, type }) => t("unknown", { step, type })),
    ...read.leftBehind.map(({ step, field, kind }) => t(`left.${kind}`, { step, field })),
  ];
  return (
    <section className="flex flex-col gap-2 text-sm" data-testid="import-report">
      <p className="font-medium">
        {t("read", { name: read.name, steps: read.document.nodes.length, wires: read.document.edges.length })}
      </p>
      {lines.length === 0 ? <p className="text-muted">{t("whole")}</p> : <p className="text-warn">{t("mend")}</p>}
      <ul className="flex list-disc flex-col gap-1 pl-5 text-muted">
        {lines.slice(0, mostTold).map((line) => (
          <li key={line} className="break-words">
            {line}
          </li>
        ))}
      </ul>
      {lines.length > mostTold ? <p className="text-faint">{t("more", { count: lines.length - mostTold })}</p> : null}
    </section>
  );
}
