"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EncodingQuestion } from "@/components/table-import/encoding-question";
import { EncodingSelect } from "@/components/table-import/encoding-select";
import { separatorNames } from "@/components/table-import/separator-names";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { DocumentView } from "../types";
import { TableShapeFields } from "./table-shape-fields";

type ReadAs = RouterInputs["knowledge"]["readAgain"]["readAs"];

/** Encoding, separator and names of columns of one document, to be chosen before its file is read again. */
export function ReadAgainDialog({
  document,
  onClose,
}: {
  readonly document: DocumentView;
  readonly onClose: () => void;
}) {
  const t = useTranslations("knowledge.readAgain");
  const table = useTranslations("table");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { encoding, separator, tables = [] } = document.reading;
  const [chosen, setChosen] = useState<ReadAs>({ ...document.readAs });
  const choices = useQuery(trpc.knowledge.encodingChoices.queryOptions({ id: document.id }));
  const read = useMutation(
    trpc.knowledge.readAgain.mutationOptions({
      onError,
      onSuccess: onClose,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() }),
    }),
  );
  const samples = choices.data?.samples ?? [];
  const shown = chosen.encoding ?? encoding?.encoding;
  const choose = (name: string) => setChosen({ ...chosen, encoding: name as NonNullable<ReadAs["encoding"]> });
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={t("title")}
        description={t("description")}
        className="max-w-2xl"
        footer={
          <>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button
              variant="primary"
              busy={read.isPending}
              onClick={() => read.mutate({ id: document.id, readAs: chosen })}
            >
              {t("read")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {samples.length > 0 ? (
            <EncodingQuestion samples={samples} value={shown} busy={read.isPending} onChoose={choose} />
          ) : null}
          {shown && (choices.data?.encodings.length ?? 0) > 0 ? (
            <FormField label={table("encoding")} className="max-w-60">
              {() => (
                <EncodingSelect
                  label={table("encoding")}
                  value={shown}
                  groups={choices.data?.encodings ?? []}
                  onValueChange={choose}
                />
              )}
            </FormField>
          ) : null}
          {separator ? (
            <FormField label={table("separator")} className="max-w-60">
              {(control) => (
                <Select
                  {...control}
                  value={chosen.separator ?? separator}
                  onValueChange={(next) =>
                    setChosen({ ...chosen, separator: next as NonNullable<ReadAs["separator"]> })
                  }
                >
                  {Object.entries(separatorNames).map(([sign, name]) => (
                    <SelectItem key={name} value={sign}>
                      {table(`separators.${name}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          ) : null}
          {tables.length > 0 ? (
            <TableShapeFields
              tables={tables}
              chosen={chosen.tables ?? {}}
              onChoose={(next) => setChosen({ ...chosen, tables: next })}
            />
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}
