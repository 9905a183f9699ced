import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { type GraphDocument, type GraphNode, graphDocument } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { validate } from "@/runtime/graph/validate";
import { locales } from "@/runtime/node/localized";
import { checkInputs } from "@/runtime/plan/check-inputs";
import { compile } from "@/runtime/plan/compile";
import { exampleConversation } from "@/runtime/testing/example-conversation";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { findSampleAccount } from "@/server/api/http/samples/sample-accounts";
import { templates } from "./index";
import { complaintLabels } from "./lib/complaint-labels";
import { messageLabels } from "./lib/message-labels";
import type { TemplateNeed } from "./lib/pipeline-template";
import { serviceIntents } from "./lib/service-intents";
import { supply, type TemplateSupplies, withSupplies } from "./lib/supplies";

const cases = templates.flatMap((template) => locales.map((locale) => ({ id: template.id, locale, template })));

describe("the templates", () => {
  it("have ids and slugs of their own", () => {
    for (const key of ["id", "slug"] as const) {
      const values = templates.map((template) => template[key]);
      expect(new Set(values).size).toBe(values.length);
      for (const value of values) expect(value).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }
  });
});

const usersOf: Readonly<Record<TemplateNeed, readonly string[]>> = {
  "chat-model": ["prompt/chat", "classifier/prompt"],
  "embedding-model": ["classifier/examples", "retrieval/search", "retrieval/answer-check", "fine-tuned/classify"],
  "vision-model": ["vision/describe"],
  "moderation-model": ["safety/check"],
  "transcription-model": ["speech/transcribe"],
  "knowledge-base": ["retrieval/search"],
  "trained-model": ["fine-tuned/classify"],
};

/** Also those within containers. */
const allNodes = (document: GraphDocument): readonly GraphNode[] =>
  document.nodes.flatMap((node) => [node, ...(node.body === undefined ? [] : allNodes(node.body))]);

/** A value with stand-ins, as if the supplies had been provided. */
const provide = (value: unknown): unknown => {
  const files = templates.flatMap((template) =>
    locales.flatMap((locale) => Object.entries(template.supplies?.(locale).files ?? {})),
  );
  return withSupplies(
    value,
    new Map(
      files.map(([key, { name, mediaType }]) => [
        supply("files", key),
        { fileId: `file_sample_${key.padEnd(12, "0")}`, name, mediaType, size: 40_000 },
      ]),
    ),
  );
};

describe.each(cases)("$id in $locale", ({ template, locale }) => {
  const document = template.document(locale);

  it("has a title and a summary", () => {
    expect(template.title[locale]).toMatch(/\S/);
    expect(template.summary[locale].length).toBeGreaterThan(40);
  });

  it("is a document without anything wrong in it, not even a warning", () => {
    expect(graphDocument.parse(document)).toEqual(document);
    expect(validate(document, catalog)).toEqual([]);
    expect(compile(document, catalog).ok).toBe(true);
  });

  it("is the same each time, as saved and read again", () => {
    expect(graphHash(template.document(locale))).toBe(graphHash(document));
    expect(graphHash(graphDocument.parse(JSON.parse(JSON.stringify(document))))).toBe(graphHash(document));
  });

  it("uses the default models and nothing newer than the catalog has", () => {
    for (const node of allNodes(document)) {
      expect(node.typeVersion).toBe(catalog.get(node.type)?.version);
      if (typeof node.config.model === "string") expect(node.config.model).toBe("default");
    }
    const used = allNodes(document);
    // A check that looks for personal data alone asks no model.
    const types = used
      .filter(({ type, config }) => type !== "safety/check" || config.checkToxicity !== false)
      .map(({ type }) => type);
    for (const [need, users] of Object.entries(usersOf))
      expect([need, template.needs.includes(need as TemplateNeed)]).toEqual([
        need,
        types.some((type) => users.includes(type)),
      ]);
  });

  it("names each supply by its stand-in, and brings along what it names", () => {
    const { datasets = {}, ...given } = template.supplies?.(locale) ?? {};
    const standIns = Object.entries(given).flatMap(([kind, supplies]) =>
      Object.keys(supplies).map((key) => supply(kind as Exclude<keyof TemplateSupplies, "datasets">, key)),
    );
    const named = JSON.stringify([document, template.sampleInputs(locale)]).match(/supply:[a-z]+\/[a-z-]+/g) ?? [];
    expect([...new Set(named)].sort()).toEqual(standIns.sort());
    const { knowledge = {}, models = {}, files = {} } = given;
    const documents = Object.values(knowledge).flatMap((base) => base.documents);
    for (const { asset } of [...documents, ...Object.values(models), ...Object.values(files)])
      expect(existsSync(path.join(import.meta.dirname, "assets", asset)), asset).toBe(true);
    for (const { asset, columns } of Object.values(datasets)) {
      const [header = ""] = readFileSync(path.join(import.meta.dirname, "assets", asset), "utf8").split("\n");
      for (const column of Object.keys(columns)) expect(header.split(",")).toContain(column);
      for (const [column, as] of Object.entries(columns))
        if (as === "input")
          expect(JSON.stringify(document.nodes.find(({ type }) => type === "io/input")?.config)).toContain(
            `"${column}"`,
          );
    }
    for (const { asset, labels } of Object.values(models)) {
      const rows = readFileSync(path.join(import.meta.dirname, "assets", asset), "utf8")
        .trim()
        .split("\n")
        .slice(1);
      expect([...new Set(rows.map((row) => row.slice(row.lastIndexOf(",") + 1)))].sort()).toEqual([...labels].sort());
    }
  });

  it("places its cards apart, from left to right", () => {
    const cards = document.nodes.map(({ id }) => document.layout[id]);
    for (const [index, card] of cards.entries()) {
      for (const other of cards.slice(index + 1)) {
        expect(
          Math.abs((card?.x ?? 0) - (other?.x ?? 0)) >= 360 || Math.abs((card?.y ?? 0) - (other?.y ?? 0)) >= 320,
        ).toBe(true);
      }
    }
    for (const { from, to } of document.edges) {
      expect(document.layout[from.node]?.x).toBeLessThan(document.layout[to.node]?.x ?? 0);
    }
  });

  it("has samples that its own form takes", () => {
    const { inputFields } = planOf(document, catalog);
    for (const sample of template.sampleInputs(locale)) {
      const inputs = provide(sample.inputs);
      expect(checkInputs(inputFields, inputs)).toEqual({ ok: true, value: inputs });
    }
  });
});

const inputsOf = (id: string, locale: "en" | "zh", index = 0) => {
  const template = templates.find((each) => each.id === id);
  if (!template) throw new Error(`no template ${id}`);
  const inputs = template.sampleInputs(locale)[index]?.inputs ?? {};
  return { plan: planOf(template.document(locale), catalog), inputs };
};

/** Texts of the label at `index` lie along that axis; `text` lies with those of `near`. */
const vectorsAlong = (labels: readonly { readonly examples: readonly string[] }[], text: unknown, near: number) => {
  const axis = (index: number) => labels.map((_, each) => (each === index ? 1 : 0));
  const known = labels.flatMap(({ examples }, index) => examples.map((example) => [example, axis(index)] as const));
  return Object.fromEntries([...known, [String(text), axis(near)] as const]);
};

describe.each(locales)("running in %s", (locale) => {
  it("first-reply answers with the model's words", async () => {
    const { plan, inputs } = inputsOf("first-reply", locale);
    const models = new ScriptedGateway({ replies: ["We are sorry."] });
    expect((await runPlan(plan, inputs, { models })).state.outputs).toEqual({ reply: "We are sorry." });
    expect(models.chats[0]?.messages.at(-1)).toEqual({ role: "user", content: inputs.complaint });
  });

  it("complaint-triage joins the department and the draft into a note", async () => {
    const { plan, inputs } = inputsOf("complaint-triage", locale);
    const vectors = vectorsAlong(complaintLabels[locale], inputs.complaint, 0);
    const models = new ScriptedGateway({ replies: ["We are sorry."], vectors });
    const { outputs } = (await runPlan(plan, inputs, { models })).state;
    const department = complaintLabels[locale][0]?.name ?? "";
    expect(outputs?.department).toBe(department);
    for (const part of [department, inputs.complaint, inputs.tier, "We are sorry."]) {
      expect(outputs?.note).toContain(part);
    }
  });

  it("long-summary says each part in a sentence, and sums the sentences up", async () => {
    const { plan, inputs } = inputsOf("long-summary", locale);
    const models = new ScriptedGateway({ replies: ["First.", "Second.", "Third.", "All."] });
    const { outputs } = (await runPlan(plan, inputs, { models })).state;
    expect(outputs).toEqual({ summary: "All.", notes: "1. First.\n2. Second.\n3. Third." });
    const asked = models.chats.map(({ messages }) => String(messages.at(-1)?.content));
    // Nothing of the document is left out, and the last prompt sees the notes alone.
    for (const part of String(inputs.document).split("\n\n")) expect(asked.slice(0, 3).join("\n")).toContain(part);
    expect(asked[3]).toBe(outputs?.notes);
  });

  it("ad-creative writes all from one brief, and draws nothing as long as that step is off", async () => {
    const { plan, inputs } = inputsOf("ad-creative", locale);
    const keywords = { keywords: ["a", "b", "c", "d"] };
    const models = new ScriptedGateway({ replies: ["Short.", "Long.", JSON.stringify(keywords), "A photo."] });
    const { state } = await runPlan(plan, inputs, { models });
    expect(state.outputs).toEqual({ short: "Short.", long: "Long.", keywords, picture: "A photo." });
    expect(state.nodes.get("draw")).toMatchObject({ status: "skipped" });
    expect(models.drawings).toEqual([]);
    for (const { messages } of models.chats) expect(messages.at(-1)?.content).toContain(inputs.product);
  });

  it.each([0, 1, 2])("message-routing answers message %i in its own way", async (index) => {
    const { plan, inputs } = inputsOf("message-routing", locale, index);
    const vectors = vectorsAlong(messageLabels[locale], inputs.message, index);
    const models = new ScriptedGateway({ replies: ["We are sorry."], vectors });
    const { outputs } = (await runPlan(plan, inputs, { models })).state;
    expect(outputs?.kind).toBe(messageLabels[locale][index]?.name);
    if (index === 0) expect(outputs?.reply).toBe("We are sorry.");
    else expect(outputs?.reply).toContain(inputs.message);
    expect(models.chats.length).toBe(index === 0 ? 1 : 0);
  });

  const leave = { en: "Every employee has 28 days of annual leave a year.", zh: "每位员工每年有二十八天年假。" }[
    locale
  ];
  const source = { id: "s", knowledgeBaseId: "k", documentId: "d", documentName: "h.md", text: leave, score: 1 };
  it.each([
    { index: 0, scores: [5, 4, 4], verdict: /^(?:publish|发布)$/, why: /speaks against|没有发现/ },
    { index: 1, scores: [5, 4, 4], verdict: /^(?:ask a person|请人工判断)$/, why: /35 days|三十五天/ },
    { index: 2, scores: [1, 4, 3], verdict: /^(?:ask a person|请人工判断)$/, why: /respect 1/ },
  ])("content-review says of text $index whether a person has to look at it, and why", async (text) => {
    const { plan, inputs } = inputsOf("content-review", locale, text.index);
    const handbook = readFileSync(path.join(import.meta.dirname, `assets/handbook.${locale}.md`), "utf8");
    const [respect, clarity, fairness] = text.scores;
    // Everything lies near everything, so that facts alone part right from wrong.
    const models = new ScriptedGateway({
      replies: [JSON.stringify({ respect, clarity, fairness })],
      vectors: new Proxy(
        {},
        { get: () => [1, 0], has: () => true, getOwnPropertyDescriptor: () => ({ value: [1, 0], configurable: true }) },
      ),
      moderations: [{ results: [{ flagged: false, scores: {} }] }],
    });
    const sources = [{ ...source, text: handbook, start: 0, end: handbook.length }];
    const services = new ScriptedServices({ searches: [{ sources }] });
    const { outputs } = (await runPlan(plan, inputs, { models, services })).state;
    expect(outputs?.verdict).toMatch(text.verdict);
    expect(outputs?.reasons).toMatch(text.why);
    expect(outputs?.text).toBe(inputs.text);
  });

  it("medical-draft marks what is outside the limits, and asks a doctor whatever was read", async () => {
    const { plan, inputs } = inputsOf("medical-draft", locale);
    const read = { temperature: 38.9, pulse: 88, systolic: 96, diastolic: 60, oxygen: 91 };
    const photo = { fileId: "file_sample_signs0000000", name: "vital-signs.jpg", mediaType: "image/jpeg", size: 3 };
    const files = { [photo.fileId]: { mediaType: photo.mediaType, base64: "AAAA", width: 10, height: 10 } };
    const { complaint } = inputs as { complaint: string };
    const models = new ScriptedGateway({ replies: [complaint, JSON.stringify(read)] });
    const services = new ScriptedServices({ files });
    const { state } = await runPlan(plan, { ...inputs, photo }, { models, services });
    expect(state.nodes.get("signs")?.outputs?.outside).toMatch(
      /^(?:temperature|体温) 38\.9, \S+(?: pressure)? 96, \S+ 91$/,
    );
    expect(state.nodes.get("review")?.inputs?.value).toContain(complaint);
    expect(state.outputs?.report).toContain("96/60");
  });

  describe("smart-customer-service", () => {
    const labels = serviceIntents[locale];
    const near = (name: "bill" | "question" | "person") => labels.findIndex((label) => label.name === name);
    const account = findSampleAccount("100417", locale);
    const ask = async (
      message: string,
      intent: "bill" | "question" | "person",
      script: { readonly replies?: readonly string[]; readonly web?: readonly object[]; readonly found?: string } = {},
      turns: readonly { readonly number: number; readonly question: string; readonly answer: string }[] = [],
    ) => {
      const { plan } = inputsOf("smart-customer-service", locale);
      const { replies = [], web = [], found } = script;
      const sources = found === undefined ? [] : [{ ...source, text: found, start: 0, end: found.length }];
      const answers = Object.fromEntries(
        [...replies, ...(found === undefined ? [] : [found])].flatMap((text) => [
          [text, [1, 0]],
          [`${message} ${text}`, [1, 0]],
        ]),
      );
      const models = new ScriptedGateway({
        replies,
        vectors: { ...vectorsAlong(labels, message, near(intent)), ...answers },
      });
      const services = new ScriptedServices({ webReplies: web as never, searches: [{ sources }] });
      const conversation = exampleConversation({ conversation: { user: "", turns } });
      return { models, services, ...(await runPlan(plan, { message }, { models, services, ...conversation })) };
    };
    const reply = (value: unknown, status = 200) => ({ status, text: JSON.stringify(value) });
    const up = reply({ status: "ok" });
    const sample = (index: number) => String(inputsOf("smart-customer-service", locale, index).inputs.message);
    const [first, followUp, question, person] = [sample(0), sample(1), sample(2), sample(3)];

    it("says what stands on the bill, without a model", async () => {
      const { state, models, services } = await ask(first, "bill", { web: [reply(account), up] });
      expect(state.outputs?.answer).toMatch(/2026-11.*37\.30 EUR.*12\.40/);
      expect(models.chats).toHaveLength(0);
      expect(services.web.requests[0]?.url).toContain("/accounts/100417");
    });

    it("finds the number in what was said before, and the month in what is asked now", async () => {
      const said = [{ number: 1, question: first, answer: "37.30" }];
      const { state, services } = await ask(followUp, "bill", { web: [reply(account), up] }, said);
      expect(services.web.requests[0]?.url).toContain("/accounts/100417");
      expect(state.outputs?.answer).toMatch(/2026-10.*24\.90 EUR/);
    });

    it("asks for the number where none was said, and for another where nobody has it", async () => {
      const missing = reply({ error: "There is no such account." }, 404);
      const none = await ask(followUp, "bill", { web: [missing, up] });
      expect(none.state.outputs?.answer).toMatch(/six digits|六位数字/);
      const wrong = await ask("999999", "bill", { web: [missing, up] });
      expect(wrong.state.outputs?.answer).toContain("999999");
    });

    it.each([
      ["does not answer", [reply({}, 503), reply({}, 503)]],
      ["says that it is down", [reply({}, 500), reply({ status: "down" }, 503)]],
    ])("hands over to a person where the account system %s", async (_, web) => {
      const { state } = await ask(first, "bill", { web });
      expect(state.nodes.get("review")?.inputs?.value).toContain(first);
    });

    it("hands over to a person who asks for one, with what was said before", async () => {
      const said = [{ number: 1, question: first, answer: "37.30" }];
      const { state } = await ask(person, "person", {}, said);
      expect(state.nodes.get("review")?.inputs).toMatchObject({
        value: person,
        transcript: expect.stringContaining("37.30"),
      });
    });

    const roaming = { en: "In Switzerland roaming costs 4.95 euros a day.", zh: "在瑞士漫游每天四点九五欧元。" }[
      locale
    ];
    it("answers from the help pages what stands there, and remembers the talk", async () => {
      const said = [{ number: 1, question: "Hi", answer: "Hello." }];
      const { state, models } = await ask(question, "question", { replies: [roaming], found: roaming }, said);
      expect(state.outputs?.answer).toBe(roaming);
      expect(models.chats[0]?.messages.map(({ content }) => content)).toContain("Hello.");
    });

    it("hands over what the help pages do not say", async () => {
      const { state } = await ask(question, "question");
      expect(state.nodes.get("review")?.inputs?.value).toBe(question);
    });
  });

  const claimKinds = { en: ["water", "theft", "fire"], zh: ["水损", "盗窃", "火灾"] }[locale];
  it.each([
    { index: 0, near: 0, decision: /^(?:pay|赔付)$/, letter: /1090/, asked: false },
    { index: 1, near: 1, decision: /^(?:ask a person|请人工判断)$/, letter: /4850.*(?:14 days|十四天)/s, asked: true },
    { index: 2, near: 2, decision: /^(?:decline|拒赔)$/, letter: /(?:does not cover|不保障)/, asked: true },
  ])("insurance-claim decides claim $index, and asks a person where it is not sure", async (claim) => {
    const { plan, inputs } = inputsOf("insurance-claim", locale, claim.index);
    const document = templates.find(({ id }) => id === "insurance-claim")?.document(locale);
    const labels = document?.nodes.find(({ id }) => id === "kind")?.config
      .labels as unknown as typeof complaintLabels.en;
    const { description } = (inputs.claim as { claim: { description: string } }).claim;
    const models = new ScriptedGateway({
      replies: ["Something happened."],
      vectors: vectorsAlong(labels, description, claim.near),
    });
    const services = new ScriptedServices({});
    const { events, state } = await runPlan(plan, inputs, { models, services });
    expect(state.outputs?.decision).toMatch(claim.decision);
    expect(state.outputs?.letter).toMatch(claim.letter);
    expect(state.outputs?.letter).toContain(claimKinds[claim.near]);
    expect(events.some((event) => event.type === "node-start" && event.path[0] === "review")).toBe(true);
    const confidence = state.nodes.get("decide")?.outputs?.confidence as number;
    expect(confidence < 0.8).toBe(claim.asked);
  });

  const answered = async (reply: string, found = true) => {
    const { plan, inputs } = inputsOf("knowledge-answers", locale);
    const question = String(inputs.question);
    const vectors = Object.fromEntries([leave, reply, `${question} ${reply}`].map((text) => [text, [1, 0]] as const));
    const models = new ScriptedGateway({ replies: [reply], vectors });
    const sources = found ? [{ ...source, start: 0, end: leave.length }] : [];
    const services = new ScriptedServices({ searches: [{ sources }] });
    return String((await runPlan(plan, inputs, { models, services })).state.outputs?.answer);
  };
  const unknown = { en: "I don't know. The handbook", zh: "我不知道。手册" }[locale];

  it("knowledge-answers lets an answer through that its source holds", async () => {
    expect(await answered(leave)).toBe(leave);
  });

  it.each(["每年假，每天。", "Every employee has annual leave.", "I don't know.", "我不知道。"])(
    "knowledge-answers does not know where the model says: %s",
    async (reply) => {
      expect(await answered(reply)).toContain(unknown);
    },
  );

  it("knowledge-answers does not know where nothing was found", async () => {
    expect(await answered(leave, false)).toContain(unknown);
  });

  it("knowledge-answers says of a number that no source has that it is not supported", async () => {
    const wrong = leave.replace("28", "30").replace("二十八", "三十");
    expect(await answered(wrong)).toContain(wrong);
    expect(await answered(wrong)).toMatch(/for certain|不能确定/);
  });
});
