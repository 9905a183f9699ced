"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { NameField } from "../name-field";
import { cellText } from "./cell-value";
import type { Row } from "./use-row-edits";

type Agreement = RouterOutputs["dataset"]["agreement"];

interface LabelsDialogProps {
  readonly datasetId: string;
  readonly columns: readonly string[];
  /** Rows that are shown, in order. */
  readonly rows: readonly Row[];
  readonly onClose: () => void;
}

/** Each person labels for themselves, one row after the other by the keyboard; beside it stands how far all agree. */
export function LabelsDialog({ datasetId, columns, rows, onClose }: LabelsDialogProps) {
  const t = useTranslations("datasets.labels");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [column, setColumn] = useState(columns[0] ?? "");
  const [at, setAt] = useState(0);
  const [value, setValue] = useState("");
  const agreement = useQuery(trpc.dataset.agreement.queryOptions({ id: datasetId, column }));
  const refresh = () => void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
  const label = useMutation(trpc.dataset.labelRow.mutationOptions({ onError, onSuccess: refresh }));
  const majority = useMutation(
    trpc.dataset.expectMajority.mutationOptions({
      onError,
      onSuccess: ({ set }) => {
        toast.success(t("majorityDone", { count: set }));
        refresh();
      },
    }),
  );
  const row = rows[at];
  const known = [
    ...new Set(rows.map(({ expected }) => cellText(expected[column])).filter((text) => text !== "")),
  ].slice(0, 9);
  const save = (text: string) => {
    // A button that is switched off meanwhile would lose the focus of who labels by the keyboard.
    if (row === undefined || text.trim() === "" || label.isPending) return;
    // On only when it is kept: what could not be saved stays to be sent again.
    label.mutate(
      { id: datasetId, rowId: row.id, column, value: text.trim() },
      {
        onSuccess: () => {
          setValue("");
          setAt(at + 1);
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      {/* Hung from the top, the case in a box of one height: the buttons stay under the pointer from case to case. */}
      <DialogContent
        title={t("title")}
        description={t("help")}
        className="top-[8dvh] max-h-[84dvh] max-w-2xl translate-y-0"
      >
        <div className="flex flex-col gap-5">
          {columns.length > 1 ? (
            <NameField label={t("column")} names={columns} value={column} className="max-w-xs" onChange={setColumn} />
          ) : null}
          {row === undefined ? (
            <p className="text-muted text-sm">{t("done")}</p>
          ) : (
            <form
              className="flex flex-col gap-3 rounded-lg border border-line p-3"
              onSubmit={(event) => {
                event.preventDefault();
                save(value);
              }}
            >
              <p className="h-24 overflow-y-auto whitespace-pre-wrap break-words text-sm">
                {Object.values(row.inputs).map(cellText).join("\n")}
              </p>
              <div className="flex flex-wrap gap-2">
                {known.map((text) => (
                  <Button key={text} size="sm" onClick={() => save(text)}>
                    {text}
                  </Button>
                ))}
              </div>
              <div className="flex gap-2">
                <Input
                  aria-label={t("yours")}
                  placeholder={t("yours")}
                  maxLength={200}
                  value={value}
                  onChange={(event) => setValue(event.target.value)}
                />
                <Button type="submit" disabled={value.trim() === ""}>
                  {t("next")}
                </Button>
              </div>
            </form>
          )}
          {agreement.data ? (
            <Agreed agreement={agreement.data}>
              <Button
                className="self-start"
                busy={majority.isPending}
                onClick={() => majority.mutate({ id: datasetId, column })}
              >
                {t("majority")}
              </Button>
            </Agreed>
          ) : null}
        </div>
      </DialogContent>
    </Dialog>
  );
}

const figure = (value: number | null) => (value === null ? "–" : value.toFixed(2));

function Agreed({ agreement, children }: { readonly agreement: Agreement; readonly children: ReactNode }) {
  const t = useTranslations("datasets.labels");
  const { labellers, shared, agreed, cohen, fleiss, krippendorff, disagreements } = agreement;
  if (labellers.length === 0) return <p className="text-muted text-sm">{t("none")}</p>;
  const facts = [
    [t("shared"), String(shared)],
    [t("agreed"), String(agreed)],
    ...(cohen === null ? [] : [[t("cohen"), figure(cohen)]]),
    [t("fleiss"), figure(fleiss)],
    [t("krippendorff"), figure(krippendorff)],
  ] as const;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-medium text-sm">{t("labellers")}</h3>
      <p className="text-muted text-sm">
        {labellers.map(({ name, labels }) => `${name} (${t("count", { count: labels })})`).join(", ")}
      </p>
      <dl className="grid grid-cols-5 gap-3">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-faint text-xs">{name}</dt>
            <dd className="tabular font-medium text-lg">{value}</dd>
          </div>
        ))}
      </dl>
      {disagreements.length > 0 ? (
        <>
          <h3 className="font-medium text-sm">{t("disagreements")}</h3>
          <ul className="flex max-h-48 flex-col gap-1.5 overflow-y-auto text-sm">
            {disagreements.map(({ rowId, text, labels }) => (
              <li key={rowId}>
                <span className="block truncate">{text}</span>
                <span className="text-muted">
                  {labels.map((each) => `${each.labeller}: ${each.value}`).join(" · ")}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {children}
    </section>
  );
}
