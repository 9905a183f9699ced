import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { type GraphNode, type NodePolicy, nodePolicy } from "@/runtime/graph/document";
import type { FieldDescription } from "@/runtime/node/describe-config";
import { useEditor, useWorkbench } from "../workbench";
import { ConfigField } from "./config-field";
import { JsonField } from "./fields/json-field";
import { NumberField } from "./fields/number-field";

const standard: NodePolicy = nodePolicy.parse({});
const ways = ["stop", "continue", "default", "error-port"] as const satisfies readonly NodePolicy["onError"][];

const numberField = (name: string, bounds: Partial<FieldDescription>): FieldDescription => ({
  name,
  title: { en: name, zh: name },
  control: "number",
  group: "advanced",
  choices: [],
  optional: false,
  initial: undefined,
  item: [],
  ...bounds,
});
const retries = numberField("retries", { minimum: 0, maximum: 10 });
const seconds = { en: "s", zh: "秒" };
const delay = numberField("retryDelay", { minimum: 0, maximum: 600, unit: seconds });
const timeout = numberField("timeout", { minimum: 0.001, maximum: 3600, optional: true, unit: seconds });
const defaults = numberField("defaultOutputs", { control: "json" });

/** What happens around a node's run, whatever the node is. */
export function PolicyFields({ node, disabled }: { readonly node: GraphNode; readonly disabled: boolean }) {
  const t = useTranslations("editor.policy");
  const { editor } = useWorkbench();
  const outputs = useEditor(({ flow }) => flow.portsOf(node).outputs);
  const policy = node.policy ?? standard;
  const set = (part: Partial<NodePolicy>) => {
    const next: NodePolicy = { ...policy, ...part };
    if (next.timeoutMs === undefined) delete next.timeoutMs;
    if (next.onError !== "default") delete next.defaultOutputs;
    else
      next.defaultOutputs ??= Object.fromEntries(
        Object.entries(outputs)
          .filter(([name, port]) => !port.optional && name !== "error")
          .map(([name, { kind }]) => [
            name,
            kind === "number" ? 0 : kind === "boolean" ? false : kind === "text" ? "" : null,
          ]),
      );
    editor.getState().apply([{ type: "set-policy", node: node.id, policy: next }], `policy:${node.id}`);
  };
  const shared = { node, disabled, issues: [], Nested: ConfigField } as const;

  return (
    <div className="flex flex-col gap-4">
      <FormField label={t("retries")} help={t("retriesHelp")}>
        {(control) => (
          <NumberField
            {...shared}
            field={retries}
            control={control}
            label={t("retries")}
            value={policy.retries}
            onChange={(value) => typeof value === "number" && set({ retries: within(value, 0, 10) })}
          />
        )}
      </FormField>
      {policy.retries > 0 ? (
        <FormField label={t("delay")}>
          {(control) => (
            <NumberField
              {...shared}
              field={delay}
              control={control}
              label={t("delay")}
              value={policy.retryDelayMs / 1000}
              onChange={(value) => typeof value === "number" && set({ retryDelayMs: within(value * 1000, 0, 600_000) })}
            />
          )}
        </FormField>
      ) : null}
      <FormField label={t("timeout")} help={t("timeoutHelp")}>
        {(control) => (
          <NumberField
            {...shared}
            field={timeout}
            control={control}
            label={t("timeout")}
            value={policy.timeoutMs === undefined ? undefined : policy.timeoutMs / 1000}
            onChange={(value) =>
              set({ timeoutMs: typeof value === "number" ? within(value * 1000, 1, 3_600_000) : undefined })
            }
          />
        )}
      </FormField>
      <FormField label={t("onError")} help={t(`onErrorHelp.${policy.onError}`)}>
        {(control) => (
          <Select
            {...control}
            value={policy.onError}
            disabled={disabled}
            onValueChange={(way) => set({ onError: way as NodePolicy["onError"] })}
          >
            {ways.map((way) => (
              <SelectItem key={way} value={way}>
                {t(`ways.${way}`)}
              </SelectItem>
            ))}
          </Select>
        )}
      </FormField>
      {policy.onError === "default" ? (
        <FormField label={t("defaults")} help={t("defaultsHelp")}>
          {(control) => (
            <JsonField
              {...shared}
              field={defaults}
              control={control}
              label={t("defaults")}
              value={policy.defaultOutputs ?? {}}
              onChange={(value) => {
                if (typeof value === "object" && value !== null && !Array.isArray(value))
                  set({ defaultOutputs: value });
              }}
            />
          )}
        </FormField>
      ) : null}
    </div>
  );
}

const within = (value: number, least: number, most: number): number =>
  Math.round(Math.min(most, Math.max(least, value)));
