import type { ComponentType } from "react";
import type { FormFieldControl } from "@/components/ui/form-field";
import type { GraphNode } from "@/runtime/graph/document";
import type { FieldDescription } from "@/runtime/node/describe-config";
import type { FieldIssue } from "../field-issue";

export type Json = GraphNode["config"][string];

/** What every field of the form is given. A field draws its control only: label, help and error stand around it. */
export interface FieldProps {
  readonly field: FieldDescription;
  /** As it stands in the document; undefined where it was left out. */
  readonly value: Json | undefined;
  /** undefined leaves the setting out. */
  readonly onChange: (value: Json | undefined) => void;
  readonly control: FormFieldControl;
  readonly label: string;
  readonly issues: readonly FieldIssue[];
  readonly node: GraphNode;
  readonly disabled: boolean;
  /** Draws a field inside this one, label and all. Handed in, because the form that knows every control knows this one too. */
  readonly Nested: ComponentType<NestedFieldProps>;
}

export interface NestedFieldProps extends Omit<FieldProps, "control" | "label" | "Nested"> {
  /** Inside a row of a list: it never takes the attention that a problem asks for. */
  readonly nested?: boolean;
}
