import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type PersonAnswer, peopleLimits, reviewerRoles } from "@/runtime/node/people";
import * as port from "@/runtime/node/port";
import { schemaField } from "../lib/json-schema-check";
import { excerpt } from "../lib/readable";
import { fractionOf } from "../lib/share";
import { variableName } from "../lib/variable-name";

const minutesOfAYear = peopleLimits.longestDueSeconds / 60;
const taken: readonly string[] = ["value", "confidence"];

const roleTitles = {
  viewer: { en: "everybody", zh: "所有人" },
  editor: { en: "editors and owners", zh: "编辑者和所有者" },
  owner: { en: "owners", zh: "所有者" },
};

/** Fields that a form asks for, by name. */
const propertiesOf = (form: Readonly<Record<string, unknown>> | null): readonly string[] =>
  typeof form?.properties === "object" && form.properties !== null ? Object.keys(form.properties) : [];

const config = z
  .object({
    kind: z
      .enum(["approve", "edit", "choose", "form"])
      .default("approve")
      .meta(
        field({
          title: { en: "The person may", zh: "审核人可以" },
          control: "select",
          group: "main",
          options: {
            approve: { en: "approve or reject", zh: "批准或驳回" },
            edit: { en: "edit, then approve, or reject", zh: "修改后批准，或驳回" },
            choose: { en: "choose one, or reject", zh: "选择其一，或驳回" },
            form: { en: "fill in a form, or reject", zh: "填写表单，或驳回" },
          },
        }),
      ),
    title: z
      .string()
      .max(200)
      .default("")
      .meta(
        field({
          title: { en: "Title in the inbox", zh: "收件箱中的标题" },
          placeholder: { en: "Answer to a complaint", zh: "投诉回复" },
          control: "text",
          group: "main",
        }),
      ),
    instructions: z
      .string()
      .max(peopleLimits.note)
      .default("")
      .meta(
        field({
          title: { en: "Instructions", zh: "说明" },
          help: { en: "What the person should look for.", zh: "告诉审核人需要看什么。" },
          control: "multiline",
          group: "main",
        }),
      ),
    options: z
      .array(z.string().trim().min(1).max(500))
      .max(peopleLimits.options)
      .default([])
      .meta(
        field({
          title: { en: "Options", zh: "选项" },
          help: {
            en: "Left empty, the list that comes in as the value is chosen from.",
            zh: "留空时，从传入的列表中选择。",
          },
          control: "string-list",
          group: "main",
          when: { kind: ["choose"] },
        }),
      ),
    form: schemaField.default(null).meta(
      field({
        title: { en: "Form", zh: "表单" },
        help: {
          en: "A JSON schema of an object; each of its properties is a field.",
          zh: "一个对象的 JSON schema，每个属性是一个字段。",
        },
        control: "json-schema",
        group: "main",
        when: { kind: ["form"] },
      }),
    ),
    shown: z
      .array(variableName)
      .max(peopleLimits.shown)
      .default([])
      .meta(
        field({
          title: { en: "Also show", zh: "同时显示" },
          help: {
            en: "Each name becomes an input; what comes in stands beside the value.",
            zh: "每个名称成为一个输入，其内容显示在待审值旁边。",
          },
          control: "string-list",
          group: "main",
        }),
      ),
    ask: z
      .enum(["always", "unsure"])
      .default("always")
      .meta(
        field({
          title: { en: "Ask", zh: "何时询问" },
          control: "select",
          group: "main",
          options: {
            always: { en: "always", zh: "总是" },
            unsure: { en: "where the confidence is low", zh: "置信度低时" },
          },
        }),
      ),
    below: z
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .meta(
        field({
          title: { en: "Ask below a confidence of", zh: "置信度低于此值时询问" },
          help: { en: "Where none is wired in, a person is asked.", zh: "未接入置信度时，一律询问。" },
          control: "slider",
          step: 0.01,
          group: "main",
          when: { ask: ["unsure"] },
        }),
      ),
    sample: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .meta(
        field({
          title: { en: "And this share of the others, at random", zh: "其余部分随机抽查的比例" },
          help: {
            en: "What nobody looks at is not known to be right. The same run always draws the same.",
            zh: "无人查看的结果无法确认正确。同一次运行的抽样结果固定不变。",
          },
          control: "slider",
          step: 0.01,
          group: "main",
          when: { ask: ["unsure"] },
        }),
      ),
    role: z
      .enum(reviewerRoles)
      .default("editor")
      .meta(
        field({ title: { en: "Asked are", zh: "询问对象" }, control: "select", group: "output", options: roleTitles }),
      ),
    emails: z
      .array(z.email().max(200))
      .max(peopleLimits.assignees)
      .default([])
      .meta(
        field({
          title: { en: "Only these people", zh: "仅限这些人" },
          help: {
            en: "E-mail addresses of members, in place of a role. Owners may always answer.",
            zh: "成员的电子邮箱，代替角色。所有者始终可以答复。",
          },
          control: "string-list",
          group: "output",
        }),
      ),
    reviewers: z
      .int()
      .min(1)
      .max(peopleLimits.reviewers)
      .default(1)
      .meta(
        field({
          title: { en: "People who have to approve", zh: "需要批准的人数" },
          help: {
            en: "Different ones. An edit asks those before it again; one who rejects is enough.",
            zh: "须为不同的人。有人修改后，之前的人需重新批准；任一人驳回即为驳回。",
          },
          control: "number",
          step: 1,
          group: "output",
        }),
      ),
    excludesAuthor: z
      .boolean()
      .default(false)
      .meta(
        field({
          title: { en: "Not by whoever made or started it", zh: "作者和启动者不得审核" },
          control: "switch",
          group: "output",
        }),
      ),
    masksPersonalData: z
      .boolean()
      .default(true)
      .meta(
        field({
          title: { en: "Mask personal data for viewers", zh: "对查看者隐藏个人信息" },
          help: {
            en: "Covers what is asked: the value, what is shown beside it, and the options, in the inbox, by link, through the API and in the log. The inputs and outputs of steps in a run's log are not covered.",
            zh: "涵盖所询问的内容：值、旁边显示的内容和选项，包括收件箱、链接、API 和日志。不涵盖运行日志中各步骤的输入和输出。",
          },
          control: "switch",
          group: "output",
        }),
      ),
    dueMinutes: z
      .int()
      .min(1)
      .max(minutesOfAYear)
      .default(4320)
      .meta(
        field({
          title: { en: "Wait at most", zh: "最长等待" },
          unit: { en: "minutes", zh: "分钟" },
          control: "number",
          step: 60,
          group: "advanced",
        }),
      ),
    onTimeout: z
      .enum(["branch", "default", "fail"])
      .default("branch")
      .meta(
        field({
          title: { en: "When nobody answers", zh: "无人答复时" },
          control: "select",
          group: "advanced",
          options: {
            branch: { en: "go on at “Timed out”", zh: "从“超时”继续" },
            default: { en: "go on with a default as approved", zh: "以默认值视为批准继续" },
            fail: { en: "fail", zh: "失败" },
          },
        }),
      ),
    default: z
      .string()
      .max(peopleLimits.note)
      .default("")
      .meta(
        field({
          title: { en: "Default", zh: "默认值" },
          help: { en: "Left empty: the value as it came in.", zh: "留空时为传入的值。" },
          control: "multiline",
          group: "advanced",
          when: { onTimeout: ["default"] },
        }),
      ),
    escalateMinutes: z
      .int()
      .min(0)
      .max(minutesOfAYear)
      .default(0)
      .meta(
        field({
          title: { en: "Ask others too, after", zh: "多久后同时询问其他人" },
          help: { en: "0: nobody else.", zh: "0 表示不询问其他人。" },
          unit: { en: "minutes", zh: "分钟" },
          control: "number",
          step: 60,
          group: "advanced",
        }),
      ),
    escalateTo: z
      .enum(reviewerRoles)
      .default("owner")
      .meta(
        field({
          title: { en: "Then asked are", zh: "随后询问" },
          control: "select",
          group: "advanced",
          options: roleTitles,
        }),
      ),
  })
  .superRefine(({ kind, form, shown }, context) => {
    const clash = shown.find((name) => taken.includes(name));
    if (clash !== undefined)
      context.addIssue({
        code: "custom",
        message: `"${clash}" is the name of another input of this step.`,
        path: ["shown"],
      });
    if (new Set(shown).size < shown.length)
      context.addIssue({ code: "custom", message: "A name stands there twice.", path: ["shown"] });
    if (kind !== "form") return;
    const fields = propertiesOf(form).length;
    if (form?.type !== "object" || fields === 0)
      context.addIssue({
        code: "custom",
        message: 'Give the form as a schema of "type": "object" with properties.',
        path: ["form"],
      });
    else if (fields > peopleLimits.fields)
      context.addIssue({
        code: "custom",
        message: `A form has at most ${peopleLimits.fields} fields.`,
        path: ["form"],
      });
  });

const review = z.object({
  outcome: z.enum(["approved", "rejected", "timed-out", "unasked"]),
  edited: z.boolean(),
  by: z.array(z.string()),
  at: z.string().nullable(),
  note: z.string(),
});

export const flowHumanReview = defineNode({
  type: "flow/human-review",
  version: 1,
  title: { en: "Human review", zh: "人工审核" },
  summary: {
    en: "Asks a person in the inbox to approve, edit, choose or fill in a form; the run waits without using anything.",
    zh: "在收件箱中请人批准、修改、选择或填写表单；运行在等待期间不占用任何资源。",
  },
  icon: "user-check",
  keywords: [
    "approve",
    "person",
    "inbox",
    "hand over",
    "escalate",
    "two-person",
    "审批",
    "批准",
    "人工",
    "收件箱",
    "复核",
  ],
  config,
  inputs: ({ shown }): { value: port.Port<unknown, false>; confidence: port.Port<number, true> } & port.Ports => ({
    value: port.any({ en: "Value", zh: "值" }),
    confidence: port.maybe(port.number({ en: "Confidence", zh: "置信度" })),
    ...Object.fromEntries(shown.map((name) => [name, port.maybe(port.any())])),
  }),
  outputs: ({ kind, onTimeout }): port.Ports => ({
    approved: port.maybe(port.any({ en: "Approved", zh: "批准" })),
    rejected: port.maybe(port.any({ en: "Rejected", zh: "驳回" })),
    ...(onTimeout === "branch" ? { timedOut: port.maybe(port.any({ en: "Timed out", zh: "超时" })) } : {}),
    ...(kind === "form"
      ? { form: port.maybe(port.json(z.record(z.string(), z.unknown()), { en: "Form", zh: "表单" })) }
      : {}),
    review: port.json(review, { en: "Review", zh: "审核结果" }),
  }),
  branches: ({ onTimeout }) => [
    { port: "approved", taken: true },
    { port: "rejected", taken: true },
    ...(onTimeout === "branch" ? [{ port: "timedOut", taken: true }] : []),
  ],
  passes: { approved: "value" },
  preview: ({ title, instructions }) => excerpt(title === "" ? instructions : title),
  examples: [
    {
      name: "Sure enough to go on by itself",
      config: { ask: "unsure", below: 0.8, sample: 0 },
      inputs: { value: "Refund approved.", confidence: 0.95 },
      outputs: {
        approved: "Refund approved.",
        review: { outcome: "unasked", edited: false, by: [], at: null, note: "" },
      },
    },
    {
      name: "In an experiment or a sheet nobody is asked, and the value goes on",
      config: { kind: "edit", title: "Answer to a complaint", shown: ["complaint"] },
      inputs: { value: "We are sorry.", complaint: "The box was open." },
      outputs: { approved: "We are sorry.", review: { outcome: "unasked", edited: false, by: [], at: null, note: "" } },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { value } = inputs;
    const confidence = typeof inputs.confidence === "number" ? inputs.confidence : undefined;
    if (!asks(config, ctx.run.id, value, confidence)) return { approved: value, review: unreviewed };
    const options = config.kind === "choose" ? optionsOf(config.options, value) : undefined;
    const answer = await ctx.people.ask({
      key: "review",
      kind: config.kind,
      title: config.title,
      instructions: config.instructions,
      value,
      shown: config.shown.flatMap((name) => {
        const shown = (inputs as Readonly<Record<string, unknown>>)[name];
        return shown === undefined ? [] : [{ name, value: shown }];
      }),
      ...(options === undefined ? {} : { options }),
      ...(config.kind === "form" && config.form !== null ? { form: config.form } : {}),
      assignees: { emails: config.emails, role: config.role },
      reviewers: config.reviewers,
      excludesAuthor: config.excludesAuthor,
      masksPersonalData: config.masksPersonalData,
      dueSeconds: config.dueMinutes * 60,
      ...(config.escalateMinutes > 0
        ? { escalation: { afterSeconds: config.escalateMinutes * 60, role: config.escalateTo } }
        : {}),
    });
    return outputsOf(config, answer, value);
  },
});

type Settings = z.output<typeof config>;

const unreviewed: z.output<typeof review> = { outcome: "unasked", edited: false, by: [], at: null, note: "" };

/** Whether somebody is asked; the draw is the same for the same run and value. */
const asks = (
  { ask, below, sample, title }: Settings,
  runId: string,
  value: unknown,
  confidence: number | undefined,
): boolean => {
  if (ask === "always" || confidence === undefined || !(confidence >= below)) return true;
  return fractionOf(`${runId} ${title} ${JSON.stringify(value)}`) < sample;
};

const optionsOf = (given: readonly string[], value: unknown): readonly string[] => {
  const list: readonly unknown[] = given.length > 0 ? given : Array.isArray(value) ? value : [];
  const texts = [...new Set(list.map((each) => (typeof each === "string" ? each : JSON.stringify(each))))];
  if (texts.length === 0)
    throw new NodeFailure("value-invalid", "There is nothing to choose from.", {
      hint: "Name the options in the step, or wire a list of texts into it.",
    });
  if (texts.length > peopleLimits.options)
    throw new NodeFailure(
      "value-too-large",
      `There are ${texts.length} options; a person may choose from ${peopleLimits.options}.`,
    );
  return texts;
};

const outputsOf = ({ kind, onTimeout, default: fallback }: Settings, answer: PersonAnswer, value: unknown) => {
  const { outcome, edited, by, at, note, form } = answer;
  const review = { outcome, edited, by: [...by], at, note };
  switch (outcome) {
    case "approved":
      return { approved: answer.value, ...(kind === "form" ? { form } : {}), review };
    case "unasked":
      return { approved: value, review };
    case "rejected":
      return { rejected: answer.value, review };
    case "timed-out":
      if (onTimeout === "fail")
        throw new NodeFailure("node-failed", "Nobody answered in time.", {
          hint: "Answer in the inbox while there is time, wait longer, or let the step go on without an answer.",
        });
      if (onTimeout === "default") return { approved: fallback === "" ? value : fallback, review };
      return { timedOut: value, review };
    default:
      return outcome satisfies never;
  }
};
