import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { OperationNote, OperationProblem, OperationRequest } from "@/nodes/lib/openapi/request-of-operation";
import { toolClassNames } from "@/runtime/node/tool";
import { useInterfaceLocale } from "../workbench";
import { goesElsewhere } from "./take-operation";

const longest = 4_000;
const written = (schema: object): string => {
  const text = JSON.stringify(schema, null, 2);
  return text.length > longest ? `${text.slice(0, longest)}\n…` : text;
};

interface PickedNotesProps {
  readonly made: OperationRequest;
  readonly credential: string;
  /** The address that was chosen, which an operation may override. */
  readonly server: string;
}

/** What an operation that was chosen comes to: what it does, how it signs in, what of it is left out, its schemas; or why it cannot be called. */
export function PickedNotes({ made, credential, server }: PickedNotesProps) {
  const t = useTranslations("editor.openapi");
  const kind = useTranslations("settings.credentials.kind");
  const locale = useInterfaceLocale();
  const problemText = (problem: OperationProblem): string => {
    if (problem.code === "body") return t("cannot.body", { type: problem.type });
    if (problem.code === "server") return t("cannot.server");
    if (problem.code === "parameter") return t("cannot.parameter", { name: problem.name });
    return t("cannot.reference", { reference: problem.reference.slice(0, 200) });
  };
  const noteText = (note: OperationNote): string =>
    note.code === "parameter-left-out" ? note.name : t(`note.${note.code}`);
  if (!made.ok)
    return (
      <p role="alert" className="pl-6 text-error text-xs">
        {problemText(made.problem)}
      </p>
    );
  const left = made.notes.filter(({ code }) => code === "parameter-left-out").map(noteText);
  const notes = made.notes.filter(({ code }) => code !== "parameter-left-out").map(noteText);
  const { signIn, isOptional } = made.needs;
  const isElsewhere = goesElsewhere(made.server, server);
  const isUnsigned = signIn !== null && !isOptional && (credential === "" || isElsewhere);
  return (
    <div className="flex flex-col gap-1 pl-6 text-muted text-xs">
      <p className="flex flex-wrap items-center gap-1.5">
        <Badge tone={made.class === "read" ? "neutral" : "warn"}>{toolClassNames[made.class][locale]}</Badge>
        {signIn === null ? null : (
          <span className={isUnsigned ? "text-warn" : undefined}>
            {t("signsIn", { kind: `${kind(signIn.kind)}${"name" in signIn ? ` ${signIn.name}` : ""}` })}
          </span>
        )}
      </p>
      {made.server === null ? null : (
        <p className="break-words">
          {t("note.server", { server: made.server })}
          {credential !== "" && isElsewhere ? (
            <span className="text-warn"> {t("note.unsigned", { credential })}</span>
          ) : null}
        </p>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {left.length > 0 ? (
        <p className="break-words">
          {t("note.parameters", { count: left.length, names: left.slice(0, 20).join(", ") })}
        </p>
      ) : null}
      <details>
        <summary className="cursor-pointer">{t("schemas")}</summary>
        <div className="mt-1 grid gap-2 sm:grid-cols-2">
          <Schema title={t("arguments")} text={written(made.parameters)} />
          {made.result === null ? null : <Schema title={t("result")} text={written(made.result)} />}
        </div>
      </details>
    </div>
  );
}

function Schema({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section className="flex min-w-0 flex-col gap-0.5">
      <h3 className="font-medium">{title}</h3>
      <pre className="max-h-48 overflow-auto rounded bg-sunken p-2 font-mono text-[11px] leading-[16px]">{text}</pre>
    </section>
  );
}
