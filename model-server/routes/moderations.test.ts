import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureOf, PATIENCE, type StartedEndpoint, startWithClient } from "@/runtime/testing/local-endpoint-client";

let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startWithClient([]);
}, PATIENCE);
afterAll(() => endpoint?.server.stop());

const moderate = async (input: string | string[], model = "local-moderation") =>
  (await endpoint.client.moderations.create({ model, input })).results.map(
    ({ flagged, categories, category_scores }) => ({
      flagged,
      found: Object.entries(categories).flatMap(([name, is]) => (is ? [name] : [])),
      scores: Object.values(category_scores),
    }),
  );

describe("moderations", { timeout: PATIENCE }, () => {
  it("flags Chinese text by its class and leaves everyday text alone", async () => {
    const results = await moderate([
      "加微信领取彩金，百家乐稳赚不赔",
      "脑残玩意儿，早点去死吧",
      "裸聊约会，空姐上门",
      "办假证刻章，联系电话",
      "今天下午三点开会，请大家准时参加。",
      "我要退货，怎么操作",
      "退款需要三十天",
      "如何杀死一个进程？",
      "本店新品上市，全场八折，欢迎选购",
    ]);
    expect(results.map(({ found }) => found)).toEqual([
      ["gambling"],
      ["harassment"],
      ["sexual"],
      ["illicit_advertising"],
      [],
      [],
      [],
      [],
      [],
    ]);
    for (const { flagged, found, scores } of results) {
      expect(flagged).toBe(found.length > 0);
      expect(scores).toHaveLength(7);
      for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
    }
  });

  it("flags English text that attacks somebody, and neither complaints nor technical language", async () => {
    const flags = async (...texts: string[]) => (await moderate(texts)).map(({ flagged }) => flagged);
    expect(await flags("You are a stupid idiot and I hate you", "I will kill you", "go to hell you moron")).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      await flags(
        "How do I kill a process in Linux?",
        "This product is terrible, I want a refund",
        "The patient was shot in the leg and bled to death",
        "Please summarise the attached contract.",
        "dumb question, but how do I reset my password?",
      ),
    ).toEqual([false, false, false, false, false]);
  });

  it("reads mixed text with both models, and a long one to its end", async () => {
    const [mixed, long] = await moderate([
      "请帮我翻译这句话给我的同事看一下可以吗: You are a stupid idiot and I hate you, go away now please",
      `${"The weather is fine and the meeting starts at three. ".repeat(200)}You are a stupid idiot and I hate you.`,
    ]);
    expect(mixed?.found).toContain("toxicity");
    expect(long?.found).toContain("toxicity");
  });

  it("refuses what is wrong, and names the model for it", async () => {
    expect(await failureOf(moderate([]))).toMatchObject({ status: 400, param: "input" });
    expect(await failureOf(moderate("x".repeat(32_001)))).toMatchObject({ status: 400, param: "input" });
    const other = await failureOf(moderate("x", "local-embed"));
    expect(other).toMatchObject({ status: 400, param: "model" });
    expect(other.message).toContain("local-moderation");
    expect(await failureOf(moderate("x", "gpt-moderation"))).toMatchObject({ status: 404, code: "model_not_found" });
  });
});
