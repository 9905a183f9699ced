import { useMemo } from "react";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { fieldStyle } from "@/components/ui/field-style";
import { type TypedValue, typeName, valueKinds } from "@/nodes/lib/typed-value";
import { useWorkbench } from "../../workbench";
import type { FieldProps } from "./field-props";

const isTypedValue = (value: unknown): value is TypedValue =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as TypedValue).name === "string" &&
  valueKinds.includes((value as TypedValue).kind);

/** What the ports of a step are to its code, as a declaration of TypeScript. */
const declarationOf = (inputs: unknown): string => {
  if (!Array.isArray(inputs)) return "declare const inputs: any;";
  const fields = inputs.filter(isTypedValue).map(({ name, kind }) => `${JSON.stringify(name)}: ${typeName[kind]};`);
  return `declare const inputs: { ${fields.join(" ")} };`;
};

/** Code of a step, which knows the types of its inputs. */
export function CodeField({ field, value, onChange, label, disabled, issues, node }: FieldProps) {
  const { editor } = useWorkbench();
  const { inputs } = node.config;
  const declaration = useMemo(() => declarationOf(inputs), [inputs]);
  const text = typeof value === "string" ? value : typeof field.initial === "string" ? field.initial : "";
  return (
    <div
      className={cn(
        fieldStyle,
        "has-focus:border-ring has-focus:outline-2 has-focus:outline-ring/40",
        issues.length > 0 && "border-error",
      )}
      data-testid={`code-${field.name}`}
    >
      <CodeEditor
        language="typescript"
        label={label}
        value={text}
        onChange={onChange}
        onUndo={() => editor.getState().undo()}
        onRedo={() => editor.getState().redo()}
        readOnly={disabled}
        invalid={issues.length > 0}
        lineNumbers
        height={{ min: 120, max: 420 }}
        declaration={declaration}
      />
    </div>
  );
}
