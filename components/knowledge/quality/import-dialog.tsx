"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { readQuestions } from "./read-questions";

export interface ImportDialogProps {
  readonly baseId: string;
  /** How many the set still takes. */
  readonly room: number;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Problems that are listed; of more only the number. */
const mostListed = 5;

/** Takes questions out of what was copied from a table or a CSV file. */
export function ImportDialog({ baseId, room, open, onOpenChange }: ImportDialogProps) {
  const t = useTranslations("knowledge.quality");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const tell = useErrorToast();
  const [pasted, setPasted] = useState("");
  const [done, setDone] = useState<number | null>(null);
  const { questions, problems } = useMemo(() => readQuestions(pasted, room), [pasted, room]);
  const add = async () => {
    setDone(0);
    try {
      for (const [index, { question, answers }] of questions.entries()) {
        await client.knowledge.addQuestion.mutate({ id: baseId, question, answers: [...answers] });
        setDone(index + 1);
      }
      toast.success(t("imported", { count: questions.length }));
      setPasted("");
      onOpenChange(false);
    } catch (error) {
      tell(error);
    } finally {
      setDone(null);
      void queries.invalidateQueries({ queryKey: trpc.knowledge.questions.queryKey({ id: baseId }) });
    }
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={t("importTitle")}
        description={t("importHelp")}
        className="max-w-2xl"
        footer={
          <>
            {done === null ? null : (
              <ProgressBar label={t("importTitle")} value={done} most={questions.length} className="mr-auto w-40" />
            )}
            <DialogClose asChild>
              <Button>{ui("cancel")}</Button>
            </DialogClose>
            <Button variant="primary" busy={done !== null} disabled={questions.length === 0} onClick={() => void add()}>
              {t("importCount", { count: questions.length })}
            </Button>
          </>
        }
      >
        <FormField label={t("pasteHere")}>
          {(control) => (
            <Textarea
              {...control}
              autoFocus
              spellCheck={false}
              placeholder={t("pastePlaceholder")}
              className="h-48 max-h-none font-mono text-xs"
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
            />
          )}
        </FormField>
        {problems.length > 0 ? (
          <ul className="mt-2 text-warn text-xs">
            {problems.slice(0, mostListed).map(({ line, problem }) => (
              <li key={line}>{t("importProblem", { line, problem: t(`problem.${problem}`) })}</li>
            ))}
            {problems.length > mostListed ? <li>{t("importMore", { count: problems.length - mostListed })}</li> : null}
          </ul>
        ) : null}
      </DialogContent>
    </Dialog>
  );
}
