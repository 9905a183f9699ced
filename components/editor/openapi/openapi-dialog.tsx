import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent } from "@/components/ui/dialog";
import type { JsonObject } from "@/nodes/lib/openapi/json-value";
import { fieldOf, textOf } from "@/nodes/lib/openapi/json-value";
import { type Operations, operationsOf } from "@/nodes/lib/openapi/operations";
import { serversOf } from "@/nodes/lib/openapi/servers";
import { DescriptionSource } from "./description-source";
import { OperationPicker, type Picked } from "./operation-picker";
import { isServer, type TakenOperation, takeOperation } from "./take-operation";

/** A description that was read. */
export interface Described extends Operations {
  readonly root: JsonObject;
  /** Where it was fetched; null where it was not. */
  readonly cameFrom: string | null;
  readonly title: string;
  readonly version: string;
  readonly servers: readonly string[];
}

const readAs = (root: JsonObject, cameFrom: string | null): Described => {
  const info = fieldOf(root, "info");
  return {
    ...operationsOf(root),
    root,
    cameFrom,
    title: textOf(fieldOf(info, "title")).slice(0, 200),
    version: textOf(fieldOf(info, "version")).slice(0, 50),
    servers: serversOf(root, cameFrom),
  };
};

export interface OpenApiDialogProps {
  /** How many operations may be taken. */
  readonly most: number;
  /** Tools of an agent send no files. */
  readonly forAgent?: boolean;
  readonly onTake: (taken: readonly TakenOperation[]) => void;
  readonly onClose: () => void;
}

/** Takes operations out of a description of an API. It is read here, and kept nowhere; what is taken stands in the pipeline. */
export function OpenApiDialog({ most, forAgent = false, onTake, onClose }: OpenApiDialogProps) {
  const t = useTranslations("editor.openapi");
  const [described, setDescribed] = useState<Described | null>(null);
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [server, setServer] = useState("");
  const [credential, setCredential] = useState("");
  const usable = picked.flatMap(({ operation, made }) => (made.ok ? [{ operation, made }] : []));
  const take = () => {
    onTake(usable.map(({ operation, made }) => takeOperation(operation, made, { server, credential })));
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        className="max-w-3xl"
        title={described === null ? t("title") : `${described.title || t("untitled")} ${described.version}`}
        description={described === null ? t("description") : t("found", { count: described.operations.length })}
        footer={
          described === null ? undefined : (
            <>
              <Button className="mr-auto" variant="ghost" onClick={() => setDescribed(null)}>
                {t("another")}
              </Button>
              <DialogClose asChild>
                <Button>{t("cancel")}</Button>
              </DialogClose>
              <Button variant="primary" disabled={usable.length === 0 || !isServer(server)} onClick={take}>
                {most === 1 ? t("takeOne") : t("take", { count: usable.length })}
              </Button>
            </>
          )
        }
      >
        {described === null ? (
          <DescriptionSource
            onRead={(root, cameFrom) => {
              const next = readAs(root, cameFrom);
              setDescribed(next);
              setServer(next.servers[0] ?? "");
              setPicked([]);
            }}
          />
        ) : (
          <OperationPicker
            described={described}
            most={most}
            forAgent={forAgent}
            picked={picked}
            onPick={setPicked}
            server={server}
            onServer={setServer}
            credential={credential}
            onCredential={setCredential}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}
