import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { Segmented } from "@/components/ui/segmented";
import { describeConfig } from "@/runtime/node/describe-config";
import { nodeKey, useFramePrefix } from "../canvas/frame-prefix";
import { useEditor, useInterfaceLocale, useRun, useWorkbench } from "../workbench";
import { type PreviewMessage, previewMessages } from "./prompt-preview";
import { useKnownVariables } from "./use-known-variables";
import { useShownSettings } from "./use-shown-settings";

export interface PromptDialogProps {
  readonly node: string;
  /** The template to begin with. */
  readonly field: string;
  readonly onClose: () => void;
}

/** A node's prompts at full height, and beside them the messages that the model will get. */
export function PromptDialog({ node: id, field, onClose }: PromptDialogProps) {
  const node = useEditor(({ document }) => document.nodes.find((each) => each.id === id));
  return node ? <PromptEditor node={node} field={field} onClose={onClose} /> : null;
}

function PromptEditor({
  node: own,
  field,
  onClose,
}: Omit<PromptDialogProps, "node"> & { readonly node: Parameters<typeof useKnownVariables>[0] }) {
  const t = useTranslations("editor.prompt");
  const locale = useInterfaceLocale();
  const { editor } = useWorkbench();
  const shown = useShownSettings(own);
  const { node, variant } = shown;
  const definition = useEditor(({ catalog }) => catalog.get(node.type));
  const title = useEditor(({ flow }) => flow.titleOf(node));
  const readOnly = useEditor((state) => state.readOnly);
  const prefix = useFramePrefix();
  const lastInputs = useRun(({ current }) => current?.state.nodes.get(nodeKey(prefix, node.id))?.inputs ?? null);
  const variables = useKnownVariables(node);
  const fields = definition ? describeConfig(definition.config) : [];
  const templates = fields.filter(({ control }) => control === "template");
  const [chosen, setChosen] = useState(field);
  const current = templates.find(({ name }) => name === chosen) ?? templates[0];
  const messages = previewMessages(fields, node.config, lastInputs ?? {});
  const value = current && (node.config[current.name] ?? current.initial);

  return (
    <Dialog open onOpenChange={(open) => (open ? undefined : onClose())}>
      <DialogContent
        title={variant ? `${title} · ${variant.label}` : title}
        className="h-[calc(100dvh-64px)] max-w-[1200px]"
        onOpenAutoFocus={(event) => event.preventDefault()}
      >
        <div className="grid h-[calc(100dvh-64px-84px)] grid-cols-[3fr_2fr] gap-4">
          <section className="flex min-h-0 min-w-0 flex-col gap-2">
            {templates.length > 1 && current ? (
              <Segmented
                label={t("which")}
                value={current.name}
                onValueChange={setChosen}
                className="self-start"
                options={templates.map((each) => ({ value: each.name, label: each.title[locale] }))}
              />
            ) : null}
            {current ? (
              <div className="min-h-0 flex-1 rounded-md border border-line-strong pl-3 has-focus:border-ring">
                <CodeEditor
                  key={current.name}
                  language="pipewright-template"
                  label={current.title[locale]}
                  value={typeof value === "string" ? value : ""}
                  readOnly={readOnly}
                  variables={variables}
                  placeholder={t("placeholder", { braces: "{{name}}" })}
                  autoFocus
                  onEscape={onClose}
                  onUndo={() => editor.getState().undo()}
                  onRedo={() => editor.getState().redo()}
                  onChange={(text) => shown.set(current.name, text)}
                />
              </div>
            ) : null}
          </section>
          <section aria-label={t("preview")} className="flex min-h-0 min-w-0 flex-col gap-2">
            <h3 className="flex h-7 items-center font-medium text-sm">
              {t("preview")}
              <span className="ml-2 font-normal text-faint text-xs">{t(lastInputs ? "fromLastRun" : "noRunYet")}</span>
            </h3>
            <div className="min-h-0 flex-1 overflow-y-auto rounded-md border border-line bg-sunken p-3">
              {messages.length === 0 ? <p className="text-muted text-sm">{t("noMessages")}</p> : null}
              {messages.map((message, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: messages are told apart by their place alone.
                <Message key={index} message={message} />
              ))}
            </div>
          </section>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Message({ message }: { readonly message: PreviewMessage }) {
  const t = useTranslations("editor.prompt");
  return (
    <article className="mb-3 last:mb-0">
      <p className="mb-0.5 text-faint text-xs">
        {t(`role.${message.role}`)}
        {message.example ? ` · ${t("example")}` : ""}
      </p>
      <p className="whitespace-pre-wrap break-words rounded-md border border-line bg-surface px-2.5 py-2 text-sm">
        {message.parts.map(({ kind, text }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: parts are told apart by their place alone.
            key={index}
            className={cn(
              kind === "value" && "rounded-sm bg-accent-soft text-accent-text",
              kind === "missing" && "rounded-sm bg-warn-soft font-mono text-warn text-xs",
            )}
          >
            {text}
          </span>
        ))}
      </p>
    </article>
  );
}
