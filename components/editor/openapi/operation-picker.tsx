import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { SearchField } from "@/components/ui/search-field";
import { Select, SelectItem } from "@/components/ui/select";
import { openApiLimits } from "@/nodes/lib/openapi/limits";
import type { Operation } from "@/nodes/lib/openapi/operations";
import { type OperationRequest, requestOfOperation } from "@/nodes/lib/openapi/request-of-operation";
import { CredentialPicker } from "./credential-picker";
import type { Described } from "./openapi-dialog";
import { PickedNotes } from "./picked-notes";
import { findOperations, isServer } from "./take-operation";

/** An operation that was chosen, with the request that it makes. */
export interface Picked {
  readonly operation: Operation;
  readonly made: OperationRequest;
}

export interface OperationPickerProps {
  readonly described: Described;
  readonly most: number;
  readonly forAgent: boolean;
  readonly picked: readonly Picked[];
  readonly onPick: (picked: readonly Picked[]) => void;
  readonly server: string;
  readonly onServer: (server: string) => void;
  readonly credential: string;
  readonly onCredential: (credential: string) => void;
}

/** Rows that are drawn at once; a search finds the others. */
const mostRows = 150;

/** The operations of a description, with the address and the credential that all that are taken share. */
export function OperationPicker(props: OperationPickerProps) {
  const { described, most, forAgent, picked, onPick, server, onServer, credential, onCredential } = props;
  const t = useTranslations("editor.openapi");
  const [search, setSearch] = useState("");
  const listId = useId();
  const found = findOperations(described.operations, search);
  const toggle = async (operation: Operation) => {
    const others = picked.filter((each) => each.operation !== operation);
    if (others.length < picked.length) {
      onPick(others);
      return;
    }
    const made = await requestOfOperation(described.root, operation, described.cameFrom);
    const isTooMuch = made.ok && forAgent && made.request.bodyKind === "multipart";
    const next: Picked = {
      operation,
      made: isTooMuch ? { ok: false, problem: { code: "body", type: "multipart/form-data" } } : made,
    };
    onPick(most === 1 ? [next] : [...others, next]);
  };
  const isFull = most > 1 && picked.filter(({ made }) => made.ok).length >= most;
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField
          label={t("server")}
          help={described.servers.length === 0 ? t("serverMissing") : undefined}
          error={server !== "" && !isServer(server) ? t("serverInvalid") : undefined}
        >
          {(control) => (
            <>
              <Input
                {...control}
                value={server}
                maxLength={2_000}
                placeholder="https://api.example.com/v1"
                onChange={(event) => onServer(event.target.value)}
              />
              {described.servers.length > 1 ? (
                <Select
                  aria-label={t("servers")}
                  value={described.servers.includes(server) ? server : ""}
                  placeholder={t("servers")}
                  onValueChange={onServer}
                >
                  {described.servers.map((each) => (
                    <SelectItem key={each} value={each}>
                      {each}
                    </SelectItem>
                  ))}
                </Select>
              ) : null}
            </>
          )}
        </FormField>
        <FormField label={t("credential")} help={t("credentialHelp")}>
          {(control) => <CredentialPicker control={control} value={credential} onValueChange={onCredential} />}
        </FormField>
      </div>
      <SearchField label={t("search")} value={search} onValueChange={setSearch} />
      <ul className="flex flex-col divide-y divide-line rounded-md border border-line" aria-label={t("operations")}>
        {found.slice(0, mostRows).map((operation) => {
          const own = picked.find((each) => each.operation === operation);
          return (
            <li key={operation.key} className="flex flex-col gap-1 px-2 py-1.5">
              <label htmlFor={`${listId} ${operation.key}`} className="flex cursor-pointer items-center gap-2 text-sm">
                <Checkbox
                  id={`${listId} ${operation.key}`}
                  checked={own !== undefined}
                  disabled={isFull && own === undefined}
                  onCheckedChange={() => void toggle(operation)}
                  aria-label={operation.key}
                />
                <span className="w-14 shrink-0 font-mono text-muted text-xs">{operation.method}</span>
                <span
                  className={cn("min-w-0 shrink truncate font-mono text-xs", operation.isDeprecated && "line-through")}
                  title={operation.path}
                >
                  {operation.path}
                </span>
                <span className="ml-auto min-w-0 max-w-[45%] truncate text-muted text-xs" title={operation.summary}>
                  {operation.summary}
                </span>
              </label>
              {own === undefined ? null : <PickedNotes made={own.made} credential={credential} server={server} />}
            </li>
          );
        })}
        {found.length === 0 ? <li className="px-2 py-3 text-muted text-sm">{t("none")}</li> : null}
      </ul>
      <div className="flex flex-col gap-1 text-muted text-xs">
        {found.length > mostRows ? <p>{t("more", { count: found.length - mostRows })}</p> : null}
        {described.left > 0 ? <p>{t("left", { most: openApiLimits.operations, count: described.left })}</p> : null}
        {described.unknown.length > 0 ? (
          <p className="break-words">
            {t("unknown", { count: described.unknown.length, names: described.unknown.slice(0, 5).join(", ") })}
          </p>
        ) : null}
        {isFull ? <p>{t("full", { count: most })}</p> : null}
      </div>
    </div>
  );
}
