"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { EndpointForm } from "./endpoint-form-view";
import type { EndpointItem } from "./models";

export interface EndpointSheetProps {
  /** The endpoint to change, `"new"` for another one, null while closed. */
  readonly edited: EndpointItem | "new" | null;
  readonly onClose: () => void;
}

/** The form beside the page. What was typed is not thrown away without asking. */
export function EndpointSheet({ edited, onClose }: EndpointSheetProps) {
  const t = useTranslations("endpoints.form");
  const ui = useTranslations("ui");
  const formId = useId();
  const [state, setState] = useState({ dirty: false, busy: false });
  const [asking, setAsking] = useState(false);
  const close = () => {
    setState({ dirty: false, busy: false });
    setAsking(false);
    onClose();
  };
  const tryClose = () => (state.dirty ? setAsking(true) : close());
  const endpoint = edited === "new" ? null : edited;
  return (
    <>
      <Sheet open={edited !== null} onOpenChange={(open) => (open ? undefined : tryClose())}>
        <SheetContent
          title={endpoint ? t("editTitle", { name: endpoint.name }) : t("newTitle")}
          description={endpoint?.embedded ? t("embeddedDescription") : t("description")}
          footer={
            <>
              <Button onClick={tryClose}>{ui("cancel")}</Button>
              <Button type="submit" form={formId} variant="primary" busy={state.busy}>
                {t(endpoint ? "save" : "add")}
              </Button>
            </>
          }
        >
          {edited === null ? null : <EndpointForm id={formId} endpoint={endpoint} onState={setState} onDone={close} />}
        </SheetContent>
      </Sheet>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("discardTitle")}
        description={t("discardDescription")}
        action={t("discard")}
        onAction={close}
      />
    </>
  );
}
