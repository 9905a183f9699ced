"use client";

import { ScanText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { encodingLabel } from "@/components/table-import/encoding-select";
import { Button } from "@/components/ui/button";
import type { DocumentView } from "../types";
import { ReadAgainDialog } from "./read-again-dialog";

/** Says how a file was taken, where there was something to guess, and leads to taking it otherwise. */
export function ReadAgainButton({ document }: { readonly document: DocumentView }) {
  const t = useTranslations("knowledge.readAgain");
  const [open, setOpen] = useState(false);
  const { encoding, tables = [] } = document.reading;
  if (document.fileId === null || (encoding === undefined && tables.length === 0)) return null;
  const isDoubted = document.warnings.some(({ code }) => code === "encoding-unsure" || code === "header-unsure");
  const said = encoding ? encodingLabel(encoding.encoding) : t("tables", { count: tables.length });
  return (
    <>
      <Button onClick={() => setOpen(true)} title={t("help")}>
        <ScanText className={isDoubted ? "text-warn" : undefined} />
        {t("takenAs", { said })}
        {isDoubted ? <span className="sr-only">{t("doubted")}</span> : null}
      </Button>
      {open ? <ReadAgainDialog document={document} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
